"""What is known of the pupils who were taught a scheme, piece by piece."""

from __future__ import annotations

import numpy as np
import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.estimates.gained import RatioGain
from writinggaps.estimates.means import mean_gain
from writinggaps.estimates.ratio_gain import ratio_gain
from writinggaps.estimates.regression import Selection
from writinggaps.measures.evaluation.results import Chance, Cost, Dose, LessonsLost, Paired
from writinggaps.problems import NoAges, NoRecords
from writinggaps.standards import Evaluation
from writinggaps.withheld import Withheld

__all__ = [
    "chance",
    "cost",
    "dose",
    "lost",
    "not_moved",
    "on_success",
    "paired",
    "ratio",
    "share_of",
    "tested",
]

_NORM = 100.0
"""The mean of pupils of an age on a standard scale."""

_SUCCESS = r"\b(?:met|achieved|success\w*|secured?|caught up|graduated|discontinued|referred)\b"
"""Ways to leave a scheme that follow from how a pupil did in it."""

_NOT_SUCCESS = r"\bnot (?:met|achieved|secured?|caught up)\b"


def share_of(taught: pd.DataFrame, column: str) -> Share:
    """Give the share of pupils taught of whom a column of yes and no says yes."""
    known = taught[taught[column].notna()]
    if known.empty:
        raise NoRecords(
            "Nothing is recorded of these pupils", "their rows in the pupils table say who they are"
        )
    return _those(known, known[column].astype(bool))


def tested(rows: pd.DataFrame) -> Share:
    """Give the share of pupils with a score from before and from after."""
    return _those(rows, rows["both"])


def not_moved(taught: pd.DataFrame, still: pd.Series) -> Share:
    """Give the share of those with both scores who moved no further than time did."""
    return _those(taught[taught["both"]], still[taught["both"]])


def _those(rows: pd.DataFrame, yes: pd.Series) -> Share:
    """Give a share of pupils; in a file of several schools an identifier may be of two."""
    who = rows["pupil_id" if rows["pupil_id"].is_unique else "pupil"]
    return share(who[yes], who)


def paired(rows: pd.DataFrame) -> Paired:
    """Give scores before and after of pupils who have both."""
    both = rows.loc[rows["both"], ["pre", "post"]].sort_values(["pre", "post"])
    if both.empty:
        raise NoRecords(
            "Nobody has scores from both ends", "a gain needs a score before and one after"
        )
    before, after = both.mean()
    scores = tuple(map(float, both.to_numpy().ravel()))
    return Paired(n=len(both), before=float(before), after=float(after), scores=scores)


def dose(taught: pd.DataFrame) -> Dose:
    """Add up what pupils were given."""
    known = taught[taught["sessions"].notna()]
    if known.empty:
        raise NoRecords("No sessions were recorded", "the sessions of each pupil have to be given")
    minutes = known["sessions"] * known["minutes"].fillna(0)
    return Dose(n=len(known), sessions=int(known["sessions"].sum()), minutes=int(minutes.sum()))


def chance(taught: pd.DataFrame, rule: Evaluation) -> Chance:
    """Set the gain on a standard scale beside what regression to the mean would give."""
    if not taught["scale"].iloc[0].casefold().startswith("standard"):
        raise NoAges("Only standard scores say how far pupils were from the average of their age")
    gain = mean_gain(taught["pre"], taught["post"], level=rule.level)
    return Chance(
        n=gain.n,
        behind=float(_NORM - taught.loc[taught["both"], "pre"].mean()),
        gain=gain.estimate,
        gain_low=gain.low,
        gain_high=gain.high,
        reliability=rule.reliability,
    )


def ratio(taught: pd.DataFrame, rule: Evaluation) -> RatioGain:
    """Give the ratio gain; ages of pupils are those of their year group, for want of birthdays."""
    behind = float((taught["age"] - taught["pre"])[taught["both"]].mean())
    chosen = Selection(
        test=taught["test"].iloc[0],
        months_behind=max(behind, 0.0) if behind == behind else 0.0,
        reliability=rule.reliability,
    )
    return ratio_gain(
        taught["post"] - taught["pre"],
        dates=(taught["pre_date"], taught["post_date"]),
        scale=taught["scale"].iloc[0],
        selected=chosen,
        level=rule.level,
    )


def lost(every: pd.DataFrame) -> LessonsLost:
    """Add up the lessons that pupils gave up."""
    out = every[every["place"].eq("withdrawn") & every["sessions"].fillna(0).gt(0)]
    if out.empty:
        raise NoRecords("No lessons were given up", "sessions out of class have to be given")
    subjects = out["missed_subject"].fillna("").replace("", np.nan).dropna()
    return LessonsLost(
        n=out["pupil"].nunique(),
        sessions=int(out["sessions"].sum()),
        subjects=tuple(subjects.value_counts().index.astype(str)),
    )


def cost(taught: pd.DataFrame, gained: RatioGain | Withheld) -> Cost:
    """Give what the scheme cost, and the months that pupils gained."""
    known = taught["cost"].dropna()
    if known.empty:
        raise NoRecords(
            "No cost was recorded", "what the scheme cost for each pupil has to be given"
        )
    months = gained if isinstance(gained, Withheld) else gained.gain_months
    return Cost(n=len(known), pounds=float(known.mean()), months=months)


def on_success(taught: pd.DataFrame) -> bool:
    """Say whether anybody left because of how they did."""
    ends = taught["exit"].fillna("").str.casefold().str.replace(_NOT_SUCCESS, "", regex=True)
    return bool(ends.str.contains(_SUCCESS, regex=True).any())
