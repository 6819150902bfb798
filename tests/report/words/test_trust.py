"""What is said of a trust's schools, branch by branch."""

import sys
from pathlib import Path

from writinggaps.disclosure import release
from writinggaps.measures.trust.gaps import trust_gaps
from writinggaps.measures.trust.judging import trust_judging
from writinggaps.measures.trust.schools import trust_schools
from writinggaps.measures.trust.secured import trust_secured
from writinggaps.report.figures import trust as figures
from writinggaps.report.tables import trust as tables
from writinggaps.report.words import conversations
from writinggaps.report.words import trust as words
from writinggaps.standards import load_standards

sys.path.insert(0, str(Path(__file__).parents[2] / "measures" / "trust"))
from said import TERM, at_expected, by_year, change, in_groups, moderated, secure

RULES = load_standards()
ABOUT = {"term": TERM, "standards": RULES}
ALIKE = {"Alpha": (21, 30), "Beta": (22, 30), "Gamma": (20, 30)}


def schools(given, *more, edition="staff"):
    said = [r for name, pair in given.items() for r in at_expected(name, {"Year 6": pair})]
    return release(trust_schools([*said, *more], **ABOUT), edition)


def judging(*said, edition="staff"):
    return release(trust_judging([r for part in said for r in part], standards=RULES), edition)


def gaps(*said, edition="staff"):
    return release(trust_gaps([r for part in said for r in part], **ABOUT), edition)


def secured(*said):
    return release(trust_secured([r for part in said for r in part], **ABOUT), "staff")


def test_year_groups_of_the_trust_are_told_where_there_are_several():
    both = at_expected("Alpha", {"Year 5": (24, 30), "Year 6": (18, 30)})
    assert words.years(schools(ALIKE)) == ""
    assert words.years(release(trust_schools(both, **ABOUT), "staff")) == (
        "By year group, most are at the standard in Year 5 (80%) and fewest in Year 6 (60%)."
    )
    alike = at_expected("Alpha", {"Year 5": (24, 30), "Year 6": (24, 30)})
    assert words.years(release(trust_schools(alike, **ABOUT), "staff")) == (
        "In each year group as many are at the standard: 80%."
    )


def test_where_no_block_is_known_to_be_secured_or_not_it_is_said_once():
    found = secured(secure("Alpha", "Spelling", 60, 101), secure("Beta", "Spelling", 61, 101))
    assert words.secured(found) == (
        "No part of writing is known to be secured in every school, or in none."
    )


def test_alike_schools_do_not_stand_out():
    assert words.schools(schools(ALIKE)) == (
        "In autumn 2025, **63 of 90 pupils (70%)** of the trust were at the expected standard in "
        "writing. **No school stands out**: the differences between the three schools that have "
        "year groups in common are no more than chance gives."
    )


def test_schools_above_and_below_are_named_and_not_more():
    found = schools({**ALIKE, "Delta": (59, 60), "Epsilon": (9, 60)})
    assert words.schools(found).split(". ", 1)[1] == (
        "**Delta** stands above the others by more than chance and **Epsilon** stands below the "
        "others by more than chance; the rest differ by no more than chance gives."
    )


def test_a_school_that_cannot_be_compared_is_said_so():
    upper = at_expected("Upper", {"Year 9": (30, 60)})
    assert words.schools(schools(ALIKE, *upper)).endswith(
        " Upper is not compared, because no other school has its year groups."
    )


def test_shared_editions_say_roughly():
    assert words.schools(schools(ALIKE, edition="governors")).startswith(
        "In autumn 2025, **about 65 of 90 pupils (three quarters)** of the trust were"
    )


def test_without_an_order_no_place_is_told():
    assert words.places(schools(ALIKE)) == (
        "There is no order among these three schools: each of them may as well have the highest "
        "share as the lowest."
    )


def test_a_place_is_told_with_all_places_that_it_may_be():
    found = schools({"Alpha": (50, 100), "Beta": (52, 100), "Gamma": (96, 100)})
    assert words.places(found) == (
        "Of three schools in order of their shares, Gamma is in place 1, Beta is between place 2 "
        "and place 3 and Alpha is between place 2 and place 3."
    )


def test_two_schools_have_no_places():
    assert words.places(schools({"Alpha": (5, 10), "Beta": (6, 10)})) == (
        "Fewer than three schools can be compared, so none has a place."
    )


def test_a_year_group_that_differs_is_told_as_different_children():
    found = schools(ALIKE, *by_year("Alpha", (20, 60), (55, 60)))
    assert words.cohorts(found) == (
        "The oldest year group differs from last year's by more than chance in Alpha (Year 6: 33% "
        "in 2023-24, 92% in 2024-25). These are different children."
    )


def test_year_groups_within_chance_are_told_as_that():
    assert words.cohorts(schools(ALIKE, *by_year("Alpha", (20, 30), (21, 30)))) == (
        "In no school does the oldest year group differ from last year's by more than chance gives "
        "two groups of different children."
    )


def test_generous_judging_is_told_with_its_range():
    assert words.judging(judging(moderated("Alpha", 19, 16, 0), moderated("Beta", 30, 2, 2))) == (
        "In 2025-26 teachers at **Alpha** judged **higher** than moderation: 16 of 35 judgements "
        "(46%), a surplus of 26 to 60 in a hundred. Read this school's other figures with that in "
        "mind."
    )


