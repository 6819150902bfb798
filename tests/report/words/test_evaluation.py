"""Schemes in words: each step of the ladder, each reason, and nothing that sounds like cause."""

from dataclasses import replace

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.estimates.effects import hedges_g
from writinggaps.estimates.means import mean_gain
from writinggaps.estimates.ratio_gain import ratio_gain
from writinggaps.estimates.regression import Selection
from writinggaps.findings import Finding
from writinggaps.measures.evaluation.results import (
    Chance,
    Cost,
    Dose,
    LessonsLost,
    Paired,
    Scheme,
    SchemeRow,
    Schemes,
)
from writinggaps.report.faces import Prose
from writinggaps.report.words import evaluation as words
from writinggaps.report.words import scheme_card
from writinggaps.withheld import Withheld

NONE = Withheld(reason="no_comparison", found="Nobody is recorded to compare with")
NO_AGES = Withheld(reason="no_ages", found="The scale 'standard' has no ages")
NO_RECORDS = Withheld(reason="no_records", found="Nothing was recorded")
EFFECT = replace(
    hedges_g([1, 2, 3, 4], [1, 2, 3, 5]), estimate=0.5, low=0.2, high=0.8, n_taught=34,
    n_comparison=34, n=68,
)  # fmt: skip
GAIN = replace(mean_gain([1, 2, 3], [2, 4, 6]), estimate=8.0, low=6.0, high=10.0, n=34, n_taught=34)
RATIO = ratio_gain(
    [3.0, 5, 6, 2, 7] * 6,
    weeks=10,
    selected=Selection(test="Sample Test", months_behind=18, reliability=0.85),
)
BASE = Scheme(
    scheme="Sample Scheme",
    test="Sample Test",
    scale="standard",
    period="summer 2025",
    tested=share(34, 36),
    comparison=share(35, 36),
    disadvantaged=share(15, 36),
    sen=NO_RECORDS,
    pairs=Paired(n=34, before=92.0, after=100.0, scores=(90.0, 99.0, 94.0, 101.0)),
    pairs_compared=Paired(n=35, before=93.0, after=95.0),
    lost_apart=replace(EFFECT, estimate=-0.3),
    dose=Dose(n=36, sessions=720, minutes=18000),
    gain=GAIN,
    chance=Chance(n=34, behind=10.0, gain=8.0, gain_low=6.0, gain_high=10.0, reliability=0.85),
    ratio=NO_AGES,
    before=replace(EFFECT, estimate=-0.1),
    effect=EFFECT,
    detectable=0.5,
    months="6",
    not_moved=share(12, 34),
    lost=LessonsLost(n=12, sessions=240, subjects=("art", "music")),
    cost=NO_RECORDS,
    left_on_success=False,
    verdict="strong_helped",
    reasons=(),
)
ALONE = replace(
    BASE, comparison=NONE, before=NONE, effect=NONE, detectable=NONE, months=NONE,
    verdict="cannot_tell", reasons=("no_comparison",),
)  # fmt: skip


def said(face, *schemes, edition="staff"):
    rows = tuple(SchemeRow(label=getattr(s, "scheme", "Hidden Scheme"), scheme=s) for s in schemes)
    value = Schemes(period="2025-26-autumn", compared=1, rows=rows)
    return face(release(value, edition))


def line(name, scheme, edition="staff"):
    card = said(scheme_card.cards, scheme, edition=edition)
    return next(text for text in card.splitlines() if text.startswith(f"- **{name}.**"))


def test_the_card_of_a_scheme_that_helped_in_full():
    assert said(scheme_card.cards, BASE) == (
        "### Sample Scheme: strong evidence that it helped\n\n"
        "- **Taught.** 36 pupils in summer 2025; 34 of 36 pupils (94%) tested before and after "
        "with Sample Test.\n"
        "- **Who.** Disadvantaged: 15 of 36 pupils (42%).\n"
        "- **How chosen.** On average 10 points below the average of their age before; the "
        "records do not say how they were chosen.\n"
        "- **Dose.** 20 sessions a pupil on average, 8 hours.\n"
        "- **Lost on the way.** Scores from both ends: 34 of 36 pupils (94%) taught and 35 of 36 "
        "pupils (97%) compared with. Those without had scored 0.3 standard deviations higher "
        "before.\n"
        "- **Progress.** Scores rose by 8.0 points (6.0 to 10.0) on a scale where pupils in "
        "general stay where they are. Pupils chosen by a score as low as this would rise by 1.5 "
        "by themselves, if the test's reliability is 0.85; that leaves 6.5 (4.5 to 8.5).\n"
        "- **Ratio gain.** None: the scale has no ages to count months by.\n"
        "- **Against others.** The scheme raised scores by 0.50 standard deviations (0.20 to "
        "0.80), as much as 6 months of progress, against pupils like them who were not taught it. "
        "Before, pupils taught had scored 0.10 lower, which is allowed for. The records do not "
        "say who chose the pupils: if anything but the scheme set the groups apart, it is part of "
        "this.\n"
        "- **Lessons given up.** 240 sessions out of class by 12 pupils, from art and music.\n"
        "- **To know more.** See whether it works again, with other pupils and another teacher."
    )


