import errno
import json

import pytest
import stub_reports

from writinggaps.problems import BadPlan
from writinggaps.run import runner
from writinggaps.run.access import access_faults, read_page
from writinggaps.run.lock import Locked, locked
from writinggaps.run.pdf import NO_BROWSER, CannotPrint
from writinggaps.run.plan import read_plan
from writinggaps.run.progress import summary
from writinggaps.run.publish import put
from writinggaps.run.runner import Settings, run

PARAMETERS = 'data: str = ""\nterm: str = ""\nedition: str = "public"\nstandards: str = ""'
TERM = "2025-26-autumn"


def do(path, **settings):
    """Run with stub reports."""
    return run(read_plan(path), Settings(**{"make": stub_reports.make, "jobs": 2, **settings}))


def files(folder):
    """Every published page and every released finding with its bytes."""
    found = (folder / "reports" / TERM).glob("[!_]*/*")
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


def statuses(ran):
    return {o.job.id: o.status for o in ran.outcomes}


def test_a_run_makes_every_report_and_the_index(trust, tmp_path):
    ran = do(trust("100001", "100002", editions=["staff", "public"]))
    assert ran.code == 0
    assert set(statuses(ran).values()) == {"done"}
    folder = tmp_path / "reports" / TERM
    assert (
        folder / "100001" / "tiny.staff.html"
    ).read_text() == "<p>Invented 100001 tiny staff</p>"
    index = (folder / "index.html").read_text()
    assert index.count('<a href="1') == 4
    assert "Invented 100002" in index


def test_exact_findings_are_private_and_released_ones_stand_beside_their_page(trust, tmp_path):
    do(trust("100001", editions=["staff", "public"]))
    folder = tmp_path / "reports" / TERM
    assert sorted(p.name for p in (folder / "100001").iterdir()) == [
        "tiny.public.findings.json",
        "tiny.public.html",
        "tiny.staff.html",
    ]
    rows = json.loads((folder / "_private" / "findings.json").read_text())
    assert [(r["school"], r["report"], r["n"]) for r in rows] == [("100001", "tiny", 15)]


def test_unchanged_reports_are_not_made_again_unless_forced(trust):
    path = trust("100001", "100002")
    do(path)
    assert set(statuses(do(path)).values()) == {"unchanged"}
    assert set(statuses(do(path, force=True)).values()) == {"done"}


def test_only_what_changed_is_made_again(trust, tmp_path):
    path = trust("100001", "100002")
    do(path)
    (tmp_path / "schools" / "100002" / "name.txt").write_text("Invented, renamed")
    assert statuses(do(path)) == {"100001/tiny.staff": "unchanged", "100002/tiny.staff": "done"}


def test_one_school_can_be_run_alone(trust, tmp_path):
    ran = do(trust("100001", "100002"), only="100002")
    assert list(statuses(ran)) == ["100002/tiny.staff"]
    assert not (tmp_path / "reports" / TERM / "100001").exists()
    with pytest.raises(BadPlan, match="No school of the plan has the key '10002'"):
        do(trust("100001", "100002"), only="10002")


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("error", "broken"),
        ("killed", "died"),
        ("exit", "died"),
        ("memory", "memory_limit"),
        ("changed", "input_changed"),
    ],
)
def test_a_broken_school_stops_no_other(trust, tmp_path, how, code):
    path = trust("100001", "100002", "100003")
    do(path)
    clean = files(tmp_path)
    (tmp_path / "schools" / "100002" / "fails").write_text(how)
    ran = do(path, force=True)
    assert ran.code == 1
    assert [o.failure.code for o in ran.failed] == [code]
    assert files(tmp_path) == clean
    told = summary(ran.outcomes)
    assert told.startswith("2 reports were made and 0 were up to date.\n1 report was not made:\n")
    assert "pupil" not in told
    assert "The page is that of an earlier run." in ran.index.read_text()


