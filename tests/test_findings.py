import json

from writinggaps.disclosure import release
from writinggaps.estimates import share, share_difference
from writinggaps.findings import Finding, read_findings, share_finding, write_findings
from writinggaps.report.faces import finding
from writinggaps.withheld import Withheld


def test_a_record_takes_over_what_the_result_knows():
    gap = share_difference(share(56, 70), share(48, 80))

    record = finding(release(gap, "staff"), sentence="Ahead by 20 points.", group="girls")

    assert record == Finding(
        measure="sharedifference",
        group="girls",
        estimate=gap.estimate,
        low=gap.low,
        high=gap.high,
        level=0.95,
        unit="difference of shares",
        n=150,
        method=gap.method,
        sentence="Ahead by 20 points.",
    )


def test_a_shared_record_holds_released_figures_only():
    record = finding(release(share(57, 123), "public"), sentence="About half.")

    assert (record.n, record.estimate) == (125, 55 / 125)


def test_a_withheld_record_says_why_and_holds_no_figure():
    why = Withheld(reason="too_few_pupils", found="The group has 3 pupils")
    record = finding(release(why, "staff"), sentence="This cannot be said.")

    assert (record.status, record.reason, record.estimate, record.n) == (
        "withheld",
        "too_few_pupils",
        None,
        None,
    )


def test_records_are_read_as_they_were_written(tmp_path):
    written = [Finding(question="Who?", sentence="7 of 23 “£”", estimate=1 / 3), Finding()]
    write_findings(tmp_path / "findings.json", written)

    assert read_findings(tmp_path / "findings.json") == written


def test_no_records_are_an_empty_list(tmp_path):
    write_findings(tmp_path / "findings.json", [])

    assert read_findings(tmp_path / "findings.json") == []


def test_what_the_runner_put_together_is_read_with_the_school_that_said_it(tmp_path):
    row = {"school": "S01", "school_name": "Alpha", "report": "school_report", "n": 23}
    (tmp_path / "findings.json").write_text(json.dumps([row]))

    (found,) = read_findings(tmp_path / "findings.json")

    assert (found.school, found.school_name, found.report, found.n) == (*list(row.values()),)


def test_one_share_of_many_is_recorded_with_what_it_is_of():
    record = share_finding(share(12, 23), question="Who?", group="Year 4")

    assert (record.group, record.estimate, record.n) == ("Year 4", 12 / 23, 23)


def test_a_share_that_is_withheld_is_recorded_with_the_reason():
    why = Withheld(reason="suppressed", found="")

    assert share_finding(why, group="Year 4") == Finding(
        group="Year 4", status="withheld", reason="suppressed"
    )
