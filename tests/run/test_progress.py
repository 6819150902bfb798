import io
import json

from writinggaps.run.jobs import Failure, Job, Outcome
from writinggaps.run.progress import Bar, JsonLines, Lines, Quiet, summary, watch

JOB = Job(
    key="100001",
    name="Invented [bold]Primary",
    report="school_report",
    edition="staff",
    term="2025-26-autumn",
    notebook="",
    parameters={},
    inputs=(),
)
DONE = Outcome(job=JOB, status="done")
KEPT = Outcome(job=JOB, status="unchanged")
FAILED = Outcome(
    job=JOB,
    status="failed",
    failure=Failure(code="died", words="It died.", private="a pupil's words"),
)


def told(kind):
    to = io.StringIO()
    shown = kind(to)
    shown.start(2, {})
    shown.tell(DONE)
    shown.tell(FAILED)
    shown.stop()
    return to.getvalue()


def test_lines_say_each_report_and_why_it_failed():
    assert told(Lines) == (
        "done 100001/school_report.staff\nfailed 100001/school_report.staff: It died.\n"
    )


def test_json_lines_hold_codes_and_words_and_nothing_private():
    rows = [json.loads(line) for line in told(JsonLines).splitlines()]
    same = {"school": "100001", "report": "school_report", "edition": "staff"}
    assert rows == [
        {"status": "done", **same},
        {"status": "failed", **same, "code": "died", "words": "It died."},
    ]


def test_a_bar_shows_school_report_and_failures_so_far(capsys):
    bar = Bar()
    bar.start(2, {"100001": JOB.name})
    bar.stage("looking at the data")
    task = bar._bar.tasks[0]
    assert task.description == "looking at the data"
    bar.tell(FAILED)
    assert task.description == "Invented [bold]Primary: school_report, staff"
    assert task.fields["late"] == "1 failed"
    assert (task.completed, task.total) == (1, 2)
    bar.stop()
    assert "pupil" not in capsys.readouterr().err


def test_where_there_is_no_terminal_lines_are_written():
    assert type(watch("auto")) is Lines
    assert type(watch("quiet")) is Quiet


def test_a_summary_counts_and_lists_in_plain_words():
    assert summary((DONE, KEPT)) == "1 report was made and 1 was up to date."
    assert summary((DONE, DONE, KEPT, KEPT, FAILED)) == (
        "2 reports were made and 2 were up to date.\n"
        "1 report was not made:\n"
        "- Invented [bold]Primary (100001), school_report, staff: It died."
    )
