"""From evidence to states: who has secured what, alone, and kept it.

A pupil and a statement are in exactly one of `STATES`. Only a pupil's own evidence on that very
statement moves the state, so teaching something else, or something harder, never does.
"""

from __future__ import annotations

import pandas as pd

__all__ = ["FIT_STATES", "STATES", "evidence_kinds", "secure_fit", "secured_by", "states"]

STATES = ("retained", "secured", "only with support", "not yet", "no evidence")
"""Of one pupil in one statement, from the most to the least that is known to be secure."""

FIT_STATES = ("retained", "secured", "only with support", "not yet", "too little evidence")
"""Of one pupil in several statements together."""

_KEYS = ["pupil_id", "statement"]

_WORST_LAST = ("retained", "secured", "no evidence", "only with support", "not yet")
"""A known weakness outweighs a blank: together they are a weakness."""


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
        known = pieces.drop_duplicates(["piece", "pupil_id"]).set_index(["piece", "pupil_id"])
        keys = pd.MultiIndex.from_frame(found[["piece", "pupil_id"]])
        alone = known["independent"].astype("boolean").reindex(keys).set_axis(found.index)
    said = found["support"].eq("independent") | (
        found["support"].isna() & alone.fillna(value=False)
    )
    kind = (said & alone.fillna(value=True)).map({True: "independent", False: "scaffolded"})
    no_piece = found["piece"].isna() | found["piece"].eq("")
    return found.assign(kind=kind.mask(no_piece, "exercise"))


def states(
    evidence: pd.DataFrame,
    expected: pd.DataFrame,
    *,
    pieces: int,
    within_weeks: int,
    after_weeks: int,
) -> pd.DataFrame:
    """Give the state of each pupil in each statement.

    Parameters
    ----------
    evidence : DataFrame
        pupil_id, statement, date, secure, kind; see `evidence_kinds`.
    expected : DataFrame
        The pairs of pupil_id and statement to answer for; other columns are kept.
    pieces, within_weeks : int
        Secured: shown in this many independent pieces within this many weeks. Lost again when the
        latest independent pieces, as many as were needed, all failed to show it.
    after_weeks : int
        Retained: shown independently again this many weeks or more after it was secured.

    Returns
    -------
    DataFrame
        `expected` with state, secured_on, retained_on, lapsed, last_shown (independently) and
        last_seen (in any way).
    """
    alone = evidence[evidence["kind"].eq("independent")].sort_values("date", kind="stable")
    shown = alone[alone["secure"].astype(bool)]
    found = expected.merge(_dates(shown, pieces, within_weeks, after_weeks), "left", on=_KEYS)
    found = found.merge(_failed_since(alone, pieces), "left", on=_KEYS)
    found = found.merge(_seen(evidence), "left", on=_KEYS)
    found["lapsed"] = found["failed"].eq(True) & found["secured_on"].notna()
    held = found["secured_on"].notna() & ~found["lapsed"]
    helped = found["last_shown"].isna() & found["helped"].eq(True)
    state = pd.Series("not yet", index=found.index)
    state = state.mask(found["last_seen"].isna(), "no evidence").mask(helped, "only with support")
    state = state.mask(held, "secured").mask(held & found["retained_on"].notna(), "retained")
    found["state"] = pd.Categorical(state, STATES, ordered=True)
    return found.drop(columns=["failed", "helped"])


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
    return _secured(shown.sort_values("date", kind="stable"), pieces, within_weeks)


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
        One row per judgement: state (one of `FIT_STATES`) and waived, the statements discounted,
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
    rank = found["state"].astype(str).map(_WORST_LAST.index)
    rows = found[[*by, "statement"]].assign(rank=rank)
    rows["weak"] = rank > _WORST_LAST.index("no evidence")
    rows["may"] = rows["weak"] & found["particular"].astype(bool)
    rows["weak_in_all"] = rows.groupby(by, observed=True)["weak"].transform("sum")
    rows["may_in_all"] = rows.groupby(by, observed=True)["may"].transform("sum")
    rows["waived"] = rows["may"] & rows["weak_in_all"].le(waivers)
    rows["waived"] &= rows["may_in_all"].eq(rows["weak_in_all"])
    rows["left"] = rows["rank"].mask(rows["waived"], 0)
    fit = rows.groupby(by, observed=True, sort=False)["left"].max().reset_index()
    named = fit.pop("left").map(lambda r: _WORST_LAST[r]).replace("no evidence", FIT_STATES[-1])
    fit["state"] = pd.Categorical(named, FIT_STATES, ordered=True)
    names = rows[rows["waived"]].groupby(by, observed=True)["statement"].agg(";".join)
    fit = fit.merge(names.rename("waived").reset_index(), "left", on=by)
    return fit.assign(waived=fit["waived"].where(fit["state"].isin(FIT_STATES[:2])).fillna(""))


def _secured(shown: pd.DataFrame, pieces: int, within_weeks: int) -> pd.DataFrame:
    first = shown.groupby(_KEYS, sort=False)["date"].shift(pieces - 1)
    enough = shown[shown["date"] - first <= pd.Timedelta(weeks=within_weeks)]
    found = enough.groupby(_KEYS, sort=False)["date"].min()
    return found.rename("secured_on").reset_index()


def _dates(shown: pd.DataFrame, pieces: int, within: int, after: int) -> pd.DataFrame:
    both = shown.merge(_secured(shown, pieces, within), "left", on=_KEYS)
    again = both["date"].where(both["date"] - both["secured_on"] >= pd.Timedelta(weeks=after))
    grouped = both.assign(again=again).groupby(_KEYS, sort=False)
    return grouped.agg(
        secured_on=("secured_on", "first"), retained_on=("again", "min"), last_shown=("date", "max")
    ).reset_index()


def _failed_since(alone: pd.DataFrame, pieces: int) -> pd.DataFrame:
    latest = alone.groupby(_KEYS, sort=False).tail(pieces)
    any_shown = latest.groupby(_KEYS, sort=False)["secure"].max().astype(bool)
    return (~any_shown).rename("failed").reset_index()


def _seen(evidence: pd.DataFrame) -> pd.DataFrame:
    helped = evidence["secure"].astype(bool) & evidence["kind"].ne("independent")
    grouped = evidence.assign(helped=helped).groupby(_KEYS, sort=False)
    return grouped.agg(last_seen=("date", "max"), helped=("helped", "max")).reset_index()
