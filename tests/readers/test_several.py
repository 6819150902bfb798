"""A folder of schools is read as such, and one school as one."""

from pathlib import Path

from writinggaps.readers import read_schools

SCHOOLS = Path(__file__).parents[2] / "data" / "sample" / "schools"


def test_a_folder_of_schools_is_every_school_in_it():
    assert [s.key for s in read_schools(str(SCHOOLS))] == [f"S0{n}" for n in range(1, 8)]


def test_a_school_is_one_school_though_it_holds_folders(tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "pupils.csv").write_text("pupil_id,year_group\nP1,4\n")
    assert len(read_schools(str(tmp_path))) == 1
    assert [s.key for s in read_schools(str(SCHOOLS / "S07"))] == ["S07"]
    assert [s.key for s in read_schools(str(SCHOOLS / "S01" / "S01.xlsx"))] == ["S01"]