def test_a_failed_report_is_not_recorded_and_is_tried_again(trust, tmp_path):
    path = trust("100001")
    (tmp_path / "schools" / "100001" / "fails").write_text("error")
    do(path)
    assert "not made yet" not in do(path).index.read_text()
    (tmp_path / "schools" / "100001" / "fails").unlink()
    assert statuses(do(path)) == {"100001/tiny.staff": "done"}


def test_a_child_that_died_is_tried_once_more(trust, tmp_path):
    path = trust("100001")
    (tmp_path / "schools" / "100001" / "fails").write_text("once")
    assert statuses(do(path)) == {"100001/tiny.staff": "done"}
    assert (tmp_path / "schools" / "died").exists()


def test_tracebacks_and_refused_words_stay_private(trust, tmp_path):
    ran = do(trust("100001"), make=stub_reports.failing)
    assert ran.failed[0].failure.words == "It is too bad."
    kept = tmp_path / "reports" / TERM / "_private" / "failed" / "100001.tiny.staff.txt"
    assert "a pupil's words" in kept.read_text()
    assert "a pupil's words" not in ran.index.read_text()
    listed = json.loads((tmp_path / "reports" / TERM / "_private" / "failures.json").read_text())
    assert listed == [{"job": "100001/tiny.staff", "code": "too_bad", "words": "It is too bad."}]


def test_the_second_pass_reads_what_the_first_found(trust, notebook, tmp_path):
    reads = "import json\nfrom pathlib import Path\nfrom writinggaps.report.faces import Prose\n"
    adds = 'Prose(str(sum(r["n"] for r in json.loads(Path(findings).read_text()))))'
    finds = (
        "from writinggaps.findings import Finding\nfrom writinggaps.report.faces import Prose\n"
        'Prose("There are some.", (Finding(n=int(Path(data).name)),))'
    )
    own = 'findings: str = ""\nterm: str = ""\nedition: str = ""'
    notebook("from pathlib import Path", finds, name="tiny", parameters=PARAMETERS)
    notebook(reads + adds, name="sums", parameters=own)
    notebook(reads + adds, name="plans", parameters=own + '\ndata: str = ""')
    path = trust("7", "35", editions=["governors"], reports=["sums", "tiny", "plans"])
    ran = run(read_plan(path), Settings(jobs=2))
    assert [o.failure for o in ran.failed] == []
    folder = tmp_path / "reports" / TERM
    assert "<p>42</p>" in (folder / "trust" / "sums.governors.html").read_text()
    assert "<p>7</p>" in (folder / "7" / "plans.governors.html").read_text()
    assert not list(folder.rglob("*.staff.html"))


def test_a_disk_that_is_full_in_the_end_is_told_and_what_stands_is_recorded(
    trust, notebook, monkeypatch
):
    def full(path, data):
        if path.name in ("findings.json", "index.html"):
            raise OSError(errno.ENOSPC, "No space left on device")
        put(path, data)

    own = 'findings: str = ""\nterm: str = ""\nedition: str = ""\ndata: str = ""'
    notebook("1", name="plans", parameters=own)
    notebook("1", name="tiny", parameters=PARAMETERS)
    path = trust("100001", reports=["tiny", "plans"])
    monkeypatch.setattr(runner, "put", full)
    ran = do(path)
    assert (ran.code, ran.index) == (1, None)
    assert [o.failure.words for o in ran.failed] == ["The disk is full; make room and run again."]
    assert ran.notes == ("There is no new index page. The disk is full; make room and run again.",)
    monkeypatch.undo()
    assert statuses(do(path)) == {"100001/tiny.staff": "unchanged", "100001/plans.staff": "done"}


def test_no_report_reads_what_it_found_itself_the_time_before(trust, notebook):
    own = 'findings: str = ""\nterm: str = ""\nedition: str = ""\ndata: str = ""'
    notebook("1", name="plans", parameters=own)
    notebook("1", name="tiny", parameters=PARAMETERS)
    path = trust("100001", reports=["tiny", "plans"])
    do(path)
    assert set(statuses(do(path)).values()) == {"unchanged"}


