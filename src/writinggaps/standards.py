"""Standards: what is expected of writing, and the thresholds behind every statement, as data.

Nothing about writing is in the code. The defaults in `defaults/standards.toml` and
`defaults/bands.toml` name blocks of knowledge, the statements within them, the measures a school
judges by, and the rules by which evidence counts; each part says who set it. A trust's own file is
merged over them key by key, so it holds only what differs:

    [secure]
    independent_pieces = 3

A key that nobody knows is an error, because a misspelt threshold that is quietly ignored would be a
report on somebody else's standards.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from writinggaps.problems import BadArgument, BadInput, NotPublished, Unreadable, hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "Bands",
    "Block",
    "Coverage",
    "Evidence",
    "Gap",
    "Habitual",
    "Influence",
    "Measure",
    "Retained",
    "Scaffold",
    "Secure",
    "Standards",
    "Statement",
    "Stopped",
    "Withdrawal",
    "bands",
    "load_standards",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of knowledge, such as sentence control."""

    id: str
    label: str
    strand: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that pupils are expected to do in their writing.

    Parameters
    ----------
    from_year : int
        Expected by the end of this year group (Reception 0) and ever after.
    particular : bool
        True where a particular weakness may be discounted in a statutory secure fit.
    """

    id: str
    text: str
    block: str
    from_year: int
    source: str
    particular: bool = False
    strand: str = ""

    @property
    def phase(self) -> str:
        """`primary` up to Year 6, `secondary` after."""
        return "primary" if self.from_year <= 6 else "secondary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure that judgements are made on.

    Parameters
    ----------
    kind : str
        `ordinal` (an order of codes, never averaged) or `interval` (differences mean something).
    order : tuple of str
        Codes from lowest to highest, for ordinal measures.
    expected, greater_depth : tuple of str
        Codes that count as at least expected, and as greater depth.
    expected_from, greater_depth_from : float
        The same for interval measures; nan where there is no such score.
    no_judgement : tuple of str
        Codes that are eligible without a judgement: they count in DfE's denominator.
    not_counted : tuple of str
        Codes that are in no denominator.
    one_scale : bool
        True where scores of different year groups and terms lie on one scale.
    """

    id: str
    label: str
    kind: str
    source: str
    order: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    greater_depth: tuple[str, ...] = ()
    expected_from: float = float("nan")
    greater_depth_from: float = float("nan")
    no_judgement: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    one_scale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Secure:
    """When a statement counts as secure: so many independent pieces within so many weeks.

    `waivers` is the most statements that a statutory secure fit may discount as a particular
    weakness.
    """

    independent_pieces: int
    within_weeks: int
    waivers: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retained:
    """When it counts as retained: shown independently again so many weeks after first secure."""

    after_weeks: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaffold:
    """When a pupil relies on scaffolds: this share of at least so many observations."""

    share: float
    observations: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Habitual:
    """When an error is a habit: so often, in so many pieces, over so many weeks."""

    repeats: int
    pieces: int
    over_weeks: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """When a habit counts as stopped: so many weeks without it, in so many later pieces."""

    weeks_without: int
    pieces_without: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How much evidence is enough: independent pieces a term, and how old evidence may be."""

    independent_pieces_a_term: int
    recent_weeks: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """When something is taught often (lessons to a class) but secured rarely (share of pupils)."""

    taught_often: int
    secured_rarely: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The gate before the word closing, and the ladder below it.

    Parameters
    ----------
    group_minimum : int
        Fewest pupils in each group.
    smallest_worthwhile_sd : float
        The smallest change that matters, in standard deviations at the start.
    level : float
        Confidence level of intervals.
    match_share : float
        Share of pupils who must have both scores.
    cohorts : int
        Cohorts needed for a trend where pupils are not the same.
    power : float
        With which the change that could have been seen is worked out.
    """

    group_minimum: int
    smallest_worthwhile_sd: float
    level: float
    match_share: float
    cohorts: int
    power: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """When a figure rests on a few pupils: more than this share of typical cohorts would show."""

    pupils: int
    typical_share: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """When a pupil is repeatedly withdrawn, and what counts as a sustained gain, in SDs."""

    repeated_terms: int
    sustained_gain_sd: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """A versioned set of labels for ranges of a number, with who set them.

    Parameters
    ----------
    edges : tuple of float
        Rising lower edges of every band but the first: a value on an edge is in the band above.
    labels : tuple of str
        One more than edges.
    unit, edge_rule, source : str
        What is labelled, how edges are read, and who set them.
    enabled : bool
        False where nobody has confirmed the set at its source.
    decimals : int
        Places that a value is rounded to first; -1 for none.
    mirrored : bool
        True where a negative value takes the label of its size after a minus sign.
    highest : float
        Values above this are in no band.

    Examples
    --------
    >>> bands("brooks-2007").label(2.0)
    'medium impact, useful'
    """

    name: str
    unit: str
    edges: tuple[float, ...]
    labels: tuple[str, ...]
    edge_rule: str
    source: str
    enabled: bool = True
    decimals: int = -1
    mirrored: bool = False
    highest: float = float("inf")

    def label(self, value: float) -> str:
        """Name the band of a value.

        Raises
        ------
        NotPublished
            If the set is not enabled, or ends below the value.
        BadArgument
            If the value is not a number.
        """
        if not self.enabled:
            raise _not_in_use(self)
        if value != value:
            raise BadArgument(f"The band of no number was asked of {self.name}", "a number")
        size = abs(value) if self.mirrored else value
        size = round(size, self.decimals) if self.decimals >= 0 else size
        if size > self.highest:
            raise NotPublished(f"The table {self.name} ends at {self.highest:g}")
        label = self.labels[bisect_right(self.edges, size)]
        negative = self.mirrored and value < 0 and label != self.labels[0]
        return f"-{label}" if negative else label


