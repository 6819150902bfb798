"""Unique pupil numbers."""

from __future__ import annotations

import re

__all__ = ["upn_fault"]

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_FORM = re.compile(r"[A-Z]\d{11}[0-9A-Z]")


def upn_fault(upn: str) -> str:
    """Say what is odd about a UPN: `upn_form`, `upn_letter`, or nothing.

    The authority's number is not looked at: new authorities come into being. A temporary UPN ends
    in a letter, which counts as its place in the alphabet of check letters.

    References
    ----------
    Government Data Standards Catalogue, UPN 2.0.

    Examples
    --------
    >>> upn_fault("B801200005001"), upn_fault("A801200005001"), upn_fault("B80120000500")
    ('', 'upn_letter', 'upn_form')
    """
    if not _FORM.fullmatch(upn) or upn[-1] in "IOS":
        return "upn_form"
    digits = [int(sign) if sign.isdigit() else _LETTERS.index(sign) for sign in upn[1:]]
    total = sum(digit * place for place, digit in enumerate(digits, start=2))
    return "" if _LETTERS[total % 23] == upn[0] else "upn_letter"
