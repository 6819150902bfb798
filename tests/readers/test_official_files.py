"""Newer official figures: both kinds of download, what changed, and what a run takes then."""

from pathlib import Path

import pytest

from writinggaps.cli import main
from writinggaps.official import _releases, _table, keep, official, official_series
from writinggaps.problems import BadInput, Unreadable
from writinggaps.readers.official_files import read_official
from writinggaps.run.digest import code

SHARED = Path(__file__).parents[3] / "shared" / "data"
HEAD = "Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region\n"
LAIT = (
    HEAD
    + """KS2W_Teacher_Assess,x,2025,England,73,970,
KS2W_Teacher_Assess,x,2026 (prov),England,74.26,970,
KS2W_Teacher_Assess,x,2026 (prov),Hampshire,71,850,South East
KS2W_Teacher_Assess,x,2026 (prov),South East,72,989,South East
KS2W_Teacher_Assess,x,2024,England,80,970,
KS2W_Teacher_Assess,x,2026,Barnet,-,302,London
KS2W_Teacher_Assess,x,2016-18,England,50,970,
KS2W_Teacher_Assess,x,2023,Hampshire,50,850,South East
RTA,x,2026,England,12,970,
"""
)
LABEL = "Writing at the expected standard, Key Stage 2"
PLACE = "time_period,geographic_level,old_la_code,la_name,education_phase"
EES = f"""{PLACE},overall_absence_perc,pa_perc
202526,National,,,Primary,5.276681,13.77
202526,Local authority,850,Hampshire,Secondary,8.1,z
202526,Regional,,,Primary,5.1,13
202526,National,,,Special,13.1,36
"""


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    """A folder of the user's own for each test, and no memory of the last."""
    monkeypatch.setenv("WRITINGGAPS_OFFICIAL", str(tmp_path / "own"))
    for cached in (_table, _releases, code):
        cached.cache_clear()
    yield tmp_path
    for cached in (_table, _releases, code):
        cached.cache_clear()


def written(own, text):
    file = own / "download.csv"
    file.write_text(text, encoding="utf-8-sig")
    return file


def test_a_newer_release_of_the_tool_is_taken_first_and_says_what_changed(own):
    changes = keep(*read_official(written(own, LAIT)))
    assert changes == (
        "Of 4 figures: 1 unlike those in use, 2 new, 1 as they were.",
        f"  {LABEL}, 2023-24 to 2025-26: 1 unlike those in use, 2 new, 1 as they were",
        f"  {LABEL}, all pupils, primary, England 2023-24: 72 becomes 80",
    )
    newest = official("ks2_writing_expected")
    assert (newest.value, newest.year_ending, newest.version) == (
        74.26,
        2026,
        "LAIT, figures to 2026",
    )
    assert newest.coverage == "provisional"
    assert official("ks2_writing_expected", la_code="850").value == 71
    assert [f.year_ending for f in official_series("ks2_writing_expected")] == [2024, 2025, 2026]


def test_the_same_file_twice_changes_nothing_more(own):
    file = written(own, LAIT)
    keep(*read_official(file))
    assert keep(*read_official(file))[0] == "Of 4 figures: 4 as they were."


def test_attendance_to_date_is_a_measure_of_its_own_and_never_a_whole_year(own):
    keep(*read_official(written(own, EES)))
    found = official("absence_rate_to_date")
    assert (found.value, found.unit, found.period) == (5.277, "% of possible sessions", "2025-26")
    assert found.coverage.endswith("so far, and not the whole of it")
    assert official("absence_rate_to_date", phase="secondary", la_code="850").place == "Hampshire"
    assert official("absence_rate").version == "LAIT April 2026"


def test_a_run_knows_that_official_figures_have_changed(own):
    before = code()
    keep(*read_official(written(own, EES)))
    code.cache_clear()
    assert code() != before


def test_the_command_says_what_changed_and_where_it_is_kept(own, capsys):
    assert main(["official", "import", str(written(own, LAIT))]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Of 4 figures: 1 unlike")
    assert said.endswith(
        f"They are kept in {own / 'own'}; the next run makes again what they change.\n"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no file of official figures that is known"),
        ("RECTYPE,LEA\n1,850,3\n", "no file of official figures that is known"),
        ("Short Desc,Years\nA,2025\n", "There is no column 'LA and Regions'"),
        (HEAD + "RTA,x,2026,England,12,970,\n", "None of the file's measures"),
    ],
)
def test_a_file_of_another_kind_is_refused(own, text, says):
    with pytest.raises(BadInput, match=says):
        read_official(written(own, text))


def test_a_file_that_is_not_there_is_unreadable(own):
    with pytest.raises(Unreadable):
        read_official(own / "none.csv")


def test_the_real_attendance_file_is_taken(own):
    file = SHARED / "ees" / "attendance_year_to_date_2025_26.csv"
    if not file.exists():
        pytest.skip("the real download is not in reach")
    rows, series = read_official(file)
    assert {row.la_code for row in rows if row.la_code} > {"850", "938"}
    assert len(series) == 2
    first, *by_measure = keep(rows, series)
    assert first == f"Of {len(rows):,} figures: {len(rows):,} new."
    assert by_measure[0] == "  Overall absence, school year to date, 2025-26: 456 new"


def test_the_real_file_of_the_tool_holds_what_is_shipped(own):
    file = SHARED / "lait" / "bds_long_0.parquet"
    pytest.importorskip("pyarrow")
    if not file.exists():
        pytest.skip("the real download is not in reach")
    changes = keep(*read_official(file))
    assert not any("unlike" in line for line in changes)
    assert len(changes) > 20
