"""Who judges otherwise than moderation, how reliable scores are, what to look at again."""

import numpy as np
import pandas as pd
import pytest

from writinggaps.estimates.agreement import leniency
from writinggaps.measures.judging import judging
from writinggaps.problems import NoRecords
from writinggaps.readers.school import School
from writinggaps.standards import load_standards
from writinggaps.withheld import Withheld

TERM = "2025-26-autumn"
ABOUT = {"term": TERM, "standards": load_standards()}


def school_of(*rows, year_group=4):
    """Rows of (pupil, measure, value, moderated value, teacher)."""
    columns = ["pupil_id", "measure", "value", "moderated_value", "assessor"]
    judged = pd.DataFrame(rows, columns=columns)
    judged = judged.assign(term=TERM, date=pd.Timestamp("2025-12-01"), kind="summative")
    pupils = pd.DataFrame({"pupil_id": judged["pupil_id"].unique()}).assign(year_group=year_group)
    tables = {"pupils": pupils, "judgements": judged}
    return School(key="1", name="Specimen Primary", phase="primary", tables=tables)


def moderated(teacher, same, higher, lower):
    ends = [("EXS", "EXS")] * same + [("EXS", "WTS")] * higher + [("WTS", "EXS")] * lower
    return [(f"{teacher}{k}", "writing", *pair, teacher) for k, pair in enumerate(ends)]


def scored(codes, scores):
    pairs = enumerate(zip(codes, scores, strict=True))
    return [
        row
        for k, (code, score) in pairs
        for row in (
            (f"P{k:02d}", "writing", code, None, "T"),
            (f"P{k:02d}", "cj_writing", str(score), None, "T"),
        )
    ]


CODES = ["WTS"] * 10 + ["EXS"] * 10
SCORES = [*range(480, 500, 2), *range(510, 530, 2)]


def test_a_teacher_who_always_judges_higher_is_named_with_the_range():
    found = judging(school_of(*moderated("TA", 8, 12, 0), *moderated("TB", 18, 1, 1)), **ABOUT)
    leanings = {t.label: t.leaning for t in found.teachers}

    assert {k: v.where for k, v in leanings.items()} == {"TA": "higher", "TB": ""}
    assert leanings["TA"].surplus == leniency(12, 0, 20)
    assert isinstance(found.again, Withheld)


def test_judging_lower_is_the_mirror_image():
    found = judging(school_of(*moderated("TA", 8, 0, 12)), **ABOUT).teachers[0].leaning

    assert found.where == "lower"
    assert found.surplus[0] == -leniency(12, 0, 20)[0]


def test_two_pieces_of_a_teacher_prove_nothing():
    # both too high: by the exact test that happens every other time
    assert judging(school_of(*moderated("TA", 0, 2, 0)), **ABOUT).teachers[0].leaning.where == ""


def test_a_judgement_below_those_with_such_a_score_is_looked_at_again():
    scores = [*SCORES[:9], 525, *SCORES[10:]]  # judged below, scored like the upper half above
    found = judging(school_of(*scored(CODES, scores)), **ABOUT)

    assert found.again_pupils == ("P09",)
    assert (found.again.count, found.again.n) == (1, 20)


def test_a_judgement_above_those_with_such_a_score_is_looked_at_again():
    scores = [*SCORES[:10], 481, *SCORES[11:]]
    assert judging(school_of(*scored(CODES, scores)), **ABOUT).again_pupils == ("P10",)


def test_a_code_that_hardly_anybody_was_given_says_nothing_of_its_score():
    codes = ["WTS"] * 16 + ["EXS"] * 4
    scores = [*range(500, 532, 2), 400, 401, 402, 403]
    found = judging(school_of(*scored(codes, scores)), **ABOUT).again_pupils

    assert found == ("P16", "P17", "P18", "P19")  # and none of those above the four


def test_scores_given_twice_say_how_reliable_one_is_within_year_groups():
    random = np.random.default_rng(4)
    true = random.normal(0, 30, 40) + np.repeat([450.0, 550.0], 20)
    first, second = (true + random.normal(0, 10, 40) for _ in range(2))
    rows = [(f"P{k}", "cj_writing", f"{first[k]:.0f}", f"{second[k]:.0f}", "panel")
            for k in range(40)]  # fmt: skip
    found = judging(
        school_of(*rows, *moderated("TA", 5, 0, 0), year_group=[4] * 20 + [5] * 20 + [4] * 5),
        **ABOUT,
    ).reliability

    assert found.low < 0.9 < found.high  # 30^2 / (30^2 + 10^2), and not the .97 of both years
    assert found.estimate == pytest.approx(0.9, abs=0.06)


def test_without_moderation_and_scores_nothing_is_said():
    with pytest.raises(NoRecords):
        judging(school_of(("P1", "writing", "EXS", None, "T")), **ABOUT)
