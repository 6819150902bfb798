"""Everything printed by whole trusts over three terms, attacked at once (see attack.py)."""

import sys
from pathlib import Path

import pytest

from writinggaps.disclosure import Edition

sys.path.insert(0, str(Path(__file__).parent))

import attack


@pytest.mark.slow
@pytest.mark.parametrize(("edition", "schools"), [(Edition.GOVERNORS, 3), (Edition.PUBLIC, 3)])
def test_no_small_number_can_be_worked_out_from_everything_together(edition, schools):
    found = attack.attack(schools, edition=edition, seed=7, per_trust=schools)

    assert found.attacked > 100 * schools
    assert found.exposed == found.near == 0


def test_rounding_keeps_most_figures_of_a_school_with_a_class_a_year():
    found = attack.attack_trust(attack.np.random.default_rng(1), [210], Edition.GOVERNORS)

    assert found.exposed == found.near == 0
    assert found.shown[210] / found.of[210] > 0.8
