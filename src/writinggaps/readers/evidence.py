"""What was seen in pupils' writing: alone, with support, or in an exercise."""

from __future__ import annotations

import numpy as np
import pandas as pd

from writinggaps.readers.kept import kept
from writinggaps.readers.roll import until
from writinggaps.readers.school import School

__all__ = ["evidence_kinds", "seen"]

_PIECE = ["piece", "pupil_id"]


@kept
def seen(school: School, term: str) -> pd.DataFrame:
    """Give the statements seen up to the end of a term with their `kind`; see `evidence_kinds`.

    Raises
    ------
    NoRecords
        If the school keeps no statements.
    """
    return until(_every(school), term)


@kept
def _every(school: School) -> pd.DataFrame:
    return evidence_kinds(school.table("statements"), school.tables.get("pieces"))


def evidence_kinds(statements: pd.DataFrame, pieces: pd.DataFrame | None = None) -> pd.DataFrame:
    """Tell independent writing from scaffolded writing and from exercises.

    Parameters
    ----------
    statements : DataFrame
        pupil_id, date, piece, statement, secure, support.
    pieces : DataFrame, optional
        piece, pupil_id, independent.

    Returns
    -------
    DataFrame
        The statements with `kind`: `exercise` where there is no piece of writing, `independent`
        where the row says independent (or is blank and the piece says so) and the piece does not
        say otherwise, `scaffolded` for the rest.

    Examples
    --------
    >>> rows = pd.DataFrame({"pupil_id": ["P1", "P1"], "piece": ["W1", None],
    ...                      "support": ["independent", "independent"]})
    >>> evidence_kinds(rows).kind.tolist()
    ['independent', 'exercise']
    """
    found = statements
    alone = pd.Series(pd.NA, index=found.index, dtype="boolean")
    if pieces is not None and "independent" in pieces:
        known = pieces.drop_duplicates(_PIECE).astype({"independent": "boolean"})
        asked = found[_PIECE].merge(known[[*_PIECE, "independent"]], "left", on=_PIECE)
        alone = asked["independent"].set_axis(found.index)
    blank, said = found["support"].isna(), found["support"].eq("independent")
    own = (said | (blank & alone.fillna(value=False))) & alone.fillna(value=True)
    no_piece = found["piece"].isna() | found["piece"].eq("")
    kinds = np.where(no_piece, "exercise", np.where(own, "independent", "scaffolded"))
    return found.assign(kind=kinds)
