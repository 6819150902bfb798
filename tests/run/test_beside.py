import json

import pytest

from writinggaps.run.beside import findings_of, told_in


def row(group, status="given", n=25, school="100001"):
    return {
        "question": "Who is at the expected standard?",
        "measure": "Writing",
        "group": group,
        "period": "2025-26-autumn",
        "status": status,
        "n": n,
        "school": school,
        "report": "school_report",
    }


@pytest.fixture
def page(tmp_path):
    def shows(*rows, edition="governors"):
        place = tmp_path / "100001" / f"school_report.{edition}.findings.json"
        place.parent.mkdir(exist_ok=True)
        place.write_text(json.dumps(rows))

    return shows


EXACT = [row("Year 2", n=8), row("Year 3", n=26), row("all pupils", n=34)]


def test_a_trust_does_not_show_what_a_schools_own_page_hides(tmp_path, page):
    # Year 3 is large enough, and hidden so that Year 2 cannot be worked out
    page(row("Year 2", "withheld"), row("Year 3", "withheld"), row("all pupils"))

    assert told_in(tmp_path, "governors", EXACT) == EXACT[2:]


def test_a_trust_does_not_count_joiners_whom_a_schools_own_page_leaves_out(tmp_path, page):
    page(row("Year 2"), row("Year 3", "matched", n=25), row("all pupils"))

    assert told_in(tmp_path, "governors", EXACT) == [EXACT[0], EXACT[2]]


def test_staff_and_schools_without_a_page_of_the_edition_are_left_alone(tmp_path, page):
    page(row("Year 2", "withheld"))

    assert told_in(tmp_path, "staff", EXACT) == EXACT
    assert told_in(tmp_path, "public", EXACT) == EXACT
    elsewhere = [row("Year 2", school="100002")]
    assert told_in(tmp_path, "governors", elsewhere) == elsewhere


def test_each_edition_reads_findings_of_its_own(tmp_path):
    found = {findings_of(tmp_path, e, k) for e in ("staff", "governors") for k in ("", "100001")}

    assert sorted(p.relative_to(tmp_path).as_posix() for p in found) == [
        "_private/findings.governors.json",
        "_private/findings.json",
        "_private/findings/100001.governors.json",
        "_private/findings/100001.json",
    ]
