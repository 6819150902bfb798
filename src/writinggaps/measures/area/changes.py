"""How schools' figures moved from one year to the next, beside what chance alone would do."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from scipy.special import bdtrc, ndtr

from writinggaps.measures.area.place import Area, PublishedShare, alike, figure, period, standard_of
from writinggaps.problems import NotPublished
from writinggaps.results import Constant, Label, Number, result
from writinggaps.withheld import Withheld

__all__ = ["AreaChanges", "SchoolChange", "SizeBand", "area_changes"]

_EDGES = (0, 15, 30, 60)
"""Cohorts of up to 15, 30, 60 and more pupils: half a class, a class, two classes."""
_LARGE = 0.1
"""Ten percentage points: a change that people remark on."""


@result
class SchoolChange:
    """One school's change that is more than chance, all schools having been looked at."""

    name: Label
    before: PublishedShare
    after: PublishedShare

    @property
    def estimate(self) -> float:
        """Share after less share before: positive when it rose."""
        return self.after.estimate - self.before.estimate


@result
class SizeBand:
    """Schools with cohorts of one size: how much their figures moved, and chance alone would.

    `spread` and `by_chance` are standard deviations of the change, in percentage points; `large`
    counts schools that moved by ten points or more either way.
    """

    smallest: Number
    largest: Number | None
    schools: Number
    large: Number
    spread: Constant
    by_chance: Constant


@result
class AreaChanges:
    """All schools with a figure in both years."""

    place: Label
    standard: Label
    before_ending: Number
    after_ending: Number
    schools: Number
    bands: tuple[SizeBand, ...]
    beyond: Number
    clear: tuple[SchoolChange, ...]
    large_points: Constant = 100 * _LARGE
    level: Constant = 0.95

    @property
    def expected_beyond(self) -> float:
        """How many schools chance alone would put beyond the interval."""
        return self.schools * (1 - self.level)

    @property
    def more_than_chance(self) -> bool:
        """Say whether more schools are beyond the interval than chance alone would put there."""
        tail = 1 - self.level
        return bool(bdtrc(self.beyond - 1, self.schools, tail) < tail)

    @property
    def large(self) -> int:
        """Schools that moved by ten points or more."""
        return sum(band.large for band in self.bands)

    @property
    def periods(self) -> tuple[str, str]:
        """The two school years."""
        return period(self.before_ending), period(self.after_ending)


def area_changes(area: Area, standard: str = "expected") -> AreaChanges:
    """Compare each mainstream school's last year with the year before.

    Parameters
    ----------
    area : Area
        From `area_of`.
    standard : str, optional
        `expected` or `greater_depth`.

    Returns
    -------
    AreaChanges
        `clear` holds the changes that survive the allowance for having looked at every school
        (Benjamini and Hochberg 1995, five in a hundred of those named may be chance), each judged
        by the least that its published percentages can stand for.

    Raises
    ------
    DifferentTests
        If the two years were judged by different frameworks.
    NotPublished
        If there is one year only, or no school has a figure in both.
    """
    said = standard_of(standard)
    if len(area.years) < len(("before", "after")):
        raise NotPublished("The files hold a single school year", "a change needs a second")
    from scipy.stats import false_discovery_control

    before, after = alike(area.years[-2:])
    pairs = _pairs(area, before, after, standard)
    p_values = [_p(pair.before, pair.after) for pair in pairs]
    allowed = false_discovery_control(p_values)
    level = AreaChanges.__dataclass_fields__["level"].default
    clear = [pair for pair, p in zip(pairs, allowed, strict=True) if p <= 1 - level]
    return AreaChanges(
        place=area.name,
        standard=said,
        before_ending=before,
        after_ending=after,
        schools=len(pairs),
        bands=_bands(pairs),
        beyond=sum(p <= 1 - level for p in p_values),
        clear=tuple(sorted(clear, key=lambda pair: pair.estimate)),
    )


def _pairs(area: Area, before: int, after: int, standard: str) -> list[SchoolChange]:
    none = Withheld(reason="not_published", found="")
    found = {row.laestab: figure(row, standard) for row in area.each(before)}
    pairs = [
        SchoolChange(name=row.name, before=first, after=last)
        for row in area.each(after)
        if row.school_type == "mainstream"
        and not isinstance(first := found.get(row.laestab, none), Withheld)
        and not isinstance(last := figure(row, standard), Withheld)
    ]
    if not pairs:
        raise NotPublished("No school has a figure in both years")
    return pairs


def _p(before: PublishedShare, after: PublishedShare) -> float:
    """Give the two-sided p of no change, for the counts that lie nearest to it."""
    rose = after.estimate > before.estimate
    first = before.most if rose else before.fewest
    last = after.fewest if rose else after.most
    pooled = (first + last) / (before.n + after.n)
    error = sqrt(pooled * (1 - pooled) * (1 / before.n + 1 / after.n))
    apart = last / after.n - first / before.n
    if error == 0 or (apart > 0) != rose:
        return 1.0
    return float(2 * ndtr(-abs(apart) / error))


def _bands(pairs: Sequence[SchoolChange]) -> tuple[SizeBand, ...]:
    """Group schools by the smaller of their two cohorts."""
    bands = []
    for low, high in zip(_EDGES, (*_EDGES[1:], None), strict=True):
        inside = [p for p in pairs if low < min(p.before.n, p.after.n) <= (high or 10**6)]
        if inside:
            bands.append(_band(low + 1, high, inside))
    return tuple(bands)


def _band(low: int, high: int | None, pairs: Sequence[SchoolChange]) -> SizeBand:
    counts = [(p.before.count + p.after.count, p.before.n + p.after.n) for p in pairs]
    common = sum(c for c, _ in counts) / sum(n for _, n in counts)
    by_chance = [common * (1 - common) * (1 / p.before.n + 1 / p.after.n) for p in pairs]
    spread = sqrt(sum(p.estimate**2 for p in pairs) / len(pairs))
    return SizeBand(
        smallest=low,
        largest=high,
        schools=len(pairs),
        large=sum(abs(p.estimate) >= _LARGE for p in pairs),
        spread=100 * spread,
        by_chance=100 * sqrt(sum(by_chance) / len(pairs)),
    )
