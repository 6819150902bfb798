"""Statistics on arrays and counts: they know nothing about schools."""

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
from writinggaps.estimates.shares import Share, ShareDifference, share, share_difference

__all__ = [
    "Breakdown",
    "Part",
    "Share",
    "ShareDifference",
    "Split",
    "SplitBreakdown",
    "SplitPart",
    "breakdown",
    "share",
    "share_difference",
    "split",
    "split_breakdown",
]
