"""Schools of one phase and authority, scored, with what is not known drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from writinggaps.estimates.arrays import Array
from writinggaps.estimates.index.draws import Drawn, draw
from writinggaps.estimates.index.scores import Scores, scores
from writinggaps.measures.inclusion.cohort import rules
from writinggaps.measures.inclusion.facts import Asked, Gathered, Known, gather
from writinggaps.problems import NoComparison
from writinggaps.readers.school import School

__all__ = ["ANOTHER", "Phase", "grouped", "labels", "scored", "shown"]

ANOTHER = "another school"
_PHASES = ("primary", "secondary", "all-through")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """The scored schools of one phase."""

    gathered: Gathered
    scores: Scores
    drawn: Drawn

    @property
    def weights(self) -> Array:
        """Of the components."""
        return np.array([c.weight for c in self.gathered.known])

    def evidence(self, row: int) -> float:
        """Give how much of a school's index rests on its own children, between 0 and 1."""
        return float(self.scores.told[row] @ self.weights)


def grouped(schools: Sequence[School]) -> list[list[School]]:
    """Put schools of the same phase and authority together."""
    groups: dict[tuple[str, str], list[School]] = {}
    for school in schools:
        groups.setdefault((school.phase, school.la_code), []).append(school)
    return list(groups.values())


def labels(schools: Sequence[School], own: str, named: bool) -> list[str]:
    """Name the school that a report is about, or all; a school alone is its own."""
    alone = len(schools) == 1
    return [s.name if named or alone or s.key == own else ANOTHER for s in schools]


def shown(schools: Sequence[School], own: str, named: bool) -> list[School]:
    """Give the schools that are named: what is told of a school without its name tells its name."""
    told = zip(labels(schools, own, named), schools, strict=True)
    return [school for label, school in told if label != ANOTHER]


def scored(schools: Sequence[School], asked: Asked, last: Known | None = None) -> Phase:
    """Score schools of one phase and authority.

    Raises
    ------
    NoComparison
        If their phase has no index, or the authority's figures are not there.
    """
    if schools[0].phase not in _PHASES:
        raise NoComparison(
            "Special schools and pupil referral units have no inclusion index",
            "the index is about mainstream schools",
        )
    gathered = gather(schools, asked, last)
    found = scores(gathered.facts, gathered.known, asked.scale)
    drawn = draw(
        gathered.facts,
        found,
        gathered.known,
        scale=asked.scale,
        choices=asked.choices,
        draws=asked.draws,
        part_score=rules()["mark"]["part_score"],
    )
    return Phase(gathered=gathered, scores=found, drawn=drawn)
