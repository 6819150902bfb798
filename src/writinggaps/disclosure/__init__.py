"""Exact results -> released results: what each edition of a report may show."""

from writinggaps.disclosure.editions import Edition, Rules, rules
from writinggaps.disclosure.private import PRIVATE_MIME, PrivateList, private_list
from writinggaps.disclosure.released import Released, release, shown_to

__all__ = [
    "PRIVATE_MIME",
    "Edition",
    "PrivateList",
    "Released",
    "Rules",
    "private_list",
    "release",
    "rules",
    "shown_to",
]
