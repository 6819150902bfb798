"""Where are the gaps, are they closing, and is it one or two pupils?"""

from __future__ import annotations

from writinggaps.measures.gaps.change import gap_change
from writinggaps.measures.gaps.gap import Gap, gap
from writinggaps.measures.gaps.groups import GROUPS, LOWEST
from writinggaps.measures.gaps.history import GapHistory, Gaps, gap_history, gaps
from writinggaps.measures.gaps.influence import influence
from writinggaps.measures.gaps.results import GapChange, Influence

__all__ = [
    "GROUPS",
    "LOWEST",
    "Gap",
    "GapChange",
    "GapHistory",
    "Gaps",
    "Influence",
    "gap",
    "gap_change",
    "gap_history",
    "gaps",
    "influence",
]
