"""Common transfer files (CTF): pupils and their statutory assessments, as XML."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from defusedxml import DefusedXmlException, ElementTree

from writinggaps.readers.sheets import Cells, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from writinggaps.readers.reading import Log, Place

__all__ = ["read_ctf"]

_TITLE = "a common transfer file (CTF)"
_MEASURES: dict[tuple[str, ...], str] = {
    ("KS2", "ENG", "TA", "WRI"): "writing",
    ("KS2", "GPS", "TT", "GPS"): "gps",
    ("KS2", "MAT", "TT", "MTC"): "mtc",
}
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*\?>")


def read_ctf(data: bytes, place: Place, log: Log) -> list[tuple[str, Sheet]]:
    """Read a common transfer file; nothing where it cannot be read, the log saying why.

    Returns
    -------
    list of (str, Sheet)
        `pupils`, with year groups worked out from dates of birth, and `judgements`. Rows are
        numbered by pupil, in the order of the file.
    """
    if not data.strip():
        log.add("empty", place)
        return []
    root = _root(data)
    if root is None or _name(root) != "ctfile":
        log.add("unreadable", place, kind=_TITLE)
        return []
    log.add("mapped_unconfirmed", place, title=_TITLE)
    pupils = [child for child in root.iter() if _name(child) == "pupil"]
    starts = _text(root, "academicyear")
    made = [("pupils", _pupils(pupils, starts, place))]
    marks = [row for number, pupil in enumerate(pupils) for row in _marks(number, pupil)]
    if marks:
        made.append(("judgements", _sheet(marks, _JUDGED, place)))
    return made


def _root(data: bytes) -> Element | None:
    """Parse safely; older files hold Windows characters under a declaration of UTF-8."""
    loose = _DECLARED.sub(b"", data).decode("cp1252", errors="replace")
    for text in (data, loose):
        try:
            root: Element = ElementTree.fromstring(text, forbid_dtd=True)
        except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):
            continue
        return root
    return None


_PUPIL = ("pupil_id", "upn", "name", "sex", "year_group", "sen_provision", "joined")
_JUDGED = ("pupil_id", "measure", "value", "term", "subject", "kind")


def _pupils(pupils: list[Element], starts: str, place: Place) -> Sheet:
    rows = []
    for number, pupil in enumerate(pupils):
        upn = _text(pupil, "upn")
        name = ", ".join(filter(None, (_text(pupil, "surname"), _text(pupil, "forename"))))
        sex = _text(pupil, "sex") or _text(pupil, "gender")
        year = _text(pupil, "ncyearactual") or _year_group(_text(pupil, "dob"), starts)
        sen = _text(pupil, "senprovision")
        rows.append((number, [upn, upn, name, sex, year, sen, _text(pupil, "entrydate")]))
    return _sheet(rows, _PUPIL, place)


def _marks(number: int, pupil: Element) -> Iterator[tuple[int, list[str]]]:
    upn = _text(pupil, "upn")
    for stage in (e for e in pupil.iter() if _name(e) == "keystage"):
        for mark in (e for e in stage.iter() if _name(e) == "stageassessment"):
            told = [_text(stage, "stage"), *(_text(mark, n) for n in ("subject", "method"))]
            told.append(_text(mark, "component"))
            measure = _MEASURES.get(tuple(told), "-".join(told).lower())
            ended = _text(mark, "year")
            term = f"summer {ended}" if ended else ""
            yield number, [upn, measure, _text(mark, "result"), term, told[1], "summative"]


def _year_group(born: str, starts: str) -> str:
    """Work out the year group from the age on 31 August before the school year begins."""
    try:
        day = date.fromisoformat(born)
        age = int(starts) - day.year - ((day.month, day.day) > (8, 31))
    except ValueError:
        return ""
    return str(age - 4) if 4 <= age <= 18 else ""


def _sheet(rows: list[tuple[int, list[str]]], names: tuple[str, ...], place: Place) -> Sheet:
    columns = list(zip(names, *(texts for _, texts in rows), strict=True))
    return Sheet(
        place=place,
        columns=[Cells.of(column) for column in columns],
        widths=np.full(len(rows) + 1, len(names), dtype=np.intp),
        origin=np.array([0, *(number + 1 for number, _ in rows)], dtype=np.intp),
    )


def _text(parent: Element, name: str) -> str:
    """Give the text of the first element of this name below another, whatever its namespace."""
    found = next((e for e in parent.iter() if e is not parent and _name(e) == name), None)
    return (found.text or "").strip() if found is not None else ""


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].casefold()
