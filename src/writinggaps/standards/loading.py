"""Standards from TOML files: merged key by key, checked, made into dataclasses."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from writinggaps.problems import BadArgument, BadInput, Unreadable, hint
from writinggaps.standards import rules
from writinggaps.standards.checked import build, in_range, known, table, text
from writinggaps.standards.shape import (
    Bands,
    Block,
    Measure,
    Standards,
    Start,
    Statement,
    not_in_use,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["bands", "load_standards"]

_RULES: dict[str, type[Any]] = {name.lower(): getattr(rules, name) for name in rules.__all__}
_ENTRIES = {
    "blocks": Block,
    "statements": Statement,
    "measures": Measure,
    "starts": Start,
    "bands": Bands,
}
_PLAIN = ("name", "subject", "source")
_TEXTS = ("strands", "sources")
_REPLACEABLE = (*_ENTRIES, *_TEXTS)
_KNOWN = (*_PLAIN, *_TEXTS, *_ENTRIES, *_RULES, "phases", "replace")


def load_standards(*paths: str | Path) -> Standards:
    """Read the default standards and merge files over them, key by key, in order.

    Parameters
    ----------
    *paths : str or Path
        TOML files; an empty path adds nothing. `replace = ["blocks", "statements"]` at the top of
        one drops the entries of those tables that came before it, for another subject.

    Raises
    ------
    Unreadable
        If a file cannot be read or is not TOML.
    BadInput
        If a key is not known, is missing, or has a value of the wrong type; names file and key.

    Examples
    --------
    >>> standards = load_standards()
    >>> standards.gap.group_minimum, standards.blocks["text_structures"].label
    (10, 'Text structures')
    """
    given = [Path(path) for path in paths if path]
    if not given:
        return _shipped()
    merged = _defaults()
    for path in given:
        merged = _merge(merged, _read(path), str(path))
    return _standards(merged, str(given[-1]))


@cache
def _shipped() -> Standards:
    return _standards(_defaults(), "defaults")


@cache
def bands(name: str) -> Bands:
    """Give a default band set by name.

    Raises
    ------
    NotPublished
        If the set is switched off because nobody has confirmed it.
    BadArgument
        If there is none of that name.

    Examples
    --------
    >>> bands("eef-toolkit-months").label(0.25)
    '3'
    """
    sets = load_standards().bands
    if name not in sets:
        raise BadArgument(f"There are no bands named '{name}'", "", "", hint(name, sets))
    if not sets[name].enabled:
        raise not_in_use(sets[name])
    return sets[name]


def _defaults() -> dict[str, Any]:
    folder = files("writinggaps.defaults")
    texts = (folder.joinpath(f"{n}.toml").read_text("utf-8") for n in ("standards", "bands"))
    standards, band_sets = (tomllib.loads(text) for text in texts)
    return {**standards, "bands": band_sets}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise Unreadable(
            f"The standards cannot be read ({why})",
            "they are a TOML file in UTF-8",
            str(path),
            "Compare it with the example in the documentation.",
        ) from why


def _merge(base: dict[str, Any], over: dict[str, Any], where: str) -> dict[str, Any]:
    known(over, _KNOWN, where)
    dropped = over.get("replace", [])
    names = dropped if isinstance(dropped, list) else [dropped]
    known(map(str, names), _REPLACEABLE, where, " to replace")
    names = [*names, "starts"] if "measures" in names else names
    merged = {key: value for key, value in base.items() if key not in names}
    for key, value in over.items():
        if key != "replace":
            old = merged.get(key, {})
            value = _sourced(key, value, over, where)
            merged[key] = _over(old, value, where) if isinstance(value, dict) else value
    return {**merged, "name": over.get("name", f"{base['name']}, changed by {Path(where).name}")}


def _sourced(key: str, value: Any, over: dict[str, Any], where: str) -> Any:
    """Give entries that name no source that of their file."""
    if key not in _ENTRIES or not isinstance(value, dict):
        return value
    source = over.get("source", f"set in {Path(where).name}")
    return {k: {"source": source, **v} if isinstance(v, dict) else v for k, v in value.items()}


def _over(base: dict[str, Any], over: dict[str, Any], where: str) -> dict[str, Any]:
    """Merge one table; a rule changed without a source is from the file that changed it."""
    if "source" in base and "source" not in over:
        over = {**over, "source": f"set in {Path(where).name}"}
    nested = {
        key: _over(base[key], value, where)
        for key, value in over.items()
        if isinstance(value, dict) and isinstance(base.get(key), dict)
    }
    return {**base, **over, **nested}


def _standards(merged: dict[str, Any], where: str) -> Standards:
    parts: dict[str, Any] = {key: text(merged, key, where) for key in _PLAIN}
    for key in _TEXTS:
        found = table(merged, key, where)
        parts[key] = MappingProxyType({k: text(found, k, f"{where}, [{key}]") for k in found})
    for key, kind in _ENTRIES.items():
        parts[key] = _entries(kind, table(merged, key, where), f"{where}, [{key}")
    for key, kind in _RULES.items():
        parts[key] = _rule(kind, table(merged, key, where), f"{where}, [{key}]")
    parts["phases"] = _phases(merged, where)
    _check_bands(parts["bands"], where)
    _check_measures(parts["measures"], where)
    _check_starts(parts["starts"], parts["measures"], where)
    parts["statements"] = _placed(parts, where)
    return Standards(**parts)


def _entries(kind: type[Any], found: dict[str, Any], where: str) -> Mapping[str, Any]:
    own = "name" if kind is Bands else "id"
    built = {}
    for key in found:
        entry = table(found, key, f"{where}]")
        built[key] = build(kind, {own: key, **entry}, f"{where}.{key}]")
    return MappingProxyType(built)


def _rule(kind: type[Any], found: dict[str, Any], where: str) -> Any:
    rule = build(kind, found, where)
    in_range(rule, where)
    return rule


def _phases(merged: dict[str, Any], where: str) -> Mapping[str, Mapping[str, Any]]:
    phases: dict[str, dict[str, Any]] = {}
    told = table(merged, "phases", where)
    for phase in told:
        place = f"{where}, [phases.{phase}"
        own = table(told, phase, f"{place}]")
        known(own, _RULES, f"{place}]")
        phases[phase] = {
            key: _rule(
                _RULES[key],
                _over(merged[key], table(own, key, f"{place}]"), where),
                f"{place}.{key}]",
            )
            for key in own
        }
    return MappingProxyType(phases)


def _placed(parts: dict[str, Any], where: str) -> Mapping[str, Statement]:
    """Give each statement the strand of its block and its source in full."""
    placed = {}
    for key, statement in parts["statements"].items():
        place = f"{where}, [statements.{key}]"
        known([statement.block], parts["blocks"], place, " as a block")
        block = parts["blocks"][statement.block]
        known([block.strand], parts["strands"], f"{where}, [blocks.{block.id}]", " as a strand")
        source = parts["sources"].get(statement.source, statement.source)
        placed[key] = replace(statement, strand=block.strand, source=source)
    return MappingProxyType(placed)


def _check_bands(sets: Mapping[str, Bands], where: str) -> None:
    for key, found in sets.items():
        edges = found.edges
        rising = all(a < b for a, b in pairwise(edges))
        if not rising or len(found.labels) != len(edges) + 1:
            raise BadInput(
                f"There are {len(edges)} edges and {len(found.labels)} labels",
                "edges must rise, with one label more than edges",
                f"{where}, [bands.{key}]",
            )


def _check_measures(measures: Mapping[str, Measure], where: str) -> None:
    for key, found in measures.items():
        place = f"{where}, [measures.{key}]"
        known([found.kind], ("ordinal", "interval"), place, " as a kind")
        if found.kind == "ordinal":
            known((*found.expected, *found.greater_depth), found.order, place, " in the order")
        if found.names and len(found.names) != len(found.order):
            raise BadInput(f"There are {len(found.names)} names", "each code has one", place)


def _check_starts(starts: Mapping[str, Start], measures: Mapping[str, Measure], where: str) -> None:
    for key, found in starts.items():
        place = f"{where}, [starts.{key}]"
        known([found.measure, found.reaches], measures, place, " as a measure")
        kinds = {measures[found.measure].kind, measures[found.reaches].kind}
        if len(kinds) > 1 or (found.jumps and found.measure != found.reaches):
            raise BadInput(
                "What is judged at the start and now cannot be set against each other",
                "both must be codes or both scores, and jumps take one measure",
                place,
            )
