"""What must hold between cells and between tables. Each check looks at one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from writinggaps.readers.drafts import Draft
from writinggaps.readers.schema import code_table, limits, spelling
from writinggaps.readers.terms import Term

__all__ = ["check_pupils_listed", "check_table", "match_upns", "rows_read", "upn_fault"]

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_FORM = re.compile(r"[A-Z]\d{11}[0-9A-Z]")


def check_table(draft: Draft) -> None:
    """Make every check that concerns one table alone."""
    for check in (
        check_date_or_term,
        check_parts,
        check_order,
        check_term,
        check_upns,
        check_marks,
        check_loss,
        check_repeats,
    ):
        check(draft)


def check_date_or_term(draft: Draft) -> None:
    """Set rows aside that have neither date nor term; fill the term from the date."""
    if not {"date", "term"} <= set(draft.columns):
        return
    date, term = draft.columns["date"], draft.columns["term"]
    draft.flag("no_date_or_term", date.blank() & term.blank())
    filled = term.blank() & ~date.blank()
    draft.flag("term_from_date", filled)
    if filled.any():
        known = [None if day is None else str(Term.of(day)) for day in date.values]  # type: ignore[arg-type]
        values = [*term.values, *known]
        codes = np.where(filled, date.codes + len(term.values), term.codes)
        draft.columns["term"] = replace(term, codes=codes, texts=(), values=values, rules=())


def check_parts(draft: Draft) -> None:
    """Set rows aside in which a part is more than its whole."""
    for part, whole in draft.table.within:
        more = _numbers(draft, part) > _numbers(draft, whole)
        draft.flag("more_than_whole", more, part, other=whole)


def check_order(draft: Draft) -> None:
    """Find later dates that are before the earlier ones."""
    for first, second in draft.table.order:
        wrong = _dates(draft, second) < _dates(draft, first)
        draft.flag("dates_out_of_order", wrong, second, other=first)


def check_term(draft: Draft) -> None:
    """Find dates outside the school year of their term."""
    if not {"date", "term"} <= set(draft.columns):
        return
    term, dates = draft.columns["term"], _dates(draft, "date")
    terms = [None if text is None else Term.parse(str(text)) for text in term.values]
    starts = [None if t is None else f"{t.starts_in}-09-01" for t in terms]
    ends = [None if t is None else f"{t.year_ending}-08-31" for t in terms]
    early = dates < np.array(starts, dtype="datetime64[us]")[term.codes]
    late = dates > np.array(ends, dtype="datetime64[us]")[term.codes]
    draft.flag("date_outside_term", (early | late), "date")


def check_upns(draft: Draft) -> None:
    """Look at the form and the check letter of UPNs, and at UPNs that two pupils share."""
    for name, column in draft.table.columns.items():
        if column.check == "upn":
            found = draft.columns[name]
            faults = [upn_fault(str(value)) if value else "" for value in found.values]
            for fault in ("upn_form", "upn_letter"):
                draft.flag(fault, found.where([f == fault for f in faults]), name)
            shared = _repeated(draft.same([name]), found.blank() | draft.aside)
            people = _repeated(draft.same([name, "pupil_id"]), found.blank() | draft.aside)
            draft.flag("shared_upn", shared & ~people, name)


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


def check_marks(draft: Draft) -> None:
    """Find marks that are not in the codes in which their measure is usually given."""
    for measure, name in draft.table.marks.items():
        value, codes = draft.columns["value"], code_table(name)
        own = [v is not None and spelling(str(v)) not in codes.spelt for v in value.values]
        asked = draft.columns["measure"].where(
            [v == measure for v in draft.columns["measure"].values]
        )
        draft.flag("own_mark", value.where(own) & asked, "value", measure=measure)


def check_repeats(draft: Draft) -> None:
    """Set second rows about the same thing aside: repeats, and those that say something else."""
    if not draft.table.unique:
        return
    again = _repeated(draft.same(draft.table.unique), draft.aside)
    if again.any():
        whole = _repeated(draft.same([*draft.columns, *draft.extra]), draft.aside)
        draft.flag("repeated_row", again & whole)
        draft.flag("conflicting_row", again & ~whole, row=draft.table.row)


def match_upns(drafts: Sequence[Draft]) -> None:
    """Look up the pupil_id where an export names pupils by UPN."""
    ids: dict[object, object] = {}
    for draft in _of(drafts, "pupils"):
        upn, own = draft.columns["upn"], draft.columns["pupil_id"]
        pairs = zip(upn.codes, own.codes, strict=True)
        told = {upn.values[u]: own.values[i] for u, i in pairs if upn.values[u] is not None}
        ids = told | ids
    for draft in drafts:
        found = draft.columns.get("pupil_id")
        if found is None or not ids:
            continue
        named = [ids.get("".join(str(value).split()).upper(), value) for value in found.values]
        changed = [new != old for new, old in zip(named, found.values, strict=True)]
        if any(changed):
            draft.flag("matched_by_upn", found.where(changed), "pupil_id")
            draft.columns["pupil_id"] = replace(found, values=named)


def check_pupils_listed(drafts: Sequence[Draft]) -> None:
    """Set rows aside that are about pupils who are not in the pupils table."""
    listed = [draft.columns["pupil_id"] for draft in _of(drafts, "pupils")]
    known = {column.values[code] for column in listed for code in column.codes}
    for draft in drafts:
        if listed and draft.table.listed and len(draft.rows):
            found = draft.columns["pupil_id"]
            unlisted = found.where([v is not None and v not in known for v in found.values])
            if (unlisted | draft.aside).all() and unlisted.any():
                draft.log.add("no_pupil_listed", draft.place)
            draft.flag("unlisted_pupil", unlisted, "pupil_id")


def rows_read(drafts: Sequence[Draft], name: str) -> int:
    """Count the rows of a table in all the files that hold it."""
    return sum(len(draft.rows) for draft in _of(drafts, name))


def _of(drafts: Sequence[Draft], name: str) -> list[Draft]:
    return [draft for draft in drafts if draft.name == name]


def check_loss(draft: Draft) -> None:
    """Stop where too large a part of a table was set aside."""
    lost = int(draft.aside.sum())
    if draft.log.stopped_at(draft.place):
        return
    if lost > limits().set_aside_share * len(draft.rows):
        draft.log.add("too_many_set_aside", draft.place, n=lost, total=len(draft.rows))


def _repeated(key: NDArray[np.intp], not_counted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Give the rows whose key an earlier counted row has."""
    counted = np.flatnonzero(~not_counted)
    again = np.zeros(len(key), dtype=bool)
    again[counted] = pd.Series(key[counted]).duplicated().to_numpy()
    return again


def _numbers(draft: Draft, name: str) -> NDArray[np.float64]:
    return np.asarray(draft.columns[name].array("number"), dtype=float)


def _dates(draft: Draft, name: str) -> NDArray[np.datetime64]:
    return np.asarray(draft.columns[name].array("date"))
