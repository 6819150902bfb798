"""What is known about a scheme, and what may be said of it."""

from __future__ import annotations

from writinggaps.estimates import Share
from writinggaps.estimates.gained import RatioGain
from writinggaps.estimates.means import MeanDifference
from writinggaps.estimates.regression import RELIABILITIES
from writinggaps.estimates.standardised import Effect
from writinggaps.results import (
    Answer,
    Constant,
    Count,
    Label,
    Labels,
    Number,
    PupilIds,
    Score,
    StaffScores,
    StandardDeviations,
    Tally,
    result,
)
from writinggaps.withheld import Withheld

__all__ = ["Chance", "Cost", "Dose", "LessonsLost", "Paired", "Scheme", "SchemeRow", "Schemes"]


@result
class Dose:
    """What pupils were given: sessions and minutes of all of them together."""

    n: Count
    sessions: Tally
    minutes: Tally

    @property
    def per_pupil(self) -> float:
        """Sessions of the average pupil."""
        return self.sessions / self.n

    @property
    def hours(self) -> float:
        """Hours of the average pupil."""
        return self.minutes / self.n / 60


@result
class LessonsLost:
    """Sessions that pupils were out of lessons, and of which."""

    n: Count
    sessions: Tally
    subjects: Labels


@result
class Chance:
    """What a low score before does to the score after, with no teaching at all.

    Parameters
    ----------
    behind : Score
        How far pupils were below the average of their age before, in points of the scale.
    gain, gain_low, gain_high : Score
        What they gained, in the same points.
    """

    n: Count
    behind: Score
    gain: Score
    gain_low: Score
    gain_high: Score
    reliability: Constant

    @property
    def expected(self) -> float:
        """The gain by regression to the mean alone."""
        return (1 - self.reliability) * self.behind

    @property
    def sensitivity(self) -> tuple[tuple[float, float, float], ...]:
        """Reliabilities that the test may have, the gain by chance then, and what is left."""
        each = [(r, (1 - r) * self.behind) for r in RELIABILITIES]
        return tuple((r, expected, self.gain - expected) for r, expected in each)

    @property
    def beyond(self) -> tuple[float, float, float]:
        """What is left of the gain, with its interval."""
        return tuple(g - self.expected for g in (self.gain, self.gain_low, self.gain_high))  # type: ignore[return-value]


@result
class Paired:
    """Average scores of the same pupils before and after.

    Parameters
    ----------
    scores : StaffScores
        Each pupil's score before and after, in turn.
    """

    n: Count
    before: Score
    after: Score
    scores: StaffScores = ()

    @property
    def pupils(self) -> tuple[tuple[float, float], ...]:
        """Each pupil's two scores; empty in shared editions."""
        return tuple(zip(self.scores[::2], self.scores[1::2], strict=True))


@result
class Cost:
    """What a scheme cost for each pupil, in pounds, and the months that a pupil gained."""

    n: Count
    pounds: Score
    months: Score | Withheld

    @property
    def per_month(self) -> float | None:
        """Pounds for each month gained; None where months are not known, or none were gained."""
        if isinstance(self.months, Withheld) or self.months <= 0:
            return None
        return self.pounds / self.months


@result
class Scheme:
    """One scheme in one school.

    Parameters
    ----------
    tested, comparison : Share
        Pupils with scores before and after, of those taught and of those compared with.
    disadvantaged, sen : Share or Withheld
        Of the taught: those who were, and those with SEN Support or an EHCP.
    pairs, pairs_compared : Paired or Withheld
        Scores before and after, of those taught and of those compared with.
    lost_apart : Effect or Withheld
        How far those without a score after were from the others before: positive when those who
        stayed had scored higher.
    gain : MeanDifference or Withheld
        Of the taught, in points of the scale.
    chance : Chance or Withheld
        On a standard scale: what regression to the mean would give.
    ratio : RatioGain or Withheld
        On a scale of ages.
    before, effect : Effect or Withheld
        Taught against comparison, before and after; `effect` is adjusted for the score before,
        and withheld unless the groups were alike before.
    detectable : StandardDeviations or Withheld
        The smallest effect that groups of this size would probably show; where nobody was
        compared with, if half of the taught had been drawn by lot to be taught later.
    months : Label or Withheld
        The effect in months' progress.
    not_moved : Share or Withheld
        Pupils taught who did not gain; on a scale of ages, not as much as time passed.
    left_on_success : Answer
        True where pupils left when they had met their target, or were referred on: then the number
        of sessions follows from the gain, and not the gain from it.
    verdict : Label
        `strong_helped`, `some_helped`, `cannot_tell`, `some_not` or `harm`.
    reasons : Labels
        What stood in the way of saying more.
    """

    scheme: Label
    test: Label
    scale: Label
    period: Label
    tested: Share
    comparison: Share | Withheld
    disadvantaged: Share | Withheld
    sen: Share | Withheld
    pairs: Paired | Withheld
    pairs_compared: Paired | Withheld
    lost_apart: Effect | Withheld
    dose: Dose | Withheld
    gain: MeanDifference | Withheld
    chance: Chance | Withheld
    ratio: RatioGain | Withheld
    before: Effect | Withheld
    effect: Effect | Withheld
    detectable: StandardDeviations | Withheld
    months: Label | Withheld
    not_moved: Share | Withheld
    lost: LessonsLost | Withheld
    cost: Cost | Withheld
    left_on_success: Answer
    verdict: Label
    reasons: Labels
    not_moved_pupils: PupilIds = ()


@result
class SchemeRow:
    """A scheme by its name, shown even where nothing else is."""

    label: Label
    scheme: Scheme | Withheld


@result
class Schemes:
    """Every scheme of a school; intervals of effects are widened for `compared` comparisons."""

    period: Label
    compared: Number
    rows: tuple[SchemeRow, ...]
    not_moved_pupils: PupilIds = ()
