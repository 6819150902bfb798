"""Parts of a TOML document, refused with file and key where they are not what they should be."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from writinggaps.problems import BadInput, hint

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["build", "in_range", "known", "table", "text"]

T = TypeVar("T")


def build(kind: type[T], found: dict[str, Any], where: str) -> T:
    """Make a dataclass from a TOML table whose keys and types must be its fields'.

    Raises
    ------
    BadInput
        If a key is not a field, a field without a default is missing, or a value has another type.
    """
    hints = get_type_hints(kind)
    known(found, hints, where)
    for name in (f.name for f in fields(kind) if f.default is MISSING):  # type: ignore[arg-type]
        if name not in found:
            raise BadInput(f"The key '{name}' is missing", "", where, f"Add {name} = ...")
    return kind(**{key: _value(value, hints[key], key, where) for key, value in found.items()})


def _value(value: Any, wanted: Any, key: str, where: str) -> Any:
    fits = {
        str: isinstance(value, str),
        bool: isinstance(value, bool),
        int: isinstance(value, int) and not isinstance(value, bool),
        float: isinstance(value, int | float) and not isinstance(value, bool),
        tuple[str, ...]: _all(value, str),
        tuple[float, ...]: _all(value, (int, float)),
        tuple[float, float]: _all(value, (int, float)) and len(value) == 2,
    }
    if not fits[wanted]:
        shown = getattr(wanted, "__name__", "list") if wanted in (str, bool, int, float) else "list"
        raise BadInput(f"'{key}' is {value!r}", f"it must be a {_KINDS[shown]}", where)
    return tuple(value) if isinstance(value, list) else value


_KINDS = {
    "str": "text in quotes",
    "bool": "true or false",
    "int": "whole number",
    "float": "number",
    "list": "list of values of one type",
}


def _all(value: Any, kind: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, kind) for v in value)


def table(merged: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    """Give a table of a TOML document; empty where there is none."""
    found = merged.get(key, {})
    if not isinstance(found, dict):
        raise BadInput(f"'{key}' is {found!r}", f"it must be a table: [{key}]", where)
    return found


def text(merged: dict[str, Any], key: str, where: str) -> str:
    """Give a text of a TOML document; empty where there is none."""
    return str(_value(merged.get(key, ""), str, key, where))


def known(keys: Iterable[str], names: Iterable[str], where: str, role: str = "") -> None:
    """Refuse the first key that is not one of the names.

    Raises
    ------
    BadInput
        With the nearest name as a hint.
    """
    for key in keys:
        if key not in names:
            raise BadInput(f"'{key}' is not known{role}", "", where, hint(key, names))


def in_range(rule: object, where: str) -> None:
    """Refuse rules below 0, and shares, levels and standard deviations above 1.

    Raises
    ------
    BadInput
        Naming the key.
    """
    for name, kind in get_type_hints(type(rule)).items():
        found = getattr(rule, name)
        values = found if isinstance(found, tuple) else (found,)
        top = float("inf") if kind is int else 1.0
        if kind is not str and not all(0 <= value <= top for value in values):
            needed = "it must not be below 0" if kind is int else "it must be between 0 and 1"
            raise BadInput(f"'{name}' is {found!r}", needed, where)
