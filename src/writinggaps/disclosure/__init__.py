"""Exact results -> released results: what each edition of a report may show."""

from writinggaps.disclosure.book import Book, beside_releases
from writinggaps.disclosure.editions import Edition, Rules, rules
from writinggaps.disclosure.private import PRIVATE_MIME, PrivateList, private_list
from writinggaps.disclosure.register import (
    Group,
    Register,
    as_rows,
    from_rows,
    oldest_kept,
    read_register,
)
from writinggaps.disclosure.released import Released, Shown, release, shown_to

__all__ = [
    "PRIVATE_MIME",
    "Book",
    "Edition",
    "Group",
    "PrivateList",
    "Register",
    "Released",
    "Rules",
    "Shown",
    "as_rows",
    "beside_releases",
    "from_rows",
    "oldest_kept",
    "private_list",
    "read_register",
    "release",
    "rules",
    "shown_to",
]
