"""Exact results -> released results: what each edition of a report may show."""

from typing import TYPE_CHECKING

from writinggaps.lazy import lazily

if TYPE_CHECKING:
    from writinggaps.disclosure.book import Book, beside, proposed
    from writinggaps.disclosure.editions import Edition, Rules, rules
    from writinggaps.disclosure.private import PRIVATE_MIME, PrivateList, private_list
    from writinggaps.disclosure.register import Register, key_place, oldest_kept, read_register
    from writinggaps.disclosure.released import Released, Shown, release, shown_to

__all__ = [
    "PRIVATE_MIME",
    "Book",
    "Edition",
    "PrivateList",
    "Register",
    "Released",
    "Rules",
    "Shown",
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
