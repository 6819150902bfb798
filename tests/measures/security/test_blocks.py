"""Blocks of knowledge by parts of the school, and the statutory secure fit."""

from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from writinggaps.measures.security.blocks import fit, security
from writinggaps.problems import BadArgument, NoRecords

TERM = "2025-26-autumn"


def counts(split):
    return {label: share.count for label, share in split.shares.items()}


def test_each_pupil_is_in_one_state_of_each_block_by_hand(school_of, rows, maths):
    found = security(school_of(rows), term=TERM, standards=maths)

    numbers, shapes = found.blocks
    assert (numbers.label, shapes.label) == ("Number words", "Shape words")
    assert counts(numbers.split.whole) == {
        "secure": 3,
        "only with support": 1,
        "not yet": 2,
        "too little evidence": 1,
    }
    assert counts(shapes.split.whole) == {
        "secure": 2,
        "only with support": 1,
        "not yet": 3,
        "too little evidence": 1,
    }
    assert (numbers.secure.count, numbers.secure.n) == (3, 7)
    assert (numbers.retained.count, numbers.retained.n) == (1, 7)


def test_parts_of_the_school_add_up_to_the_whole(school_of, rows, maths):
    by_class = security(school_of(rows), term=TERM, standards=maths, by="class").blocks[0]
    by_group = security(school_of(rows), term=TERM, standards=maths, by="disadvantaged").blocks[0]

    assert {k: (s.count, s.n) for k, s in by_class.parts.items()} == {"4A": (3, 4), "4B": (0, 3)}
    not_recorded = by_group.parts.pop("not recorded")
    groups = {k: s for k, s in by_group.parts.items() if k != "not recorded"}
    assert {k: (s.count, s.n) for k, s in groups.items()} == {
        "disadvantaged": (1, 4),
        "other pupils": (2, 2),
    }
    assert not_recorded.reason == "too_little_evidence"  # B3 has never been looked at


def test_two_groups_are_compared_at_a_level_that_holds_for_all_blocks(school_of, rows, maths):
    found = security(school_of(rows), term=TERM, standards=maths, by="disadvantaged")
    difference = found.blocks[0].difference(found.level)

    assert found.level == 1 - 0.05 / 2
    assert (difference.group_name, difference.others_name) == ("disadvantaged", "other pupils")
    assert difference.estimate == pytest.approx(1 / 4 - 1)  # pupils not recorded are in neither
    years = security(school_of(rows), term=TERM, standards=maths)
    assert years.blocks[0].difference(found.level) is None


def test_this_year_has_no_evidence_until_it_is_looked_at(school_of, rows, maths):
    with pytest.raises(NoRecords, match="No evidence was recorded on the statements of this year"):
        security(school_of(rows), term=TERM, standards=maths, layer="this year")


def test_an_old_statement_that_few_pupils_were_looked_at_in_is_left_out(
    school_of, rows, show, maths
):
    few = [r for r in rows if r["statement"] != "Y3-N1" or r["pupil_id"] in ("A1", "A2", "A4")]
    before = security(school_of(rows), term=TERM, standards=maths).blocks[0]
    after = security(school_of(few), term=TERM, standards=maths).blocks[0]

    assert (before.secure.count, after.secure.count) == (3, 4)  # A4 knows remainders only


@pytest.mark.parametrize("layer", ["earlier years", "this year"])
def test_the_more_pieces_it_takes_the_fewer_pupils_are_secure(school_of, rows, maths, layer):
    new = [r | {"statement": r["statement"].replace("Y3-", "Y4-")} for r in rows]
    school = school_of(rows + [r for r in new if r["statement"] in maths.statements])
    found = []
    for pieces in range(1, 5):
        rule = replace(maths.secure, independent_pieces=pieces)
        blocks = security(
            school, term=TERM, standards=replace(maths, secure=rule), layer=layer
        ).blocks
        found.append([b.split.whole.shares["secure"].count for b in blocks])

    assert all(a >= b for fewer, more in pairwise(found) for a, b in zip(fewer, more, strict=True))
    assert found[2] == [1, 1]  # A1 alone has shown anything three times
    assert found[3] == [0, 0]


def test_where_it_takes_more_pieces_than_anybody_wrote_too_little_is_known(school_of, rows, maths):
    rule = replace(maths.secure, independent_pieces=4)

    found = security(school_of(rows), term=TERM, standards=replace(maths, secure=rule))

    assert {b.secure.reason for b in found.blocks} == {"too_little_evidence"}


def test_a_layer_or_a_group_that_does_not_exist_is_refused(school_of, rows, maths):
    with pytest.raises(BadArgument, match="no layer 'next year'"):
        security(school_of(rows), term=TERM, standards=maths, layer="next year")
    with pytest.raises(BadArgument, match="cannot be grouped by 'house'"):
        security(school_of(rows), term=TERM, standards=maths, by="house")


def test_one_particular_weakness_is_discounted_and_recorded(school_of, rows, maths):
    found = fit(school_of(rows), term=TERM, standards=maths)

    assert counts(found.fit.whole) == {
        "secure": 3,
        "only with support": 1,
        "not yet": 2,
        "too little evidence": 1,
    }
    assert (found.secure.count, found.secure.n) == (3, 7)
    assert (found.discounted.count, found.discounted.n) == (1, 3)  # A3, for right angles
    assert list(found.weaknesses.shares) == ["Uses 'right angle'"]


def test_where_nobody_is_secure_there_is_nothing_to_discount(school_of, rows, maths):
    weak = [r for r in rows if r["pupil_id"].startswith("B")] * 1
    weak += [{**r, "secure": False} for r in rows if r["pupil_id"].startswith("A")]
    found = fit(school_of(weak), term=TERM, standards=maths)

    assert (found.secure.count, found.discounted.reason) == (0, "too_few_pupils")


NEW = st.lists(
    st.tuples(
        st.sampled_from(["A1", "A2", "A3", "A4", "B1", "B2", "B3"]),
        st.sampled_from(["Y4-N1", "Y4-S1", "something harder still"]),
        st.booleans(),
        st.sampled_from(["independent", "scaffolded"]),
        st.integers(0, 100),
    ),
    max_size=30,
)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(new=NEW)
def test_teaching_something_harder_never_lowers_a_schools_security(
    school_of, rows, show, maths, new
):
    start = pd.Timestamp("2025-09-08")
    harder = [
        row
        for pupil, statement, secure, support, day in new
        for row in show(
            pupil, [statement], [start + pd.Timedelta(days=day)], secure=secure, support=support
        )
    ]
    ask = {"term": TERM, "standards": maths}
    before, after = school_of(rows), school_of([*rows, *harder])

    assert security(after, **ask) == security(before, **ask)
    assert fit(after, **ask) == fit(before, **ask)


def test_the_first_lessons_on_this_years_statements_lower_nothing(school_of, rows, show, maths):
    known = [*rows, *show("A1", ("Y4-N1", "Y4-S1"), ("2025-09-15", "2025-10-06"))]
    for pupil in ("A3", "A4", "B1"):
        known += show(pupil, ("Y4-N1",), ("2025-09-15", "2025-10-06"), secure=False)
    tried = [*known, *show("A2", ("Y4-N1",), ("2025-11-03",), secure=False)]
    ask = {"term": TERM, "standards": maths, "layer": "this year"}

    before, after = (security(school_of(r), **ask).blocks[0].secure for r in (known, tried))

    assert (before.count, before.n) == (after.count, after.n) == (1, 7)
