"""An area's published writing figures: every school, with what chance alone would do."""

from writinggaps.measures.area.changes import AreaChanges, area_changes
from writinggaps.measures.area.gap import AreaGap, AreaGapChange, area_gap, area_gap_change
from writinggaps.measures.area.place import (
    Area,
    PublishedShare,
    area_of,
    published_share,
    together,
)
from writinggaps.measures.area.schools import AreaSchools, area_schools
from writinggaps.measures.area.whole import AreaChecks, AreaShares, area_checks, area_shares

__all__ = [
    "Area",
    "AreaChanges",
    "AreaChecks",
    "AreaGap",
    "AreaGapChange",
    "AreaSchools",
    "AreaShares",
    "PublishedShare",
    "area_changes",
    "area_checks",
    "area_gap",
    "area_gap_change",
    "area_of",
    "area_schools",
    "area_shares",
    "published_share",
    "together",
]
