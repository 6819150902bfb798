"""Views of roles side by side: the published anchor, scales, response, small roles."""

from math import sqrt

import pandas as pd
import pytest

from writinggaps.measures.surveys import surveys
from writinggaps.problems import NoRecords
from writinggaps.readers import School
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld

TERM = "2025-26-autumn"
RULES = load_standards()


def answers(role, yes, no, question="More contact?", **told):
    row = {"date": pd.Timestamp("2025-11-18"), "role": role, "question": question, "scale": ""}
    given = ["yes"] * yes + ["no"] * no
    people = [f"{role}{n}" for n in range(yes + no)]
    return pd.DataFrame({"respondent": people, "answer": given}).assign(**(row | told))


def asked(*tables, by="question"):
    here = School(key="1", name="A", phase="primary", tables={"surveys": pd.concat(tables)})
    return surveys(here, term=TERM, standards=RULES, by=by)


def wilson(count, n, z=1.959963985):
    middle, half = count + z * z / 2, z * sqrt(count * (n - count) / n + z * z / 4)
    return (middle - half) / (n + z * z), (middle + half) / (n + z * z)


def test_professionals_and_parents_differ_as_published_with_newcombes_interval():
    # 101 professionals and 140 parents, 67 % and 43 % of whom said that contact had increased
    found = asked(answers("professional", 68, 33), answers("parent", 60, 80))
    [one] = found.asked
    gap = one.widest
    a, b = 68 / 101, 60 / 140
    (la, ua), (lb, ub) = wilson(68, 101), wilson(60, 140)
    expected = b - a
    assert (gap.group_name, gap.others_name) == ("parent", "professional")
    assert gap.estimate == pytest.approx(expected)
    assert gap.low == pytest.approx(expected - sqrt((b - lb) ** 2 + (ua - a) ** 2))
    assert gap.high == pytest.approx(expected + sqrt((ub - b) ** 2 + (a - la) ** 2))
    assert (round(100 * gap.low), round(100 * gap.high)) == (-36, -12)


def test_two_comparisons_have_wider_intervals_than_one():
    pair = [answers("professional", 68, 33), answers("parent", 60, 80)]
    more = [t.assign(question="Heard?") for t in pair]
    [one], two = asked(*pair).asked, asked(*pair, *more).asked
    assert (two[0].widest.high - two[0].widest.low) > (one.widest.high - one.widest.low)
    assert two[0].widest.group.level == pytest.approx(0.975)


def test_the_question_on_which_roles_differ_most_comes_first():
    alike = [answers("parent", 10, 10, "Alike?"), answers("staff", 10, 10, "Alike?")]
    apart = [answers("parent", 18, 2, "Apart?"), answers("staff", 5, 15, "Apart?")]
    assert [a.label for a in asked(*alike, *apart).asked] == ["Apart?", "Alike?"]


def test_a_small_role_is_shown_and_not_compared():
    found = asked(answers("parent", 20, 5), answers("governor", 1, 8))
    [one] = found.asked
    assert (one.agreed.shares["governor"].n, found.comparisons) == (9, 0)
    assert isinstance(one.widest, Withheld)
    assert asked(answers("parent", 20, 5), answers("governor", 1, 9)).comparisons == 1


@pytest.mark.parametrize(
    ("scale", "values", "agreed"),
    [
        ("1-5", ["1", "2", "3", "4", "5"], 2),
        ("1-4", ["1", "2", "3", "4", "9"], 2),
        ("less/the same/more", ["Less", "the same", "More", "more", "perhaps"], 2),
        ("", ["Yes", "no", "y", "n", "4"], 2),
    ],
)
def test_to_agree_is_to_answer_above_the_middle_of_the_scale(scale, values, agreed):
    [one] = asked(answers("parent", 5, 0).assign(answer=values, scale=scale)).asked
    on_scale = {"1-5": 5, "1-4": 4, "less/the same/more": 4, "": 4}[scale]
    assert (one.agreed.whole.count, one.agreed.whole.n) == (agreed, on_scale)


def test_an_area_of_the_self_audit_is_agreed_with_on_average():
    first = answers("staff", 0, 12, "We plan", area="leadership").assign(answer="4", scale="1-5")
    second = first.assign(question="We check", answer=["1"] * 6 + ["3"] * 6)
    other = answers("governor", 10, 2, "We plan", area="leadership")
    survey = answers("staff", 12, 0, "Not of the audit")
    found = asked(first, second, other, survey, by="area")
    [one] = found.asked
    # (3/4 + 0) / 2 is below the middle, (3/4 + 1/2) / 2 above it
    assert (one.label, one.agreed.shares["staff"].count) == ("leadership", 6)
    assert one.agreed.shares["governor"].count == 10
    assert [a.label for a in asked(first, survey).asked] == ["Not of the audit"]


def test_only_the_latest_answer_of_the_last_twelve_months_counts():
    now = answers("parent", 8, 4)
    before = answers("parent", 0, 12, date=pd.Timestamp("2025-06-01"))
    old = answers("staff", 12, 0, date=pd.Timestamp("2024-11-01"))
    later = answers("pupil", 12, 0, date=pd.Timestamp("2026-03-01"))
    [one] = asked(now, before, old, later).asked
    assert {k: (s.count, s.n) for k, s in one.agreed.shares.items()} == {"parent": (8, 12)}


def test_response_is_of_those_who_were_asked_and_unknown_where_nobody_wrote_it_down():
    found = asked(answers("parent", 8, 4, asked=40.0), answers("staff", 8, 4))
    told = {r.role: r.answered for r in found.responses}
    assert (told["parent"].count, told["parent"].n) == (12, 40)
    assert isinstance(told["staff"], Withheld)


def test_nobody_having_answered_says_so():
    with pytest.raises(NoRecords, match="No self-audit was answered in the last twelve months"):
        asked(answers("parent", 8, 4), by="area")
