"""Statistics on arrays and counts: they know nothing about schools."""

from writinggaps.estimates.shares import Share, ShareDifference, share, share_difference

__all__ = ["Share", "ShareDifference", "share", "share_difference"]
