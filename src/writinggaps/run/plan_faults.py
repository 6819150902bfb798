"""What can be wrong with a plan, found before anything runs."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from writinggaps.disclosure import Edition
from writinggaps.problems import BadArgument, hint
from writinggaps.readers.terms import Term

__all__ = ["content_faults", "file_safe", "shape_faults"]

SHAPES = ("pdf", "xlsx")
"""What a report may be made into besides its page."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|trust)$", re.IGNORECASE)
_REQUIRED = ("term", "editions", "reports", "school")
_TYPES = {
    "term": (str, 'text, such as term = "2025-26-autumn"'),
    "editions": (list, 'a list, such as editions = ["staff"]'),
    "reports": (list, 'a list, such as reports = ["school_report"]'),
    "shapes": (list, 'a list, such as shapes = ["pdf", "xlsx"]'),
    "out": (str, 'text, such as out = "reports"'),
    "standards": (str, "the name of a TOML file, in quotes"),
    "name": (str, "text: the name of the trust"),
    "parameters": (dict, "a table, such as [parameters.intervention_evaluation]"),
    "school": (list, "one or more tables [[school]]"),
}
_SCHOOL = {
    "key": "the URN, in quotes",
    "data": "a folder, workbook or database URL",
    "name": "text",
}


def file_safe(key: str) -> bool:
    """Whether a key can name a file on every system.

    Examples
    --------
    >>> [file_safe(key) for key in ("100001", "../x", "nul", "St Mary's")]
    [True, False, False, False]
    """
    plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", key)
    return plain is not None and not _RESERVED.match(key)


def shape_faults(found: dict[str, Any]) -> list[str]:
    """List unknown and missing keys and wrong types."""
    faults = [
        f"'{key}' is not a key of a plan. {hint(key, _TYPES)}" for key in found.keys() - _TYPES
    ]
    faults.sort()
    faults += [
        f"'{key}' is missing: it is {_TYPES[key][1]}" for key in _REQUIRED if key not in found
    ]
    for key, (kind, words) in _TYPES.items():
        if key in found and not isinstance(found[key], kind):
            faults.append(f"'{key}' must be {words}")
    for key in ("editions", "reports", "shapes"):
        items = found.get(key)
        if isinstance(items, list) and (not items or not all(isinstance(i, str) for i in items)):
            faults.append(f"'{key}' must be {_TYPES[key][1]}, with at least one item, all text")
    schools = found.get("school")
    for place, school in enumerate(schools if isinstance(schools, list) else [], start=1):
        faults += _school_shape(school, f"school {place}")
    return faults


def _school_shape(school: object, where: str) -> list[str]:
    if not isinstance(school, dict):
        return [f"{where} must be a table [[school]]"]
    faults = [
        f"{where}: '{key}' is not a key of a school. {hint(key, _SCHOOL)}"
        for key in sorted(school.keys() - _SCHOOL)
    ]
    faults += [
        f"{where}: '{key}' is missing: it is {_SCHOOL[key]}"
        for key in ("key", "data")
        if key not in school
    ]
    return faults + [
        f"{where}: '{key}' is {value!r}, but must be {_SCHOOL[key]}"
        for key, value in school.items()
        if key in _SCHOOL and not (isinstance(value, str) and value.strip())
    ]


def content_faults(found: dict[str, Any]) -> list[str]:
    """List values that have the right type and are wrong all the same."""
    faults = []
    try:
        Term.parse(found["term"])
    except BadArgument as why:
        faults.append(f"'term': {why}".rstrip("."))
    for name, what, known in (
        ("editions", "an edition", [e.value for e in Edition]),
        ("shapes", "a shape of a report", SHAPES),
    ):
        told = [item for item in found.get(name, ()) if item not in known]
        faults += [f"'{item}' is not {what}. {hint(item, known)}" for item in told]
    keys = [school["key"] for school in found["school"]]
    faults += [
        f"the key {key!r} cannot name a folder: use letters, digits, - and _, such as the URN"
        for key in keys
        if not file_safe(key)
    ]
    for what, items in (
        ("edition", found["editions"]),
        ("report", found["reports"]),
        ("shape", found.get("shapes", ())),
        ("key", keys),
    ):
        twice = Counter(item.lower() for item in items)
        faults += [
            f"the {what} '{item}' stands there {n} times" for item, n in twice.items() if n > 1
        ]
    if not keys:
        faults.append("there is no [[school]]")
    return faults