@pytest.mark.parametrize(
    ("verdict", "low", "high", "heading", "begins"),
    [
        ("some_helped", 0.2, 0.8, "some evidence that it helped", "The scheme raised scores by"),
        ("cannot_tell", -0.2, 0.9, "cannot tell whether it helped", "Pupils taught scored 0.50"),
        ("some_not", -0.4, 0.05, "some evidence that it did not help", "Pupils taught scored"),
        ("harm", -0.8, -0.2, "evidence of harm", "The scheme lowered scores by"),
    ],
)
def test_each_step_has_its_heading_and_its_verb(verdict, low, high, heading, begins):
    scheme = replace(BASE, effect=replace(EFFECT, low=low, high=high), verdict=verdict)
    assert said(scheme_card.cards, scheme).startswith(f"### Sample Scheme: {heading}\n")
    assert line("Against others", scheme).startswith(f"- **Against others.** {begins}")


def test_within_chance_is_said_with_what_could_have_been_seen():
    effect = replace(EFFECT, estimate=-0.1, low=-0.5, high=0.3)
    scheme = replace(BASE, effect=effect, verdict="cannot_tell", reasons=("within_chance",))
    assert line("Against others", scheme).startswith(
        "- **Against others.** Pupils taught scored 0.10 standard deviations lower (−0.50 to "
        "0.30), within chance, against pupils like them who were not taught it."
    )
    assert line("To know more", scheme) == (
        "- **To know more.** Groups of this size would probably have shown an effect of 0.50 "
        "standard deviations, and hardly a smaller one: compare more pupils, or add another "
        "year's."
    )


def test_without_comparison_no_verb_says_cause():
    card = said(scheme_card.cards, ALONE)
    assert "### Sample Scheme: cannot tell whether it helped" in card
    assert line("Against others", ALONE) == (
        "- **Against others.** Nobody is recorded to compare with. So nothing here says what the "
        "scheme did."
    )
    assert line("To know more", ALONE) == (
        "- **To know more.** Draw by lot who is taught first, and test everybody at the same times."
    )
    assert "The scheme raised" not in card
    assert "The scheme lowered" not in card


def test_groups_that_were_not_alike_are_sent_for_a_better_comparison():
    why = Withheld(reason="no_comparison", found="The pupils compared with had scored too "
                   "differently before")  # fmt: skip
    scheme = replace(BASE, effect=why, months=NONE, verdict="cannot_tell")
    assert line("Against others", scheme) == (
        "- **Against others.** The pupils compared with had scored too differently before. So "
        "nothing here says what the scheme did."
    )
    assert line("To know more", scheme) == (
        "- **To know more.** Compare with pupils whose scores before were like theirs."
    )


def test_weaker_evidence_says_why():
    scheme = replace(BASE, verdict="some_helped", reasons=("lost_pupils", "few_pupils"))
    assert (
        " The evidence is weaker because many pupils have no score after and the groups are small."
        in line("Against others", scheme)
    )


def test_dose_is_no_cause_where_pupils_leave_on_success():
    assert line("Dose", replace(BASE, left_on_success=True)) == (
        "- **Dose.** 20 sessions a pupil on average, 8 hours. Pupils left when they had met their "
        "target or were referred on: those who gained soonest had fewest sessions, so this is not "
        "a cause of their gain."
    )


def test_a_ratio_gain_stands_beside_what_no_effect_would_have_shown():
    scheme = replace(ALONE, ratio=RATIO, chance=NO_AGES)
    assert line("Ratio gain", scheme) == (
        "- **Ratio gain.** 2.0 (1.7 to 2.3), in published words small impact, modest. If pupils "
        "were chosen by this test, **no effect at all would have shown 2.2**; allowing for that, "
        "the ratio gain is 0.8 (0.5 to 1.1), if the test's reliability is 0.85. One is the pace "
        "of pupils in general."
    )
    assert line("How chosen", scheme) == (
        "- **How chosen.** On average 18 months behind the average of their year group before; "
        "the records do not say how they were chosen."
    )
    assert line("Progress", scheme) == (
        "- **Progress.** Scores rose by 8.0 months (6.0 to 10.0) in 2.3 months."
    )


