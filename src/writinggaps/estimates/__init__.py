"""Statistics on arrays and counts: they know nothing about schools."""

from writinggaps.estimates.shares import Pupils, Share, ShareDifference, share, share_difference

__all__ = ["Pupils", "Share", "ShareDifference", "share", "share_difference"]
