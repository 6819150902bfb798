"""What is judged otherwise than in the last term, on the trust's own index page."""

import pytest

from writinggaps.findings import Finding, write_findings
from writinggaps.run.plan import read_plan
from writinggaps.run.since import keep_released, since_last


@pytest.fixture
def plan(trust):
    return read_plan(trust("100001"))


def keep(plan, term, *verdicts, name="100001"):
    place = plan.out / term / "_private" / "findings" / f"{name}.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    found = [
        Finding(question="gap change", group=str(n), verdict=verdict, sentence=f"It is {verdict}.")
        for n, verdict in enumerate(verdicts)
    ]
    write_findings(place, found)


def test_a_verdict_that_changed_is_told_with_what_was_said_then(plan):
    keep(plan, "2025-26-autumn", "closing", "wider")
    keep(plan, "2024-25-summer", "no detectable change", "wider")

    assert since_last(plan, "100001") == ["It is closing. In summer 2025: no detectable change."]


def test_what_was_released_counts_before_what_was_only_run(plan):
    keep(plan, "2024-25-spring", "wider")
    keep_released(plan.out / "2024-25-spring", "100001")
    keep(plan, "2024-25-spring", "no detectable change")
    keep(plan, "2024-25-summer", "closing")
    keep(plan, "2025-26-autumn", "closing")
    assert since_last(plan, "100001") == ["It is closing. Released for spring 2025: wider."]
    keep_released(plan.folder, "100001")
    assert since_last(plan, "100001") == []
    keep(plan, "2025-26-autumn", "wider")
    assert since_last(plan, "100001") == ["It is wider. Released for autumn 2025: closing."]


def test_the_last_term_that_has_findings_counts_and_never_a_later_one(plan):
    keep(plan, "2025-26-autumn", "closing")
    keep(plan, "2023-24-autumn", "wider")
    keep(plan, "2025-26-spring", "wider")
    keep(plan, "2024-25-autumn", "closing")
    keep(plan, "2024-25-summer", "wider", name="100002")

    assert since_last(plan, "100001") == []


@pytest.mark.parametrize("then", ["2024-25-summer", "notes"])
def test_nothing_is_told_where_nothing_was_or_is_known(plan, then):
    assert since_last(plan, "100001") == []
    keep(plan, then, "closing")
    assert since_last(plan, "100001") == []
    keep(plan, "2025-26-autumn", "", "wider")
    assert since_last(plan, "100001") == []