def test_a_fall_is_a_fall():
    fell = replace(GAIN, estimate=-2.0, low=-3.0, high=-1.0)
    scheme = replace(ALONE, gain=fell, chance=NO_AGES)
    assert line("Progress", scheme) == "- **Progress.** Scores fell by 2.0 points (1.0 to 3.0)."


def test_cost_is_not_blamed_on_the_scheme():
    cost = Cost(n=30, pounds=60.0, months=5.0)
    assert line("Cost", replace(ALONE, cost=cost)) == (
        "- **Cost.** £60 a pupil, £12 for each month gained, whatever made pupils gain it."
    )
    assert line("Cost", replace(ALONE, cost=replace(cost, months=NO_AGES))) == (
        "- **Cost.** £60 a pupil."
    )


def test_page_one_names_what_is_known_and_counts_the_rest():
    other = replace(ALONE, scheme="Other Scheme")
    hidden = Withheld(reason="suppressed", found="The group is small")
    assert said(words.together, BASE, other, hidden) == (
        "Up to autumn 2025, three schemes had been run. **Sample Scheme**: strong evidence that "
        "it helped. Of one of them nobody can tell whether it helped. One had too few pupils to be "
        "shown."
    )


@pytest.mark.parametrize(
    ("schemes", "expected"),
    [
        ((ALONE,), "whether it helped."),
        ((ALONE, ALONE), "whether any of them helped."),
        ((BASE, ALONE), "whether the other helped."),
        ((BASE, ALONE, ALONE), "whether the other two helped."),
    ],
)
def test_schemes_that_nobody_can_tell_about_are_named_by_the_rest(schemes, expected):
    assert said(words.together, *schemes).endswith(f"Nobody can tell {expected}")


HIDDEN = Withheld(reason="suppressed", found="The group is small")
COST = Cost(n=34, pounds=60.0, months=NO_RECORDS)


@pytest.mark.parametrize(
    ("schemes", "expected"),
    [
        (
            (BASE,),
            (
                "Pupils had 20 sessions each on average. Lessons were missed for every scheme. "
                "What it cost is not known."
            ),
        ),
        (
            (
                replace(BASE, dose=Dose(n=36, sessions=432, minutes=0), cost=COST),
                replace(BASE, lost=NO_RECORDS, cost=replace(COST, pounds=85.0)),
            ),
            (
                "Pupils had 12 to 20 sessions each on average. Lessons were missed for one of the "
                "schemes. It cost £60 to £85 a pupil."
            ),
        ),
        (
            (replace(BASE, dose=NO_RECORDS, lost=NO_RECORDS),),
            "No missed lessons are recorded. What it cost is not known.",
        ),
        (
            (replace(BASE, lost=HIDDEN),),
            "Pupils had 20 sessions each on average. What it cost is not known.",
        ),
        ((HIDDEN,), ""),
    ],
)
def test_what_schemes_took_is_told_together(schemes, expected):
    assert said(words.spent, *schemes) == expected


def test_shared_editions_tell_sessions_by_fives():
    assert said(words.spent, BASE, edition="public") == (
        "Pupils had about 20 sessions each on average. Lessons were missed for every scheme. What "
        "it cost is not known."
    )


def test_warnings_name_each_scheme_by_its_reason():
    useful = replace(ALONE, scheme="A", ratio=replace(RATIO, gain_months=5.0))
    nothing = replace(ALONE, scheme="B", chance=replace(BASE.chance, gain_low=1.0))
    more = replace(ALONE, scheme="C", left_on_success=True)
    assert said(words.worth, useful, nothing, more) == (
        "The ratio gain of A looks useful. But pupils who scored as low as these would have shown "
        "as much, or nearly as much, with no teaching at all. Low scores rise by themselves. Once "
        "that is allowed for, the gain of B could be chance. The gain of C is more than low scores "
        "rise by themselves. With nobody to compare with, nobody can tell what "
        "made it. Pupils left C when they had met their target or were referred on, so the number "
        "of sessions does not tell how many are needed."
    )
    assert said(words.worth, BASE) == (
        "No gain can be set against what would have come without teaching."
    )