def _not_in_use(found: Bands) -> NotPublished:
    return NotPublished(
        f"The bands {found.name} are switched off: {found.source}",
        "somebody has to confirm them at their source first",
        "",
        f"Put edges, labels and source under [bands.{found.name}] in your standards file, "
        "with enabled = true.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards:
    """Everything that a school is measured by; see `load_standards`.

    Mappings keep the order of the file, which is the order of every picture.
    """

    name: str
    subject: str
    source: str
    strands: Mapping[str, str]
    sources: Mapping[str, str]
    blocks: Mapping[str, Block]
    statements: Mapping[str, Statement]
    measures: Mapping[str, Measure]
    bands: Mapping[str, Bands]
    secure: Secure
    retained: Retained
    scaffold: Scaffold
    habitual: Habitual
    stopped: Stopped
    evidence: Evidence
    coverage: Coverage
    gap: Gap
    influence: Influence
    withdrawal: Withdrawal
    phases: Mapping[str, Mapping[str, Any]] = field(repr=False)

    def for_phase(self, phase: str) -> Standards:
        """Give these standards with the rules that a phase has of its own.

        Examples
        --------
        >>> load_standards().for_phase("primary").gap.group_minimum
        10
        """
        return replace(self, **self.phases.get(phase, {}))

    def expected_in(self, year_group: int) -> tuple[Statement, ...]:
        """Statements that are new in a year group.

        Examples
        --------
        >>> {s.from_year for s in load_standards().expected_in(4)}
        {4}
        """
        return tuple(s for s in self.statements.values() if s.from_year == year_group)

    def expected_before(self, year_group: int) -> tuple[Statement, ...]:
        """Statements that a year group should have kept from the years before it."""
        return tuple(s for s in self.statements.values() if s.from_year < year_group)


_RULES = {
    "secure": Secure,
    "retained": Retained,
    "scaffold": Scaffold,
    "habitual": Habitual,
    "stopped": Stopped,
    "evidence": Evidence,
    "coverage": Coverage,
    "gap": Gap,
    "influence": Influence,
    "withdrawal": Withdrawal,
}
_ENTRIES = {"blocks": Block, "statements": Statement, "measures": Measure, "bands": Bands}
_PLAIN = ("name", "subject", "source")
_TEXTS = ("strands", "sources")
_KNOWN = (*_PLAIN, *_TEXTS, *_ENTRIES, *_RULES, "phases", "replace")


def load_standards(*paths: str | Path) -> Standards:
    """Read the default standards and merge files over them, key by key, in order.

    Parameters
    ----------
    *paths : str or Path
        TOML files. `replace = ["blocks", "statements"]` at the top of one drops the entries of
        those tables that came before it, for standards of another subject.

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
    merged: dict[str, Any] = _defaults()
    where = "defaults"
    for path in paths:
        where = str(path)
        merged = _merge(merged, _read(Path(path)), where)
    return _standards(merged, where)


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
        raise _not_in_use(sets[name])
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
            "a TOML file in UTF-8",
            str(path),
            "Compare it with the example in the documentation.",
        ) from why


def _merge(base: dict[str, Any], over: dict[str, Any], where: str) -> dict[str, Any]:
    _known(over, _KNOWN, where, "")
    merged = {key: value for key, value in base.items() if key not in over.get("replace", ())}
    for key, value in over.items():
        if key != "replace":
            old = merged.get(key, {})
            merged[key] = _over(old, value, where) if isinstance(value, dict) else value
    return merged


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
    parts: dict[str, Any] = {key: _text(merged, key, where) for key in _PLAIN}
    for key in _TEXTS:
        table = _table(merged, key, where)
        parts[key] = MappingProxyType({k: _text(table, k, f"{where}, [{key}]") for k in table})
    for key, kind in _ENTRIES.items():
        parts[key] = _entries(kind, _table(merged, key, where), f"{where}, [{key}")
    for key, kind in _RULES.items():
        parts[key] = _build(kind, _table(merged, key, where), f"{where}, [{key}]")
    parts["phases"] = _phases(merged, where)
    _check_bands(parts["bands"], where)
    parts["statements"] = _placed(parts, where)
    return Standards(**parts)


def _entries(kind: type[Any], table: dict[str, Any], where: str) -> Mapping[str, Any]:
    own = "name" if kind is Bands else "id"
    built = {}
    for key in table:
        entry = _table(table, key, f"{where}]")
        built[key] = _build(kind, {own: key, **entry}, f"{where}.{key}]")
    return MappingProxyType(built)


def _phases(merged: dict[str, Any], where: str) -> Mapping[str, Mapping[str, Any]]:
    phases: dict[str, dict[str, Any]] = {}
    for phase, rules in _table(merged, "phases", where).items():
        place = f"{where}, [phases.{phase}"
        _known(rules, _RULES, f"{place}]", "")
        phases[phase] = {
            key: _build(_RULES[key], _over(merged[key], rule, where), f"{place}.{key}]")
            for key, rule in rules.items()
        }
    return MappingProxyType(phases)


def _placed(parts: dict[str, Any], where: str) -> Mapping[str, Statement]:
    """Give each statement the strand of its block and its source in full."""
    placed = {}
    for key, statement in parts["statements"].items():
        place = f"{where}, [statements.{key}]"
        _known([statement.block], parts["blocks"], place, " as a block")
        block = parts["blocks"][statement.block]
        _known([block.strand], parts["strands"], f"{where}, [blocks.{block.id}]", " as a strand")
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
                "rising edges, and one label more than edges",
                f"{where}, [bands.{key}]",
            )


def _build(kind: type[T], table: dict[str, Any], where: str) -> T:
    """Make a dataclass from a TOML table whose keys and types must be its fields'."""
    hints = get_type_hints(kind)
    _known(table, hints, where, "")
    for name in (f.name for f in fields(kind) if f.default is MISSING):  # type: ignore[arg-type]
        if name not in table:
            raise BadInput(f"The key '{name}' is missing", "", where, f"Add {name} = ...")
    return kind(**{key: _value(value, hints[key], key, where) for key, value in table.items()})


def _value(value: Any, wanted: Any, key: str, where: str) -> Any:
    fits = {
        str: isinstance(value, str),
        bool: isinstance(value, bool),
        int: isinstance(value, int) and not isinstance(value, bool),
        float: isinstance(value, int | float) and not isinstance(value, bool),
        tuple[str, ...]: _all(value, str),
        tuple[float, ...]: _all(value, (int, float)),
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


def _table(merged: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    found = merged.get(key, {})
    if not isinstance(found, dict):
        raise BadInput(f"'{key}' is {found!r}", f"it must be a table: [{key}]", where)
    return found


def _text(merged: dict[str, Any], key: str, where: str) -> str:
    return str(_value(merged.get(key, ""), str, key, where))


def _known(keys: Iterable[str], known: Iterable[str], where: str, role: str) -> None:
    for key in keys:
        if key not in known:
            raise BadInput(f"'{key}' is not known{role}", "", where, hint(key, known))
