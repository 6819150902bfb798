"""An area's published writing figures: every school, with what chance alone would do."""

from writinggaps.measures.area.changes import area_changes
from writinggaps.measures.area.gap import area_gap, area_gap_change
from writinggaps.measures.area.place import area_of
from writinggaps.measures.area.schools import area_schools
from writinggaps.measures.area.whole import area_checks, area_shares

__all__ = [
    "area_changes",
    "area_checks",
    "area_gap",
    "area_gap_change",
    "area_of",
    "area_schools",
    "area_shares",
]
