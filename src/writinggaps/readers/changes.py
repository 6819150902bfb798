"""What a new import changed since the last one, and who moved, told from imprints.

An imprint holds short hashes instead of values: it says which rows, and which UPNs, are the same,
and nothing of what stands in them but when pupils joined and left. Rows are the same where the
columns agree that name a row (the pupil, the date, the measure ...); in tables whose rows have no
name a corrected row is one gone and one new.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from writinggaps.problems import BadInput
from writinggaps.readers.reading import Log, Place, Reading
from writinggaps.readers.schema import limits, tables
from writinggaps.readers.school import School

__all__ = ["TableChange", "fewer_rows", "imprint", "in_two_schools", "movers", "what_changed"]

_FORM = 2
"""Changes whenever the same rows would have other hashes."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd number whose products reach every bit: 2 to the 64th, divided by the golden ratio."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChange:
    """One table: its rows then and now, and how many are new, gone, or say something else."""

    table: str
    before: int
    now: int
    added: int
    removed: int
    changed: int

    def __str__(self) -> str:
        told = {"new": self.added, "changed": self.changed, "gone": self.removed}
        return f"{self.table} {', '.join(f'{n:,} {kind}' for kind, n in told.items() if n)}"


def imprint(school: School) -> dict[str, Any]:
    """Take the imprint of a school's tables, as plain data that can be kept as JSON.

    Returns
    -------
    dict
        By table: how many rows were read, and the hashes of those kept; under `people`, pupils
        with a UPN by its hash.
    """
    read = school.reading.rows if school.reading else {}
    made: dict[str, Any] = {"form": _FORM}
    for name, table in school.tables.items():
        unique = tables()[name].unique
        cells = {
            column: pd.util.hash_pandas_object(table[column], index=False).to_numpy()
            for column in tables()[name].columns
        }
        made[name] = {
            "read": read[name].read if name in read else len(table),
            "keys": _text(cells[c] for c in unique) if unique else "",
            "rows": _text(cells.values()),
        }
    return made | {"people": _people(school.pupils)}


def what_changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[TableChange, ...]:
    """Compare two imprints of the same school; only tables that differ are given.

    Imprints of two versions of this library, made in different ways, tell nothing.
    """
    if before.get("form") != now.get("form"):
        return ()
    both = [name for name in tables() if name in before or name in now]
    nothing = {"read": 0, "keys": "", "rows": ""}
    found = [_change(n, before.get(n, nothing), now.get(n, nothing)) for n in both]
    return tuple(c for c in found if c.added or c.removed or c.changed or c.before != c.now)


def fewer_rows(changes: Sequence[TableChange]) -> BadInput | None:
    """Give the problem that holds a school a table of which has lost a fifth of its rows."""
    log = Log()
    for change in changes:
        if change.now < (1 - limits().fewer_rows_share) * change.before:
            log.add("fewer_rows", Place(change.table), n=change.now, before=change.before)
    return Reading(digest="", issues=tuple(log.issues), rows={}).problem() if log.issues else None


def movers(schools: Iterable[School]) -> pd.DataFrame:
    """Find pupils whom more than one school of a trust has, by UPN; for private use only.

    Parameters
    ----------
    schools : iterable of School
        The schools of a trust, as `read_schools` gives them.

    Returns
    -------
    DataFrame
        A row for each move: `upn`, `from_school`, `from_id`, `left`, `to_school`, `to_id`,
        `joined`, and `at_once` (bool): on roll at both, as pupils with a dual registration are.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> days = {"joined": pd.to_datetime(["2024-09-01"]), "left": pd.to_datetime(["2025-07-20"])}
    >>> pupil = pd.DataFrame({"upn": ["B801200005001"], "pupil_id": ["P1"], **days})
    >>> after = pupil.assign(joined=pd.Timestamp("2025-09-01"), left=pd.NaT)
    >>> tables = {"Oak": pupil, "Elm": after}
    >>> moved = movers(School(key=k, name=k, phase="primary", tables={"pupils": t})
    ...                for k, t in tables.items())
    >>> moved[["from_school", "to_school", "at_once"]].to_numpy().tolist()
    [['Oak', 'Elm', False]]
    """
    return _moves({school.key: school.pupils for school in schools})


def _moves(schools: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
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


def in_two_schools(imprints: Mapping[str, Mapping[str, Any]]) -> str:
    """Say how many pupils the data of more than one school hold; empty where none do."""
    people = {key: pd.DataFrame(kept["people"], columns=_PERSON) for key, kept in imprints.items()}
    dates = {"joined": "datetime64[us]", "left": "datetime64[us]"}
    found = _moves({key: frame.astype(dates) for key, frame in people.items()})
    if found.empty:
        return ""
    n, both = found["upn"].nunique(), found.loc[found["at_once"], "upn"].nunique()
    return (
        f"{n:,} {'pupil stands' if n == 1 else 'pupils stand'} in the data of more than one "
        f"school, by UPN: {n - both:,} moved, and {both:,} {'is' if both == 1 else 'are'} on roll "
        f"at two at once and counted at both."
    )


_PERSON = ["upn", "pupil_id", "joined", "left"]


def _people(pupils: pd.DataFrame) -> list[list[str]]:
    """Give each pupil with a UPN: its hash, no identifier, when the pupil joined and left."""
    told = pupils.loc[pupils["upn"].notna(), _PERSON].assign(pupil_id="")
    hashed = [f"{n:x}" for n in pd.util.hash_pandas_object(told["upn"], index=False)]
    days = [told[c].dt.strftime("%Y-%m-%d").fillna("") for c in ("joined", "left")]
    return [list(person) for person in zip(hashed, told["pupil_id"], *days, strict=True)]


def _change(name: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> TableChange:
    gone, new = _beyond(before["rows"], now["rows"])
    left, came = _beyond(before["keys"], now["keys"])
    changed = new - came if tables()[name].unique else 0
    return TableChange(
        table=name,
        before=before["read"],
        now=now["read"],
        added=new - changed,
        removed=left if tables()[name].unique else gone,
        changed=changed,
    )


def _beyond(before: str, now: str) -> tuple[int, int]:
    """Count hashes that only the first has, and that only the second has; repeats count."""
    then, here = (pd.Series(_hashes(text)).value_counts() for text in (before, now))
    apart = here.sub(then, fill_value=0)
    return int(-apart[apart < 0].sum()), int(apart[apart > 0].sum())


def _text(columns: Iterable[NDArray[np.integer[Any]]]) -> str:
    """Write the hashes of rows, made of those of their cells, column by column."""
    whole = reduce(lambda before, cells: before * _SPREAD + cells, columns)
    return b64encode((whole >> 32).astype("<u4").tobytes()).decode()


def _hashes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(b64decode(text), dtype="<u4")
