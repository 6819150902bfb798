"""Real pages attacked as pages.py attacks all of them; one page, and pages that would be unsafe."""

import sys
from pathlib import Path

from writinggaps.disclosure import Edition
from writinggaps.estimates import share
from writinggaps.run.execute import execute

sys.path.insert(0, str(Path(__file__).parent))

import pages

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
PUPILS = [f"p{i}" for i in range(40)]


def found_in(*results):
    attacked = pages.Attacked()
    attacked.add("now", "a report", Edition.GOVERNORS, [(one, one) for one in results])
    return attacked


def test_a_page_for_parents_gives_no_small_number_away():
    asked = {"data": str(pages.SAMPLE / "S02"), "term": pages.TERMS[-1], "edition": "public"}
    with pages.Kept() as kept:
        execute(NOTEBOOKS / "parents_summary.ipynb", asked)
    attacked = pages.Attacked()
    attacked.add(pages.TERMS[-1], "parents_summary", Edition.PUBLIC, kept.pairs)
    found = attacked.attack()

    assert attacked.results > 3
    assert found.attacked > 20
    assert found.exposed == found.near == sum(attacked.without.values()) == 0


def test_the_attack_finds_one_pupil_less_and_a_rest_of_two():
    beside = found_in(share(PUPILS[:20], PUPILS), share(PUPILS[1:20], PUPILS[1:])).attack()
    some = PUPILS[:5]  # 5 to 7 of 20, and 5 to 7 of all 40, leave at most 2 of the other 20
    rest = found_in(share(some, PUPILS[:20]), share([*some, *PUPILS[20:22]], PUPILS)).attack()

    assert (beside.near, rest.near) == (1, 0)
    assert rest.exposed > 0


def test_a_count_is_taken_for_what_would_have_been_shown_alike():
    assert pages.alike(3, 30, Edition.PUBLIC) == [0, 1, 2, 3, 4]
    assert pages.alike(28, 30, Edition.PUBLIC) == [26, 27, 28, 29, 30]
    assert pages.hidden_among(6, None, Edition.PUBLIC) == 3
