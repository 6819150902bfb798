"""What the sample plants in surveys is found, and no other view is said to differ."""

from __future__ import annotations

import pytest

from writinggaps.estimates import ShareDifference
from writinggaps.measures.surveys import surveys
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld, attempt

RULES = load_standards()


def apart(school, by):
    """The questions or areas on which two roles differ by more than chance, with the roles."""
    found = attempt(surveys, school, term="2025-26-autumn", standards=RULES, by=by)
    asked = () if isinstance(found, Withheld) else found.asked
    known = [(a.label, a.widest) for a in asked if isinstance(a.widest, ShareDifference)]
    return [(label, d) for label, d in known if d.low > 0 or d.high < 0]


@pytest.mark.parametrize(("what", "by"), [("views_apart", "question"), ("audit_apart", "area")])
def test_only_the_planted_views_differ(trust, planted, what, by):
    [truth] = planted[what]
    found = {key: apart(school, by) for key, school in trust.items()}
    assert [key for key, named in found.items() if named] == [truth["school"]]
    [(label, difference)] = found[truth["school"]]
    assert label == truth[by]
    roles = {difference.group_name, difference.others_name}
    assert roles == (
        {truth["more"], truth["fewer"]} if by == "area" else {"parent", "professional"}
    )


def test_the_anchor_of_67_and_43_percent_is_in_the_planted_school(trust, planted):
    [truth] = planted["views_apart"]
    [(_, difference)] = apart(trust[truth["school"]], "question")
    shares = {difference.group_name: difference.group, difference.others_name: difference.others}
    told = {role: f"{s.count} of {s.n}" for role, s in shares.items()}
    assert told == {"parent": truth["parent"], "professional": truth["professional"]}


def test_few_parents_answered_where_that_is_planted(trust, planted):
    [truth] = planted["few_answered"]
    found = surveys(trust[truth["school"]], term="2025-26-autumn", standards=RULES)
    [answered] = [r.answered for r in found.responses if r.role == truth["role"]]
    assert (answered.n, round(100 * answered.estimate) < found.enough) == (truth["asked"], True)
