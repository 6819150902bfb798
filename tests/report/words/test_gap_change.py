from dataclasses import replace

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates.gate import CHECKS, Verdict
from writinggaps.measures.gaps.results import Check, GapChange, Influence, PointsMoved, ScoresMoved
from writinggaps.report.words import gap_change as words
from writinggaps.withheld import Withheld

MOVED = PointsMoved(
    narrowed=5.4, low=-7.0, high=18.0, detectable=17.6, margin=4.5, before=-32.0, after=-26.6
)


def change(verdict, *failed, moved=MOVED, **more):
    facts = {
        "by": "disadvantaged",
        "group_name": "disadvantaged pupils",
        "others_name": "other pupils",
        "measure": "Writing (teacher assessment)",
        "since": "2024-25-autumn",
        "period": "2025-26-autumn",
        "design": "same pupils",
        "verdict": verdict.value,
        "checks": tuple(Check(name=name, held=name not in failed) for name in CHECKS),
        "moved": moved,
        "standard_deviations": 0.12,
        "n_group": 23,
        "n_others": 48,
        "joined": 4,
        "gone": 3,
        "cohorts": 0,
        "level": 0.9875,
        "statements": 4,
    }
    return GapChange(**{**facts, **more})


def staff(value):
    return words.gap_change(release(value, "staff"))


def public(value):
    return words.gap_change(release(value, "public"))


def moved(**facts):
    return replace(MOVED, **facts)


CLOSING = change(Verdict.CLOSING, moved=moved(narrowed=5.5, low=1.9, high=9.1, after=-26.5))


def test_closing():
    assert staff(CLOSING) == (
        "The gap between disadvantaged pupils and other pupils **is closing**: about 2 to 9 points "
        "less than in autumn 2024, for the same 23 disadvantaged pupils and 48 other pupils. It "
        "was 32 points and is now 26 points."
    )


def test_closing_in_a_shared_edition_keeps_the_word_when_the_rounded_interval_touches_nothing():
    assert public(CLOSING) == (
        "The gap between disadvantaged pupils and other pupils **is closing**: by up to roughly 20 "
        "points less than in autumn 2024, for about 25 disadvantaged pupils and about 50 other "
        "pupils judged both times. It was about 40 points and is now about 20 points."
    )


def test_a_change_that_is_too_small_for_the_steps_of_a_shared_edition_is_a_few_points():
    assert public(replace(CLOSING, verdict="smaller, within chance")).startswith(
        "The gap between disadvantaged pupils and other pupils **was a few points smaller** than"
    )


def test_closing_on_a_scale():
    scores = ScoresMoved(
        narrowed=24, low=17, high=31, detectable=9, margin=4, before=-42, after=-18
    )
    assert staff(change(Verdict.CLOSING, moved=scores)) == (
        "The gap between disadvantaged pupils and other pupils **is closing**: about 17 to 31 "
        "scale points less than in autumn 2024, for the same 23 disadvantaged pupils and 48 other "
        "pupils. It was 42 scale points and is now 18 scale points."
    )


def test_smaller_within_chance():
    assert staff(change(Verdict.SMALLER, "beyond_chance")) == (
        "The gap between disadvantaged pupils and other pupils **was 5 points smaller** than in "
        "autumn 2024, **within chance**: the same 23 disadvantaged pupils and 48 other pupils "
        "often give such a difference. A change of less than 18 points could not have been seen "
        "with these numbers."
    )


def test_no_detectable_change():
    value = change(Verdict.UNDETECTED, "beyond_chance", moved=moved(narrowed=-2.2))
    assert staff(value) == (
        "**No change could be detected** in the gap between disadvantaged pupils and other pupils "
        "since autumn 2024: it was 2 points wider, within chance. A change of less than 18 points "
        "could not have been seen with these numbers."
    )


def test_no_detectable_change_that_would_be_written_as_nought():
    value = change(Verdict.UNDETECTED, "beyond_chance", moved=moved(narrowed=0.2, detectable=0.4))
    assert staff(value) == (
        "**No change could be detected** in the gap between disadvantaged pupils and other pupils "
        "since autumn 2024: what there was is within chance."
    )


def test_unchanged_within_what_matters():
    value = change(Verdict.UNCHANGED, moved=moved(narrowed=0.2, low=-2, high=2, margin=3.1))
    assert staff(value) == (
        "The gap between disadvantaged pupils and other pupils **has not changed by more than 3 "
        "points either way** since autumn 2024, for the same 23 disadvantaged pupils and 48 other "
        "pupils."
    )
    assert public(replace(value, moved=moved(margin=1.2))) == (
        "The gap between disadvantaged pupils and other pupils **has not changed by as much as "
        "would matter, either way** since autumn 2024, for about 25 disadvantaged pupils and about "
        "50 other pupils judged both times."
    )


def test_wider():
    value = change(
        Verdict.WIDER, "own_level_rose", moved=moved(narrowed=-12, low=-21, high=-3, after=-44)
    )
    assert staff(value) == (
        "The gap between disadvantaged pupils and other pupils **is wider**: about 3 to 21 points "
        "more than in autumn 2024, for the same 23 disadvantaged pupils and 48 other pupils. It "
        "was 32 points and is now 44 points."
    )


