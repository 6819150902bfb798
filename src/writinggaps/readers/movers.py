"""Pupils who moved from one school of a trust to another."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["movers"]


def movers(schools: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Find pupils whom more than one school of a trust has, by UPN; for private use only.

    Parameters
    ----------
    schools : mapping of str to DataFrame
        The pupils tables of the schools of a trust, by their keys.

    Returns
    -------
    DataFrame
        A row for each move: `upn`, `from_school`, `from_id`, `left`, `to_school`, `to_id`,
        `joined`, and `at_once` (bool): on roll at both, as pupils with a dual registration are.
    """
    listed = [
        pupils.loc[pupils["upn"].notna(), ["upn", "pupil_id", "joined", "left"]]
        .assign(school=key)
        .sort_values("joined", na_position="first")
        .drop_duplicates("upn", keep="last")
        for key, pupils in schools.items()
    ]
    columns = ["upn", "from_school", "from_id", "left", "to_school", "to_id", "joined", "at_once"]
    if not listed:
        return pd.DataFrame(columns=columns)
    both = pd.concat(listed, ignore_index=True)
    both = both[both["upn"].duplicated(keep=False)]
    ordered = both.sort_values(["upn", "joined", "school"], na_position="first")
    rows = [
        (old.upn, old.school, old.pupil_id, old.left, new.school, new.pupil_id, new.joined)
        for old, new in pairwise(ordered.itertuples(index=False))
        if str(old.upn) == str(new.upn)
    ]
    found = pd.DataFrame(rows, columns=columns[:-1])
    found = found.astype({"left": "datetime64[us]", "joined": "datetime64[us]"})
    over = (found["left"] <= found["joined"]) & found["left"].notna()
    return found.assign(at_once=~over)
