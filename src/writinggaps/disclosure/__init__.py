"""Exact results -> released results: what each edition of a report may show."""

from writinggaps.disclosure.editions import Edition, Rules, rules
from writinggaps.disclosure.released import Released, release, shown_to

__all__ = ["Edition", "Released", "Rules", "release", "rules", "shown_to"]
