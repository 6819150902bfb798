"""Common transfer files (CTF): pupils and their statutory assessments, as XML."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from xml.etree.ElementTree import Element

import numpy as np
from defusedxml import DefusedXmlException, ElementTree

from writinggaps.readers.reading import Log, Place
from writinggaps.readers.sheets import Sheet

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
    pupils = list(enumerate((e for e in root.iter() if _name(e) == "pupil"), start=1))
    starts = _texts(root)["academicyear"]
    listed = [(number, _pupil(_texts(pupil), starts)) for number, pupil in pupils]
    marks = [(number, row) for number, pupil in pupils for row in _marks(pupil)]
    judged = [("judgements", _sheet(marks, _JUDGED, place))] if marks else []
    return [("pupils", _sheet(listed, _PUPIL, place)), *judged]


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


def _pupil(told: Mapping[str, str], starts: str) -> list[str]:
    name = ", ".join(filter(None, (told["surname"], told["forename"])))
    sex = told["sex"] or told["gender"]
    year = told["ncyearactual"] or _year_group(told["dob"], starts)
    return [told["upn"], told["upn"], name, sex, year, told["senprovision"], told["entrydate"]]


def _marks(pupil: Element) -> Iterator[list[str]]:
    upn = _texts(pupil)["upn"]
    for stage in (e for e in pupil.iter() if _name(e) == "keystage"):
        for mark in (_texts(e) for e in stage.iter() if _name(e) == "stageassessment"):
            parts = (_texts(stage)["stage"], mark["subject"], mark["method"], mark["component"])
            measure = _MEASURES.get(parts, "-".join(parts).lower())
            term = f"summer {mark['year']}" if mark["year"] else ""
            yield [upn, measure, mark["result"], term, mark["subject"], "summative"]


def _year_group(born: str, starts: str) -> str:
    """Work out the year group from the age on 31 August before the school year begins."""
    try:
        day = date.fromisoformat(born)
        age = int(starts) - day.year - ((day.month, day.day) > (8, 31))
    except ValueError:
        return ""
    return str(age - 4) if 4 <= age <= 18 else ""


def _sheet(rows: list[tuple[int, list[str]]], names: tuple[str, ...], place: Place) -> Sheet:
    origin = np.array([0, *(number for number, _ in rows)], dtype=np.intp)
    return Sheet.of(place, zip(names, *(texts for _, texts in rows), strict=True), origin=origin)


def _texts(parent: Element) -> Mapping[str, str]:
    """Give the text of the first element of each name below another, whatever its namespace."""
    found: defaultdict[str, str] = defaultdict(str)
    for element in parent.iter():
        if element is not parent:
            found.setdefault(_name(element), (element.text or "").strip())
    return found


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].casefold()
