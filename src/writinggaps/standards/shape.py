"""What a set of standards is made of: blocks, statements, measures, bands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from writinggaps.problems import BadArgument, NotPublished

if TYPE_CHECKING:
    from collections.abc import Mapping

    from writinggaps.standards import rules

__all__ = ["Bands", "Block", "Measure", "Standards", "Start", "Statement", "not_in_use"]


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
    names : tuple of str
        What people call these codes, in the same order, where the codes do not say it.
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
    names: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    greater_depth: tuple[str, ...] = ()
    expected_from: float = float("nan")
    greater_depth_from: float = float("nan")
    no_judgement: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    one_scale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A starting point from which progress is told.

    Parameters
    ----------
    label : str
        As people name it: the end of Reception.
    measure, reaches : str
        What was judged then, and what pupils are judged on now.
    year_group : int
        In which year group it is judged; -1 where each pupil's first judgement is the start.
    years_back : int
        Where it is the same term some years ago instead; 0 where it is not.
    jumps : int
        For a school's points: how many steps up the order are enough; 0 where steps do not count.
    """

    id: str
    label: str
    measure: str
    reaches: str
    source: str
    year_group: int = -1
    years_back: int = 0
    jumps: int = 0


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
    >>> from writinggaps.standards import bands
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
            raise not_in_use(self)
        if value != value:
            raise BadArgument(f"The band of no number was asked of {self.name}", "nan has none")
        size = abs(value) if self.mirrored else value
        size = round(size, self.decimals) if self.decimals >= 0 else size
        if size > self.highest:
            raise NotPublished(f"The table {self.name} ends at {self.highest:g}")
        label = self.labels[bisect_right(self.edges, size)]
        negative = self.mirrored and value < 0 and label != self.labels[0]
        return f"-{label}" if negative else label


def not_in_use(found: Bands) -> NotPublished:
    """Say that a set of bands is switched off, and how to switch it on."""
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
    starts: Mapping[str, Start]
    bands: Mapping[str, Bands]
    secure: rules.Secure
    retained: rules.Retained
    scaffold: rules.Scaffold
    habitual: rules.Habitual
    stopped: rules.Stopped
    evidence: rules.Evidence
    coverage: rules.Coverage
    trust: rules.Trust
    gap: rules.Gap
    influence: rules.Influence
    judging: rules.Judging
    withdrawal: rules.Withdrawal
    evaluation: rules.Evaluation
    send: rules.Send
    surveys: rules.Surveys
    plan: rules.Plan
    phases: Mapping[str, Mapping[str, Any]] = field(repr=False)

    def __hash__(self) -> int:
        return hash(self.name)

    def for_phase(self, phase: str) -> Standards:
        """Give these standards with the rules that a phase has of its own.

        Examples
        --------
        >>> from writinggaps.standards import load_standards
        >>> load_standards().for_phase("primary").gap.group_minimum
        10
        """
        return replace(self, **self.phases.get(phase, {}))

    def expected_in(self, year_group: int) -> tuple[Statement, ...]:
        """Statements that are new in a year group.

        Examples
        --------
        >>> from writinggaps.standards import load_standards
        >>> {s.from_year for s in load_standards().expected_in(4)}
        {4}
        """
        return tuple(s for s in self.statements.values() if s.from_year == year_group)
