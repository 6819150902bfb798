"""What the inclusion index tells of schools."""

from __future__ import annotations

from writinggaps.measures.inclusion.own import OwnPart
from writinggaps.results import (
    Answer,
    Constant,
    Count,
    Label,
    Labels,
    Number,
    Points,
    Score,
    StaffScore,
    result,
)
from writinggaps.withheld import Withheld

__all__ = ["Change", "InclusionIndex", "Moved", "Part", "PartRow", "SchoolIndex", "SchoolRow"]


@result
class Part:
    """One thing that the index is made of, in one school.

    `score` is 50 for the average school of the authority; `added` is what it adds to the index,
    below or above 50; `one_more` is what one child more would add (see the words of each
    component); `told` is how much of the score rests on the school's own children, in percent.
    """

    label: Label
    n: Count
    weight: Constant
    score: Points
    added: Score
    one_more: Score
    told: Points
    reference: Constant
    held_back: Answer


@result
class PartRow:
    """One component, by name, whether or not it may be told, and as it was counted."""

    label: Label
    part: Part | Withheld
    counted: OwnPart | Withheld


@result
class Moved:
    """What one component added to a change, and through whom.

    Through children who were counted both times, who came, and who went - or consultations that
    are new, and too long ago - and through what is expected of a school like this one. These four
    are for staff: they are about a few children.
    """

    label: Label
    added: Score
    stayers: StaffScore
    joiners: StaffScore
    leavers: StaffScore
    elsewhere: StaffScore


@result
class Change:
    """How the index moved from the year before, and by which component."""

    estimate: Score
    low: Score
    high: Score
    level: Constant
    parts: tuple[Moved, ...]


@result
class SchoolIndex:
    """One school's index; `n` are the pupils with SEN behind it.

    `lowest` and `highest` are the probabilities, in percent, of the lowest and the highest third of
    the authority's schools; `chance` is the percentage of the doubt that is pupils' chance, the
    rest being our choices; `evidence` how much of the index rests on the school's own children.
    """

    label: Label
    phase: Label
    period: Label
    n: Count
    estimate: Score
    low: Score
    high: Score
    level: Constant
    lowest: Points
    highest: Points
    chance: Points
    evidence: Points
    rank_low: Number
    rank_high: Number
    schools: Number
    stability: Label
    mark: Label
    without: Labels
    held_back: Labels
    parts: tuple[PartRow, ...]
    change: Change | Withheld

    unit = "points of the index"
    method = "beta-binomial posteriors, weighted geometric mean"

    @property
    def group(self) -> str:
        """Whom the figure is about."""
        return self.label


@result
class SchoolRow:
    """One school, by its name or as one of the others."""

    label: Label
    phase: Label
    index: SchoolIndex | Withheld


@result
class InclusionIndex:
    """The index of some schools, with the authority's average school at 50.

    `own` is the label of the school that the report is about; empty where it is about all.
    """

    period: Label
    years: Labels
    own: Label
    source: Label
    schools: tuple[SchoolRow, ...]

    def of(self, label: str) -> SchoolIndex | Withheld:
        """Give one school's index by its label.

        Raises
        ------
        KeyError
            If no school has that label.
        """
        return next(row.index for row in self.schools if row.label == label)