@pytest.mark.parametrize(
    ("check", "because"),
    [
        ("enough_pupils", "one of the groups is too small"),
        ("not_chosen_by_score", ("these pupils were chosen because they scored low, and such "
         "pupils rise whatever is done")),
        ("same_assessment", "the two times were judged in different ways"),
        ("no_ceiling", "many of the other pupils had the highest score and could not rise"),
        ("behind_at_start", "disadvantaged pupils were not behind to begin with"),
        ("same_on_every_scale", "it is not so on every scale"),
        ("own_level_rose", "disadvantaged pupils themselves did not do better"),
        ("worth_having", "that is less than the smallest change that matters"),
        ("not_two_pupils", "it rests on one or two pupils"),
    ],
)  # fmt: skip
def test_it_cannot_be_said_because(check, because):
    assert staff(change(Verdict.CANNOT_SAY, check)) == (
        "Whether the gap between disadvantaged pupils and other pupils is closing **cannot be "
        "said**. It was 5 points smaller than in autumn 2024, more than chance gives, but "
        f"{because}."
    )


def test_it_cannot_be_said_because_the_pupils_are_not_the_same():
    value = change(Verdict.CANNOT_SAY, "same_pupils_or_trend", "own_level_rose")
    assert staff(value) == (
        "Whether the gap between disadvantaged pupils and other pupils is closing **cannot be "
        "said**. It was 5 points smaller than in autumn 2024, more than chance gives, but too few "
        "of the pupils were judged both times and disadvantaged pupils themselves did not do "
        "better. This is only about pupils who were judged both times: 4 were judged only at the "
        "end, and 3 only at the start."
    )


def test_growing_cannot_be_said_for_reasons_of_its_own_only():
    value = change(
        Verdict.CANNOT_SAY, "own_level_rose", "not_two_pupils", moved=moved(narrowed=-9.0)
    )
    assert staff(value) == (
        "Whether the gap between disadvantaged pupils and other pupils is growing **cannot be "
        "said**. It was 9 points wider than in autumn 2024, more than chance gives, but it rests "
        "on one or two pupils."
    )


def test_two_cohorts_are_too_few():
    value = change(
        Verdict.CANNOT_SAY, "same_pupils_or_trend", design="successive cohorts", cohorts=2
    )
    assert staff(value) == (
        "Whether the gap between disadvantaged pupils and other pupils is closing **cannot be "
        "said**. It was 5 points smaller than in autumn 2024, more than chance gives, but 2 "
        "cohorts are too few for a trend."
    )


def test_cohorts_are_named_as_such():
    value = change(Verdict.SMALLER, "beyond_chance", design="successive cohorts", cohorts=3)
    assert "23 disadvantaged pupils and 48 other pupils in 3 cohorts often give" in staff(value)


def test_what_nobody_could_say_is_said():
    why = Withheld(
        reason="different_tests",
        found="The two years used different tests",
        needed="a change needs one test or scale at both times",
    )
    assert staff(why) == (
        "This cannot be said. The two years used different tests; a change needs one test or scale "
        "at both times."
    )


def test_not_significant_never_becomes_no_gap_or_no_change():
    for verdict in (Verdict.SMALLER, Verdict.UNDETECTED):
        said = staff(change(verdict, "beyond_chance"))
        assert "no gap" not in said.lower()
        assert "has not changed" not in said


def test_how_it_was_worked_out():
    assert words.how(release(CLOSING, "staff")) == (
        "The change of the gap between disadvantaged pupils and other pupils was worked out from "
        "the same 23 disadvantaged pupils and 48 other pupils, by writing (teacher assessment), "
        "with Welch's interval at 98.75%, so that all four statements about gaps in this report "
        "together are wrong as rarely as one would be alone."
    )


INFLUENCE = Influence(
    by="disadvantaged",
    group_name="disadvantaged pupils",
    others_name="other pupils",
    measure="Writing (comparative judgement)",
    period="2025-26-autumn",
    estimate=-31.2,
    without=-3.1,
    typical_without=-19.4,
    chance=0.001,
    carried=True,
    decided=False,
    n_group=12,
    n_others=27,
    pupils=("P1", "P2"),
)


def test_one_or_two_pupils():
    assert words.influence(release(INFLUENCE, "staff")) == (
        "**One or two pupils make this gap.** Disadvantaged pupils are 31 scale points behind "
        "other pupils; without those who count most they would be 3 scale points behind. Leaving "
        "out two pupils of a typical cohort of this size would make it 19 scale points behind; "
        "hardly any such cohorts have two who count for as much."
    )


def test_not_one_or_two_pupils():
    value = replace(INFLUENCE, carried=False, without=-24.0, typical_without=-25.0, chance=0.346)
    assert words.influence(release(value, "staff")) == (
        "**It is not one or two pupils.** Disadvantaged pupils are 31 scale points behind other "
        "pupils; even without those who count most they would be 24 scale points behind. Leaving "
        "out two pupils of a typical cohort of this size would make it 25 scale points behind; "
        "35% of such cohorts have two who count for as much."
    )


def test_so_small_a_gap_that_two_pupils_turn_it():
    value = replace(
        INFLUENCE, carried=False, decided=True, estimate=1.2, without=-9.6, typical_without=-0.2,
        chance=0.7,
    )  # fmt: skip
    assert words.influence(release(value, "staff")) == (
        "**One or two pupils decide which group is ahead.** Disadvantaged pupils are 1 scale point "
        "ahead of other pupils; without those who count most they would be 10 scale points behind. "
        "Leaving out two pupils of a typical cohort of this size would make it level; 70% of such "
        "cohorts have two who count for as much."
    )


def test_what_one_or_two_pupils_scored_is_told_to_staff_only():
    for edition in ("governors", "public"):
        assert words.influence(release(INFLUENCE, edition)) == (
            "**One or two pupils make this gap.** Disadvantaged pupils are 31 scale points behind "
            "other pupils."
        )


def test_page_one_hears_of_one_or_two_pupils_only_where_they_make_the_gap():
    made = release(INFLUENCE, "staff")
    not_made = release(replace(INFLUENCE, carried=False), "staff")

    assert words.carried(made) == words.influence(made)
    assert words.carried(not_made) == ""
