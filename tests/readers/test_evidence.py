"""Writing alone, writing with support, and exercises."""

import pandas as pd
import pytest

from writinggaps.readers.evidence import evidence_kinds

INDEPENDENT, SCAFFOLDED, EXERCISE = "independent", "scaffolded", "exercise"


def kinds(support, piece="W1", independent=None):
    rows = pd.DataFrame({"pupil_id": ["P1"], "piece": [piece], "support": [support]})
    pieces = pd.DataFrame({"piece": ["W1"], "pupil_id": ["P1"], "independent": [independent]})
    return evidence_kinds(rows, pieces.astype({"independent": "boolean"})).kind.item()


@pytest.mark.parametrize(
    ("support", "piece", "independent", "expected"),
    [
        ("independent", "W1", True, INDEPENDENT),
        ("independent", "W1", None, INDEPENDENT),
        ("independent", "W9", True, INDEPENDENT),
        ("independent", "W1", False, SCAFFOLDED),
        ("scaffolded", "W1", True, SCAFFOLDED),
        (None, "W1", True, INDEPENDENT),
        (None, "W1", None, SCAFFOLDED),
        ("independent", None, True, EXERCISE),
        ("independent", "", True, EXERCISE),
    ],
)
def test_writing_alone_is_told_from_help_and_from_exercises(support, piece, independent, expected):
    assert kinds(support, piece, independent) == expected


def test_without_a_table_of_pieces_the_row_itself_says_how_it_was_written():
    rows = pd.DataFrame({"pupil_id": ["P1"], "piece": ["W1"], "support": ["independent"]})

    assert evidence_kinds(rows).kind.tolist() == [INDEPENDENT]
