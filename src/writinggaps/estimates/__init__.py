"""Statistics on arrays and counts: they know nothing about schools."""

from writinggaps.estimates.ancova import Standard, adjusted_difference, ancova_effect
from writinggaps.estimates.breakdown import (
    Breakdown,
    Part,
    Split,
    SplitBreakdown,
    SplitPart,
    breakdown,
    split,
    split_breakdown,
)
from writinggaps.estimates.effects import cohens_d, glass_delta, hedges_g
from writinggaps.estimates.elapsed import months_between
from writinggaps.estimates.grouped import hedges_g_by
from writinggaps.estimates.means import MeanDifference, mean_difference, mean_gain
from writinggaps.estimates.ordinal import Ordering, cliffs_delta, rank_gap
from writinggaps.estimates.paired import Divisor, paired_effect, pre_post_control_effect
from writinggaps.estimates.ratio_gain import (
    AfterRegression,
    RatioGain,
    RatioGainDifference,
    Selection,
    ZeroEffect,
    ratio_gain,
)
from writinggaps.estimates.samples import Dropped, Summary
from writinggaps.estimates.shares import Pupils, Share, ShareDifference, share, share_difference
from writinggaps.estimates.standardised import Effect, Interval
from writinggaps.estimates.tables2x2 import (
    McNemar,
    RatioOfShares,
    cox_index,
    mcnemar,
    odds_ratio,
    risk_ratio,
)

__all__ = [
    "AfterRegression",
    "Breakdown",
    "Divisor",
    "Dropped",
    "Effect",
    "Interval",
    "McNemar",
    "MeanDifference",
    "Ordering",
    "Part",
    "Pupils",
    "RatioGain",
    "RatioGainDifference",
    "RatioOfShares",
    "Selection",
    "Share",
    "ShareDifference",
    "Split",
    "SplitBreakdown",
    "SplitPart",
    "Standard",
    "Summary",
    "ZeroEffect",
    "adjusted_difference",
    "ancova_effect",
    "breakdown",
    "cliffs_delta",
    "cohens_d",
    "cox_index",
    "glass_delta",
    "hedges_g",
    "hedges_g_by",
    "mcnemar",
    "mean_difference",
    "mean_gain",
    "months_between",
    "odds_ratio",
    "paired_effect",
    "pre_post_control_effect",
    "rank_gap",
    "ratio_gain",
    "risk_ratio",
    "share",
    "share_difference",
    "split",
    "split_breakdown",
]