def test_what_reads_findings_is_not_made_of_a_school_whose_findings_are_missing(
    trust, notebook, tmp_path
):
    own = 'findings: str = ""\nterm: str = ""\nedition: str = ""\ndata: str = ""'
    notebook("1", name="plans", parameters=own)
    notebook("1", name="tiny", parameters=PARAMETERS)
    path = trust("100001", "100002", reports=["tiny", "plans"])
    (tmp_path / "schools" / "100002" / "fails").write_text("error")
    ran = do(path)
    assert statuses(ran)["100001/plans.staff"] == "done"
    assert ran.failed[1].failure.words == (
        "It reads what tiny found, and that report could not be made."
    )


def test_a_second_run_of_the_same_term_leaves(trust, tmp_path):
    path = trust("100001")
    with locked(tmp_path / "reports" / TERM / "_private" / "lock"), pytest.raises(Locked):
        do(path)
    assert do(path).code == 0


def test_a_folder_that_cannot_be_written_is_told_at_once(trust, tmp_path):
    (tmp_path / "reports").write_text("a file stands in the way")
    with pytest.raises(BadPlan, match="The folder of reports cannot be used"):
        do(trust("100001"))


def test_every_isolation_makes_the_same_files(trust, tmp_path):
    path = trust("100001", editions=["public"])
    made = {}
    for isolation in ("fork", "spawn", "kernel"):
        ran = run(read_plan(path), Settings(isolation=isolation, force=True))
        assert not ran.failed
        made[isolation] = files(tmp_path)
    assert made["fork"] == made["spawn"] == made["kernel"]


def test_the_index_can_be_read_by_everyone(trust, tmp_path):
    path = trust("100001", "100002", editions=["staff", "public"], name="Invented <Trust>")
    (tmp_path / "schools" / "100002" / "fails").write_text("error")
    page = read_page(do(path).index.read_text())
    assert access_faults(page) == []
    assert "Invented <Trust>" in page.words


def test_a_refused_page_is_kept_aside_and_the_last_good_one_stays(trust, tmp_path):
    path = trust("100001", "100002")
    assert run(read_plan(path)).code == 0
    before = files(tmp_path)
    (tmp_path / "schools" / "100001" / "name.txt").write_text("Invented 100002")
    ran = run(read_plan(path))
    assert [o.failure.code for o in ran.failed] == ["wrong_school"]
    assert files(tmp_path) == before
    aside = tmp_path / "reports" / TERM / "_private" / "failed" / "100001.tiny.staff.html"
    assert "Invented 100002 was here." in aside.read_text()


def test_a_page_about_another_school_than_planned_is_refused(trust, notebook, tmp_path):
    notebook("from writinggaps.readers import read_school\nschool = read_school(data)")
    path = trust("100001")
    folder = tmp_path / "schools" / "100001"
    (folder / "name.txt").unlink()
    (folder / "pupils.csv").write_text("pupil_id,year_group\nP1,1\nP2,2\n")
    (folder / "school.toml").write_text('name = "Invented A"\nkey = "100001"\nphase = "primary"')
    assert run(read_plan(path)).code == 0
    (folder / "school.toml").write_text('key = "100002"\nphase = "primary"')
    assert [o.failure.code for o in run(read_plan(path)).failed] == ["wrong_school"]


