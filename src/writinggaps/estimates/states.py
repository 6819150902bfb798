"""From evidence to states: who has secured what, alone, and kept it.

A pupil and a statement are in exactly one of `STATES`. Only a pupil's own evidence on that very
statement moves the state, so teaching something else, or something harder, never does.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from writinggaps.estimates.arrays import Mask

__all__ = ["BLANK", "STATES", "secure_fit", "secured_by", "states"]

BLANK = "too little evidence"

STATES = ("retained", "secured", "only with support", "not yet", BLANK)
"""Of one pupil in one statement, or in several together.

There is too little evidence on who was seen in fewer pieces than it takes to secure a statement,
and on who has shown it whenever they wrote alone, but not often enough: they are not "not yet".
"""

_KEYS = ["pupil_id", "statement"]

_WORST_LAST = ("retained", "secured", BLANK, "only with support", "not yet")
"""A known weakness outweighs a blank: together they are a weakness."""

_RANK = np.array([_WORST_LAST.index(state) for state in STATES])
_PLACE = np.array([STATES.index(state) for state in _WORST_LAST])


def states(
    evidence: pd.DataFrame,
    expected: pd.DataFrame,
    *,
    pieces: int,
    lost_after: int,
    within_weeks: int,
    after_weeks: int,
) -> pd.DataFrame:
    """Give the state of each pupil in each statement.

    Parameters
    ----------
    evidence : DataFrame
        pupil_id, statement, date, secure, kind: `independent` for
        writing alone.
    expected : DataFrame
        The pairs of pupil_id and statement to answer for; other columns are kept.
    pieces, within_weeks : int
        Secured: shown in this many independent pieces within this many weeks. The fewer pieces it
        takes, the more pupils are secure, and never fewer.
    lost_after : int
        Lost again when this many of the latest independent pieces all failed to show it.
    after_weeks : int
        Retained: shown independently again this many weeks or more after it was secured.

    Returns
    -------
    DataFrame
        `expected` with state, secured_on, retained_on, lapsed, last_shown (independently) and
        last_seen (in any way).
    """
    pairs = pd.MultiIndex.from_frame(expected[_KEYS])
    row = pairs.get_indexer(pd.MultiIndex.from_frame(evidence[_KEYS]))
    rows = evidence.assign(row=row, secure=evidence["secure"].astype(bool))
    rows = rows[row >= 0].sort_values("date", kind="stable")
    found = expected.reset_index(drop=True).join(
        _facts(rows, pieces, lost_after, within_weeks, after_weeks)
    )
    state = pd.Series("not yet", index=found.index)
    state = state.mask(found.pop("never_failed").eq(True), BLANK)
    state = state.mask(found.pop("helped").eq(True), "only with support")
    state = state.mask(~(found.pop("seen") >= pieces), BLANK)
    held = found["secured_on"].notna() & found["lapsed"].eq(False)
    state = state.mask(held, "secured").mask(held & found["retained_on"].notna(), "retained")
    return found.assign(state=pd.Categorical(state, STATES, ordered=True))


def secured_by(evidence: pd.DataFrame, *, pieces: int, within_weeks: int) -> pd.DataFrame:
    """Give the day on which each pupil had first secured each statement.

    Examples
    --------
    >>> days = pd.to_datetime(["2025-09-10", "2025-10-10"])
    >>> rows = pd.DataFrame({"pupil_id": "P1", "statement": "S1", "date": days, "secure": True,
    ...                      "kind": "independent"})
    >>> secured_by(rows, pieces=2, within_weeks=26).secured_on.dt.date.tolist()
    [datetime.date(2025, 10, 10)]
    """
    shown = evidence[evidence["kind"].eq("independent") & evidence["secure"].astype(bool)]
    shown = shown.sort_values("date", kind="stable")
    first = shown.groupby(_KEYS, sort=False)["date"].shift(pieces - 1)
    enough = shown[shown["date"] - first <= pd.Timedelta(weeks=within_weeks)]
    return enough.groupby(_KEYS, sort=False)["date"].min().rename("secured_on").reset_index()


def secure_fit(found: pd.DataFrame, by: list[str], *, waivers: int = 0) -> pd.DataFrame:
    """Judge several statements together: all of them, at most `waivers` weaknesses discounted.

    Parameters
    ----------
    found : DataFrame
        As `states` gives, with `particular`: whether a weakness in the statement may be discounted.
    by : list of str
        Columns that name one judgement, such as pupil_id and block.
    waivers : int, optional
        The most weaknesses that may be discounted. Missing evidence is no weakness and is never
        discounted.

    Returns
    -------
    DataFrame
        One row per judgement: state (one of `STATES`) and waived, the statements discounted,
        which is empty where no discount was needed or none would have been enough.

    References
    ----------
    Standards and Testing Agency, teacher assessment frameworks (2018 on): pupils must meet all
    statements, but a particular weakness may be discounted.

    Examples
    --------
    >>> rows = pd.DataFrame({"pupil_id": "P1", "statement": ["S1", "S2"], "particular": True,
    ...                      "state": ["secured", "not yet"]})
    >>> secure_fit(rows, ["pupil_id"]).state.tolist()
    ['not yet']
    >>> secure_fit(rows, ["pupil_id"], waivers=1)[["state", "waived"]].values.tolist()
    [['secured', 'S2']]
    """
    rank = _RANK[pd.Categorical(found["state"], STATES).codes]
    rows = found[[*by, "statement"]].assign(rank=rank)
    waived = _discounted(rows, found["particular"].astype(bool), by, waivers)
    rows["left"] = np.where(waived, 0, rank)
    fit = rows.groupby(by, observed=True, sort=False)["left"].max().reset_index()
    fit["state"] = pd.Categorical.from_codes(
        _PLACE[fit.pop("left")], pd.Index(STATES), ordered=True
    )
    names = rows[waived].groupby(by, observed=True)["statement"].agg(";".join)
    fit = fit.merge(names.rename("waived").reset_index(), "left", on=by)
    return fit.assign(waived=fit["waived"].where(fit["state"].isin(STATES[:2])).fillna(""))


def _discounted(rows: pd.DataFrame, particular: pd.Series, by: list[str], waivers: int) -> Mask:
    """Say which weaknesses may be discounted: where there are few, and all are particular."""
    if not waivers:
        return np.zeros(len(rows), dtype=bool)
    weak = rows["rank"] > _WORST_LAST.index(BLANK)
    both = rows[by].assign(weak=weak, may=weak & particular)
    in_all = both.groupby(by, observed=True)[["weak", "may"]].transform("sum")
    few = in_all["weak"].le(waivers) & in_all["may"].eq(in_all["weak"])
    return (both["may"] & few).to_numpy(dtype=bool)


def _facts(
    rows: pd.DataFrame, pieces: int, lost_after: int, within: int, after: int
) -> pd.DataFrame:
    """Give what the state of each row follows from; `rows` in the order of their dates."""
    alone = rows[rows["kind"].eq("independent")]
    shown = alone[alone["secure"]]
    first = shown.groupby("row")["date"].shift(pieces - 1)
    enough = shown[shown["date"] - first <= pd.Timedelta(weeks=within)]
    secured = enough.groupby("row")["date"].min()
    since = secured.reindex(shown["row"]).set_axis(shown.index)
    again = shown[shown["date"] - since >= pd.Timedelta(weeks=after)]
    by_row = rows.groupby("row")
    found = pd.DataFrame({"seen": by_row.size(), "last_seen": by_row["date"].max()})
    found["secured_on"] = secured
    found["retained_on"] = again.groupby("row")["date"].min()
    found["last_shown"] = shown.groupby("row")["date"].max()
    shown_latest = alone.groupby("row").tail(lost_after).groupby("row")["secure"].max()
    found["lapsed"] = found["secured_on"].notna() & shown_latest.reindex(found.index).eq(False)
    failed = found.index.isin(alone.loc[~alone["secure"], "row"])
    found["never_failed"] = found["last_shown"].notna() & ~failed
    helped = found.index.isin(rows.loc[rows["secure"] & rows["kind"].ne("independent"), "row"])
    found["helped"] = found["last_shown"].isna() & helped
    return found
