"""A run holds a school whose data have shrunk, and tells what a new import changed."""

import stub_reports
from pandas.testing import assert_frame_equal

from writinggaps.cli import main
from writinggaps.readers import front, read_school
from writinggaps.run.memory import look
from writinggaps.run.plan import read_plan
from writinggaps.run.runner import Settings, run


def fill(tmp_path, rows, key="100001"):
    lines = "".join(f"P{n},4\n" for n in range(rows))
    (tmp_path / "schools" / key / "pupils.csv").write_text(f"pupil_id,year_group\n{lines}")


def test_rows_down_by_a_fifth_since_last_term_hold_the_school_and_no_other(trust, tmp_path, capsys):
    path = trust("100001", "100002")
    fill(tmp_path, 10)
    fill(tmp_path, 10, "100002")
    assert main(["run", str(path), "--show", "lines", "--jobs", "1"]) == 0
    later = path.read_text().replace("2025-26-autumn", "2025-26-spring")
    path.write_text(later)
    fill(tmp_path, 7)
    capsys.readouterr()

    assert main(["run", str(path), "--show", "lines", "--jobs", "1"]) == 1
    told = capsys.readouterr().err
    assert (
        "failed 100001/tiny.staff: pupils: It has 7 rows; the last time it had 10. Check that the "
        "export is complete. If it is, run this school once with --force."
    ) in told
    assert "done 100002/tiny.staff" in told
    folder = tmp_path / "reports" / "2025-26-spring"
    assert not (folder / "100001").exists()
    assert "the last time it had 10" in (folder / "index.html").read_text()


def test_once_somebody_has_looked_the_school_is_reported_again(trust, tmp_path):
    path = trust("100001")

    def status(**settings):
        ran = run(read_plan(path), Settings(make=stub_reports.make, jobs=1, **settings))
        return ran.outcomes[0].status, ran.changed.get("100001", "")

    fill(tmp_path, 10)
    assert status() == ("done", "")
    fill(tmp_path, 7)
    assert status() == ("failed", "pupils 3 gone")
    assert status() == ("failed", "pupils 3 gone")
    assert status(force=True) == ("done", "pupils 3 gone")
    assert status() == ("unchanged", "")


def test_a_corrected_import_says_what_it_changed_on_the_index_page(trust, tmp_path):
    path = trust("100001")
    fill(tmp_path, 10)
    plan, settings = read_plan(path), Settings(make=stub_reports.make, jobs=1)
    run(plan, settings)
    table = tmp_path / "schools" / "100001" / "pupils.csv"
    table.write_text(table.read_text().replace("P3,4", "P3,5") + "P77,2\n")
    ran = run(plan, settings)

    assert ran.changed == {"100001": "pupils 1 new, 1 changed"}
    told = "Rows of the data since the last time: pupils 1 new, 1 changed."
    assert told in ran.index.read_text()
    kept = (plan.folder / "_private" / "read" / "100001.json").read_text()
    assert "P77" not in kept


def test_a_run_that_was_killed_has_not_yet_seen_a_change(trust, tmp_path):
    path = trust("100001")
    fill(tmp_path, 10)
    plan, settings = read_plan(path), Settings(make=stub_reports.make, jobs=1)
    run(plan, settings)
    fill(tmp_path, 9)
    look(plan, plan.schools[0])  # and then it is killed

    assert run(plan, settings).changed == {"100001": "pupils 1 gone"}
    assert run(plan, settings).changed == {}


def test_data_that_cannot_be_read_are_left_to_the_reports(trust, tmp_path):
    path = trust("100001")
    ran = run(read_plan(path), Settings(make=stub_reports.make, jobs=1))

    assert (ran.code, ran.changed) == (0, {})
    assert not (tmp_path / "reports" / "2025-26-autumn" / "_private" / "read").exists()


def test_reports_get_the_school_as_it_was_read_to_compare_it(trust, tmp_path, monkeypatch):
    plan = read_plan(trust("100001"))
    fill(tmp_path, 10)
    source = plan.schools[0].data
    straight = read_school(source)
    monkeypatch.setitem(front._READ, source, look(plan, plan.schools[0]).school)
    (tmp_path / "schools" / "100001" / "pupils.csv").unlink()
    one, other = read_school(source), read_school(source)
    assert_frame_equal(one.pupils, straight.pupils)
    assert (one.key, one.reading) == (straight.key, straight.reading)
    assert one is not other