def test_lists_of_pupils_stand_on_a_private_page_and_on_no_other(trust, notebook, tmp_path):
    notebook(
        "from writinggaps.disclosure.private import PrivateList\n"
        "from writinggaps.disclosure import Edition",
        'rows = (("<i>Ada</i> Invented", "4A"),) * (edition == "staff")\n'
        'PrivateList(title="Supported", columns=("name", "class"), rows=rows)',
    )
    ran = run(read_plan(trust("100001", editions=["staff", "governors"])))
    assert ran.code == 0
    pages = [p for p in (tmp_path / "reports").rglob("*") if p.is_file()]
    named = [p for p in pages if "Ada" in p.read_text()]
    assert [p.relative_to(ran.index.parent).as_posix() for p in named] == [
        "_private/pupils/100001/tiny.staff.html"
    ]
    assert "&lt;i&gt;Ada&lt;/i&gt; Invented" in named[0].read_text()
    assert access_faults(read_page(named[0].read_text())) == []
    assert ">pupil lists</a>" in ran.index.read_text()


class FakePrinter:
    """Prints without a browser; `fails` for as long as it says so."""

    fails = False

    def __init__(self, browser):
        self.browser = browser

    def pdf(self, html):
        if self.fails:
            raise CannotPrint
        return b"%PDF " + html.encode()

    def close(self):
        """End."""


@pytest.fixture
def printer(monkeypatch):
    monkeypatch.setattr(runner, "Printer", FakePrinter)
    monkeypatch.setattr(runner, "find_browser", lambda: "browser")
    monkeypatch.setattr(FakePrinter, "fails", False)


def test_a_pdf_stands_beside_each_page_and_the_index_leads_to_it(printer, trust, tmp_path):
    path = trust("100001", shapes=["pdf"])
    assert do(path).notes == ()
    place = tmp_path / "reports" / TERM / "100001" / "tiny.staff"
    assert place.with_suffix(".staff.pdf").read_bytes().startswith(b"%PDF <p>Invented 100001")
    assert 'href="100001/tiny.staff.pdf"' in (place.parents[1] / "index.html").read_text()
    assert statuses(do(path)) == {"100001/tiny.staff": "unchanged"}


def test_without_a_browser_pages_are_made_and_one_sentence_says_so(monkeypatch, trust, tmp_path):
    monkeypatch.setattr(runner, "find_browser", lambda: "")
    path = trust("100001", "100002", shapes=["pdf"])
    assert do(path).notes == (NO_BROWSER,)
    assert not list((tmp_path / "reports").rglob("*.pdf"))
    assert set(statuses(do(path)).values()) == {"unchanged"}, "until there is a browser"


def test_a_page_stands_whose_pdf_failed_and_is_printed_the_next_time(printer, trust, tmp_path):
    path = trust("100001", shapes=["pdf"])
    FakePrinter.fails = True
    ran = do(path)
    assert statuses(ran) == {"100001/tiny.staff": "done"}
    assert ran.notes == ("No PDF was made of 100001/tiny.staff: the browser failed. Run again.",)
    FakePrinter.fails = False
    assert statuses(do(path)) == {"100001/tiny.staff": "done"}
    assert list((tmp_path / "reports").rglob("*.pdf"))


def test_lists_that_a_report_no_longer_has_are_deleted(trust, notebook, tmp_path):
    notebook(
        "from writinggaps.disclosure.private import PrivateList\nfrom pathlib import Path",
        'rows = (("Ada Invented", "4A"),) * (Path(data, "name.txt").read_text() == "Invented 1")\n'
        'PrivateList(title="Supported", columns=("name", "class"), rows=rows)',
    )
    plan = read_plan(trust("1"))
    run(plan)
    page = plan.folder / "_private" / "pupils" / "1" / "tiny.staff.html"
    assert "Ada" in page.read_text()
    (tmp_path / "schools" / "1" / "name.txt").write_text("Invented, and nobody is supported")
    assert run(plan).code == 0
    assert not page.exists() or "Ada" not in page.read_text()


def test_a_school_in_a_database_is_never_taken_as_unchanged(trust):
    path = trust("100001")
    path.write_text(path.read_text().replace('"schools/100001"', '"sqlite:///there/is/none"'))
    made = {"make": stub_reports.without_data}
    assert [set(statuses(do(path, **made)).values()) for _ in range(2)] == [{"done"}, {"done"}]
