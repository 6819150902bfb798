"""Looking inclusive without being it does not pay, or by no more than the docs print."""

import importlib.util
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from writinggaps.measures.inclusion.beside import appearances
from writinggaps.measures.inclusion.index import inclusion_index, one_school

_spec = importlib.util.spec_from_file_location(
    "strategies", Path(__file__).parent / "strategies.py"
)
strategies = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(strategies)

SEEDS = (0, 1)
PAYS = {
    # on average, in points of the index: what docs/inclusion-index.md owns up to
    "load_the_register": 2.5,
    "take_off_the_register": 0.5,
    "show_one_consultation": 1.5,
    "say_yes_on_paper": 7.0,
    "part_time_timetables": 1.5,
}
GAMES = [s for s in strategies.STRATEGIES if s.__name__ not in ("honest", "be_inclusive")]

pytestmark = pytest.mark.slow


@cache
def honest(seed):
    return strategies.score(strategies.honest, seed)


def moved(strategy):
    return strategies.moves(strategy, SEEDS, {seed: honest(seed) for seed in SEEDS})


@pytest.mark.parametrize("strategy", GAMES, ids=lambda s: s.__name__)
def test_a_game_moves_the_index_by_no_more_than_the_docs_print(strategy):
    low, high = strategies.printed()[strategy]
    found = moved(strategy)
    assert low - 0.06 <= min(found) <= max(found) <= high + 0.06
    assert np.mean(found) <= PAYS.get(strategy.__name__, 0.0)


def test_being_inclusive_raises_it_more_than_any_game():
    printed = strategies.printed()
    assert min(moved(strategies.be_inclusive)) > max(PAYS.values())
    assert printed[strategies.be_inclusive][0] > max(printed[game][1] for game in GAMES)


def test_an_ordinary_school_is_about_average():
    assert np.mean([honest(s) for s in SEEDS]) == pytest.approx(50, abs=4)


def test_a_withheld_table_is_named_and_bars_nothing_else():
    school = strategies.played(strategies.withhold_consultations, 0)
    found = one_school(inclusion_index([school], strategies.REFERENCE, term=strategies.TERM))
    assert found.held_back == ("welcome",)
    assert found.without == ()


def beside(strategy):
    school = strategies.played(strategy, 0)
    found = appearances([school], strategies.REFERENCE, term=strategies.TERM)
    return found.schools[0]


def yes_to_all_and_nobody_comes(told, asked):
    return strategies.say_yes_on_paper(told[told["status"].ne("E")].copy(), asked)


def test_the_report_shows_beside_the_index_what_the_games_hide():
    usual, loaded = beside(strategies.honest), beside(strategies.load_the_register)
    assert (usual.on_paper, usual.few, usual.grew) == (False, False, False)
    assert loaded.grew
    assert beside(strategies.show_one_consultation).few
    assert beside(yes_to_all_and_nobody_comes).on_paper
    assert beside(strategies.part_time_timetables).away.count > usual.away.count