def test_what_is_needed_counts_the_schemes_without_comparison():
    assert said(words.needed, HIDDEN) == "No scheme can be shown: the groups are too small."
    assert said(words.needed, BASE) == "Every scheme that can be shown has pupils to compare with."
    assert said(words.needed, ALONE) == (
        "**Next:** one scheme has nobody to compare with. List the pupils who need support, and "
        "draw by lot who is taught first. Test all of them at the same times, before the others "
        "begin."
    )


def test_those_who_did_not_gain_are_counted_with_a_caution():
    assert said(words.not_gained, BASE) == (
        "Pupils taught who did not gain (on a scale of ages: not as much as time passed). Sample "
        "Scheme: 12 of 34 pupils (35%). A single pupil's two scores differ by chance: look at the "
        "work before anything is decided."
    )
    hidden = Withheld(reason="suppressed", found="The group is small")
    assert said(words.not_gained, hidden) == "How many pupils did not gain is not shown."


def test_a_shared_edition_shows_no_exact_count_and_no_verdict_on_a_hidden_effect():
    few = replace(BASE, effect=replace(EFFECT, n_comparison=7))
    card = said(scheme_card.cards, few, edition="public")
    assert card.startswith("### Sample Scheme: cannot tell whether it helped\n")
    assert "The groups are too small to be compared." in card
    for exact in ("34", "36", "0.50", "12 pupils"):
        assert exact not in card


def test_what_was_not_asked_for_is_left_out_unless_nothing_else_is():
    missing = Prose("This cannot be said.", (Finding(status="withheld", reason="no_records"),))
    told = Prose("Four schemes had been run.")
    assert words.given(missing, told) == (told,)
    assert words.given(missing, missing) == (missing,)


def test_each_scheme_is_recorded_once_with_its_cautions_as_codes():
    alone = replace(ALONE, scheme="A", ratio=RATIO, left_on_success=True)
    rows = (
        SchemeRow(label="Sample Scheme", scheme=BASE),
        SchemeRow(label="A", scheme=alone),
        SchemeRow(label="B", scheme=Withheld(reason="suppressed", found="The group is small")),
    )
    value = Schemes(period="2025-26-autumn", compared=1, rows=rows)
    found = words.together(release(value, "staff")).findings[1:]
    assert [(f.group, f.measure, f.verdict, f.reason) for f in found] == [
        ("Sample Scheme", "scheme_effect", "strong_helped", ""),
        ("A", "scheme_gain", "cannot_tell", "no_comparison, left_on_success"),
        ("A", "ratio_gain", "cannot_tell", "no_comparison, left_on_success"),
        ("B", "scheme", "", "suppressed"),
    ]
    assert (found[0].estimate, found[0].unit, found[0].n) == (0.5, "standard deviations", 68)
    assert (found[2].low, found[2].period) == (RATIO.low, "2025-26-autumn")
    assert found[3].status == "withheld"


def test_how_large_an_effect_would_be_seen_is_told_for_schemes_that_nobody_can_judge():
    other = replace(ALONE, scheme="Other Scheme", detectable=0.874)
    assert said(words.enough, BASE, other) == (
        "With as many pupils as now, the smallest effect that would probably be seen, in standard "
        "deviations. Other Scheme: 0.87. Where nobody was compared with, half of the pupils would "
        "wait. Pupils of several years or schools, taken together, show smaller effects."
    )
    assert said(words.enough, BASE) == ""
    assert line("To know more", other) == (
        "- **To know more.** Draw by lot who is taught first, and test everybody at the same "
        "times: with as many pupils, half of them waiting, an effect of 0.87 standard deviations "
        "would probably be seen, and hardly a smaller one; with four times as many, one of half "
        "that size."
    )


@pytest.mark.parametrize(
    ("moved", "title"),
    [
        (share(16, 34), "Most pupils gained in every scheme"),
        (share(17, 34), "Half of the pupils or more did not gain in Sample Scheme"),
        (NO_RECORDS, "How many pupils gained is not shown"),
    ],
)
def test_the_picture_of_pairs_says_how_many_gained(moved, title):
    rows = (SchemeRow(label="Sample Scheme", scheme=replace(BASE, not_moved=moved)),)
    assert words.title_of_pairs(Schemes(period="2025-26-autumn", compared=1, rows=rows)) == title


def test_a_scheme_that_is_hidden_is_not_said_to_have_moved_most_pupils():
    hidden = Withheld(reason="suppressed", found="The group is small")
    rows = (SchemeRow(label="A", scheme=BASE), SchemeRow(label="B", scheme=hidden))
    assert words.title_of_pairs(Schemes(period="2025-26-autumn", compared=1, rows=rows)) == (
        "Most pupils gained in every scheme that is shown"
    )