def test_strict_judging_is_told_the_other_way_round():
    assert words.judging(judging(moderated("Alpha", 19, 0, 16))) == (
        "In 2025-26 teachers at **Alpha** judged **lower** than moderation: 16 of 35 judgements "
        "(46%), a surplus of 26 to 60 in a hundred. Read this school's other figures with that in "
        "mind."
    )


def test_judging_not_known_to_differ_is_not_called_agreement():
    assert words.judging(judging(moderated("Alpha", 19, 1, 0))) == (
        "In 2025-26 no school's teachers are known to judge higher or lower than moderation. The "
        "fewer pieces are moderated, the less could have been seen."
    )


def wide(name):
    return in_groups(name, (30, 100), (160, 200))


def test_a_gap_in_a_typical_school_and_a_closing_that_holds():
    found = gaps(*map(wide, ("Alpha", "Beta", "Gamma", "Delta")), change("Beta", 24, 8, "closing"))
    assert words.gaps(found) == (
        "In a typical school of the trust, three years together, **disadvantaged pupils** are 50 "
        "points behind other pupils (41 to 59). The gap **is closing** for disadvantaged pupils at "
        "Beta. No other change is known."
    )


def test_gaps_that_may_be_chance_are_not_called_none():
    level = [in_groups(name, (70, 100), (140, 200)) for name in ("Alpha", "Beta", "Gamma")]
    assert words.gaps(gaps(*level, change("Beta", -24, 8, "wider"))) == (
        "With all that is compared here allowed for, no group is known to be behind, or ahead, in "
        "a typical school of the trust. The gap **is wider** for disadvantaged pupils at Beta. No "
        "other change is known."
    )


def test_a_closing_that_does_not_hold_for_the_trust_is_marked_in_the_table():
    names = [f"School {k}" for k in range(30)]
    others = [change(name, 1, 10, "no detectable change") for name in names[1:]]
    found = gaps(*map(wide, names), change(names[0], 9, 8.9, "closing"), *others)

    assert tables.gaps(found).rows[0][1] == (
        "−50 (−59 to −39); closing, which does not hold beside all schools"
    )
    assert words.gaps(found).endswith(" No school's gap is known to be closing or wider.")


def test_what_is_secured_everywhere_and_nowhere_is_told_with_the_threshold():
    found = secured(*(
        part
        for name in ("Alpha", "Beta")
        for part in (secure(name, "Key vocabulary", 95, 100), secure(name, "Sentences", 20, 100),
                     secure(name, "Transcription: spelling", 62, 100))
    ))  # fmt: skip
    assert words.secured(found) == (
        "In every school more than 60% of pupils are secure in key vocabulary. In no school are "
        "60% of pupils secure in sentences. Of transcription (spelling) neither is known."
    )


def test_the_comparisons_are_counted():
    assert words.claims(schools(ALIKE), 0.05).startswith(
        "This report puts together the reports of 3 schools and makes 3 comparisons: each school"
    )


def test_conversations_follow_from_what_is_known_and_are_always_three():
    found = conversations.conversations(
        schools({**ALIKE, "Delta": (59, 60)}),
        judging(moderated("Alpha", 19, 16, 0)),
        gaps(wide("Alpha")),
        secured(secure("Alpha", "Sentences", 20, 100)),
    )
    assert found == (
        "1. **Judging.** Look again at judgements from Alpha together with another school, before "
        "anybody compares figures. Which statements were read differently?\n"
        "2. **Learning from each other.** What does Delta do that others could see?\n"
        "3. Which piece of writing would each school bring to show what it is proud of this term?"
    )


def test_a_name_from_data_stays_a_name():
    hostile = {"<b>*A*</b>": (59, 60), **ALIKE}
    assert "<b>" not in words.schools(schools(hostile))


def test_every_figure_can_be_drawn_with_its_words_in_every_edition():
    said = [wide("Alpha"), wide("Beta"), wide("Gamma")]
    for edition in ("staff", "governors", "public"):
        given = schools(ALIKE, *by_year("Alpha", (20, 30), (21, 30)), edition=edition)
        drawn = [figures.caterpillar(given), figures.funnel(given), figures.years(given)]
        drawn.append(figures.judging(judging(moderated("Alpha", 19, 16, 0), edition=edition)))
        drawn.append(figures.gaps(gaps(*said, edition=edition)))
        assert all("<svg" in figure.svg and figure.alt for figure in drawn)


def test_a_trust_of_two_schools_is_drawn_without_an_order():
    assert "nothing to show" in figures.caterpillar(schools({"A": (5, 10), "B": (6, 10)})).svg


def test_tables_give_the_schools_own_counts():
    table = tables.schools(schools(ALIKE))
    assert table.rows == (
        ("The trust", "63 of 90", "63 of 90"),
        ("Alpha", "21 of 30", "21 of 30"),
        ("Beta", "22 of 30", "22 of 30"),
        ("Gamma", "20 of 30", "20 of 30"),
    )
    assert [row[4] for row in tables.places(schools(ALIKE)).rows] == ["1 to 3"] * 3
