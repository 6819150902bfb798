"""Exact results -> released results: what each edition of a report may show."""

from typing import TYPE_CHECKING

from writinggaps.lazy import lazily

if TYPE_CHECKING:
    from writinggaps.disclosure.book import beside, proposed
    from writinggaps.disclosure.editions import Edition, rules
    from writinggaps.disclosure.private import private_list
    from writinggaps.disclosure.register import key_place, oldest_kept, read_register
    from writinggaps.disclosure.released import Released, release, shown_to

__all__ = [
    "Edition",
    "Released",
    "beside",
    "key_place",
    "oldest_kept",
    "private_list",
    "proposed",
    "read_register",
    "release",
    "rules",
    "shown_to",
]

__getattr__ = lazily(__name__)
