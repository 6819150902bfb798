"""The inclusion index of schools, with what is not known about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from writinggaps.estimates.composite import average, parts
from writinggaps.estimates.index import Choices, Drawn, Scores, draw, scores, spread_of
from writinggaps.estimates.index.draws import third_of
from writinggaps.measures.inclusion.facts import Asked, Gathered, components, gather, rules
from writinggaps.measures.inclusion.reference import reference_of
from writinggaps.measures.inclusion.results import (
    Change,
    InclusionIndex,
    Moved,
    Part,
    PartRow,
    Register,
    SchoolIndex,
    SchoolRow,
)
from writinggaps.problems import BadArgument, NoComparison, NoRecords, TooFewStudies
from writinggaps.readers.terms import Term
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from writinggaps.readers.school import School

__all__ = ["inclusion_index", "one_school", "spreads_of"]

_LEVEL = 0.9
_NARROWEST = 0.02
"""Where schools do not measurably differ: every score is then as good as the average."""
_ANOTHER = "another school"
_PHASES = ("primary", "secondary", "all-through")
_SEN = ("stay", "present", "included")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """The scored schools of one phase."""

    gathered: Gathered
    scores: Scores
    drawn: Drawn


def inclusion_index(
    schools: Sequence[School],
    reference: pd.DataFrame | None = None,
    *,
    term: str,
    own: str = "",
    named: bool = False,
    spreads: Mapping[str, float] | None = None,
    draws: int = 4000,
    seed: int = 20251,
) -> InclusionIndex:
    """Give the inclusion index of schools, each against its authority without it.

    Parameters
    ----------
    schools : sequence of School
        Schools of each phase are compared with their own phase only.
    reference : DataFrame, optional
        The authority's figures; the schools' own `reference` tables where it is not given.
    term : str
        The last of three school years that are taken together ends with it.
    own : str, optional
        Key of the school that is named; the others are not, unless `named`.
    named : bool, optional
        Name every school: for an authority's own purposes.
    spreads : mapping of str to float, optional
        How much schools truly differ, by component, in log odds, instead of the assumptions.
    draws, seed : int, optional
        Of what is not known.

    Returns
    -------
    InclusionIndex
        50 is the average school of the authority. No school's score, interval or thirds depend on
        which other schools are given; ranks do.

    Raises
    ------
    BadArgument
        If no school has the key `own`, or two have the same key.

    Examples
    --------
    >>> from writinggaps.readers import School
    >>> import pandas as pd
    >>> tables = {"pupils": pd.DataFrame({"pupil_id": ["1"]})}
    >>> special = School(key="1", name="A", phase="special", tables=tables)
    >>> inclusion_index([special], term="2025-26-autumn", named=True).of("A").reason
    'no_comparison'
    """
    keys = [school.key for school in schools]
    if (own and own not in keys) or len(set(keys)) < len(keys):
        raise BadArgument(
            "The schools' keys do not tell them apart", f"one school with key '{own}'"
        )
    asked = Asked(
        term=term,
        reference=reference_of(schools, reference),
        components=components(spreads),
        draws=draws,
        choices=_choices(seed),
    )
    rows = {key: row for phase in _groups(schools) for key, row in _told(phase, asked).items()}
    found = tuple(
        SchoolRow(label=label, phase=s.phase, index=_labelled(rows[s.key], label))
        for s in schools
        for label in [s.name if named or s.key == own else _ANOTHER]
    )
    mine = next((s.name for s in schools if s.key == own), "")
    sources = asked.reference["source"].dropna()
    source = str(sources.iloc[0]) if len(sources) else ""
    return InclusionIndex(period=term, years=asked.years, own=mine, source=source, schools=found)


def one_school(index: InclusionIndex) -> SchoolIndex | Withheld:
    """Give the index of the school that a report is about."""
    return index.of(index.own)


def spreads_of(
    schools: Sequence[School], reference: pd.DataFrame | None = None, *, term: str
) -> dict[str, float]:
    """Estimate from many schools of one phase how much they truly differ, for each component.

    Parameters
    ----------
    schools : sequence of School
        Of one phase and authority.
    reference : DataFrame, optional
        As in `inclusion_index`, to which the answer may be given as `spreads`.
    term : str
        The last of three school years that are taken together ends with it.

    Returns
    -------
    dict of str to float
        In log odds, by component.

    Raises
    ------
    TooFewStudies
        If there are fewer schools than `[spreads]` of inclusion.toml asks for.
    """
    least = rules()["spreads"]["schools"]
    if len(schools) < least:
        raise TooFewStudies(f"There are {len(schools)} schools", f"at least {least} are needed")
    asked = Asked(
        term=term,
        reference=reference_of(schools, reference),
        components=components(),
        draws=0,
        choices=Choices(),
    )
    facts, known = (found := gather(schools, asked)).facts, found.known
    return {
        c.key: max(spread_of(facts.counts[:, i], facts.totals[:, i], facts.worth[:, i]), _NARROWEST)
        for i, c in enumerate(known)
    }


def _choices(seed: int) -> Choices:
    told = rules()["choices"]
    return Choices(weights_vary=told["weights_vary"], means=tuple(told["means"]), seed=seed)


def _groups(schools: Sequence[School]) -> list[list[School]]:
    groups: dict[tuple[str, str], list[School]] = {}
    for school in schools:
        groups.setdefault((school.phase, school.la_code), []).append(school)
    return list(groups.values())


def _told(schools: list[School], asked: Asked) -> dict[str, SchoolIndex | Withheld]:
    """Score schools of one phase and authority, now and a year before."""
    now = attempt(_phase, schools, asked)
    if isinstance(now, Withheld):
        return dict.fromkeys((s.key for s in schools), now)
    earlier = replace(asked, term=str(Term.parse(asked.term).back(3)))
    before = attempt(_phase, schools, earlier)
    return {
        school.key: attempt(_school, now, before, row, asked) for row, school in enumerate(schools)
    }


def _phase(schools: list[School], asked: Asked) -> Phase:
    if schools[0].phase not in _PHASES:
        raise NoComparison(
            "Special schools and pupil referral units have no inclusion index",
            "the index is about mainstream schools",
        )
    gathered = gather(schools, asked)
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


def _school(now: Phase, before: Phase | Withheld, row: int, asked: Asked) -> SchoolIndex:
    of, counts = now.gathered, now.gathered.counts[row]
    school, held = of.schools[row], ~np.isnan(of.facts.held_back[row])
    if isinstance(access := counts["access"], Withheld):
        raise NoRecords(access.found, access.needed, remedy=access.remedy)
    low, high = now.drawn.interval(_LEVEL)[row]
    ranks = now.drawn.ranks(_LEVEL)[row]
    thirds, pupils = now.drawn.thirds[row], _sen_pupils(counts)
    return SchoolIndex(
        label=school.name,
        phase=school.phase,
        period=asked.term,
        n=pupils,
        estimate=float(now.scores.index[row]),
        low=float(low),
        high=float(high),
        level=_LEVEL,
        lowest=float(100 * thirds[0]),
        highest=float(100 * thirds[2]),
        chance=float(100 * now.drawn.chance[row]),
        evidence=float(100 * _evidence(now, row)),
        rank_low=int(ranks[0]),
        rank_high=int(ranks[1]),
        schools=len(of.schools),
        stability=_stability(now, row, pupils),
        mark=_mark(now, before, row),
        without=tuple(k for k in _all_keys() if k not in [c.key for c in of.known]),
        held_back=tuple(c.key for c, h in zip(of.known, held, strict=True) if h),
        parts=_parts(now, row, asked),
        change=_change(now, before, row),
        register=_register(school, counts),
    )


def _all_keys() -> list[str]:
    return list(rules()["components"])


def _weights(phase: Phase) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([c.weight for c in phase.gathered.known])


def _sen_pupils(counts: Mapping[str, pd.DataFrame | Withheld]) -> int:
    """Count the pupils with SEN whom the index is about."""
    tables = [counts[key] for key in _SEN]
    return len({p for t in tables if not isinstance(t, Withheld) for p in t["pupil_id"]})


def _evidence(phase: Phase, row: int) -> float:
    return float(phase.scores.told[row] @ _weights(phase))


def _parts(phase: Phase, row: int, asked: Asked) -> tuple[PartRow, ...]:
    of, centre = phase.gathered, asked.scale.centre
    added = parts(phase.scores.parts[row], _weights(phase), centre)
    more = _one_more(phase, row, asked)
    return tuple(
        PartRow(
            label=component.key,
            part=Part(
                label=component.key,
                n=_children(of.counts[row][component.key]),
                weight=component.weight,
                score=float(phase.scores.parts[row, c]),
                added=float(added[c]),
                one_more=more[c],
                told=float(100 * phase.scores.told[row, c]),
                reference=100 * of.references[component.key].rate,
                held_back=bool(~np.isnan(of.facts.held_back[row, c])),
            ),
        )
        for c, component in enumerate(of.known)
    )


def _children(table: pd.DataFrame | Withheld) -> int:
    return 0 if isinstance(table, Withheld) else int(table["pupil_id"].nunique())


def _one_more(phase: Phase, row: int, asked: Asked) -> list[float]:
    """Give what one child more would add: a plan, a yes, a leaver, half a child's sessions, ..."""
    facts, found = phase.gathered.facts, []
    for c, component in enumerate(phase.gathered.known):
        table = phase.gathered.counts[row][component.key]
        count, total = facts.counts.copy(), facts.totals.copy()
        years = 1 if isinstance(table, Withheld) else max(table["year"].nunique(), 1)
        if component.key == "access":
            count[row, c] += years
            total[row, c] += years
        elif component.key == "present":
            each = total[row, c] / max(_children(table), 1)
            count[row, c] = min(count[row, c] + each / 2, total[row, c])
        else:
            count[row, c] = min(count[row, c] + 1, total[row, c])
        moved = scores(
            replace(facts, counts=count, totals=total), phase.gathered.known, asked.scale
        )
        found.append(float(moved.index[row] - phase.scores.index[row]))
    return found


def _stability(phase: Phase, row: int, pupils: int) -> str:
    """Say how far the third may be relied on."""
    rule, names = rules(), [c.key for c in phase.gathered.known]
    access = phase.gathered.counts[row]["access"]
    roll = 0.0 if isinstance(access, Withheld) else access["total"].sum()
    roll /= max(len(set() if isinstance(access, Withheld) else set(access["year"])), 1)
    plans = roll * phase.gathered.facts.expected[row, names.index("access")]
    if pupils < rule["evidence"]["sen_pupils"] or plans < rule["evidence"]["expected_plans"]:
        return "too few pupils"
    thirds = phase.drawn.thirds[row]
    if thirds.max() >= rule["stability"]["stable"] and _kept(phase, row):
        return "stable"
    return "fairly stable" if thirds.max() >= rule["stability"]["fairly_stable"] else "unstable"


def _kept(phase: Phase, row: int) -> bool:
    """Say whether the third stays with another mean, and without any one component."""
    told, weights, edges = phase.scores.parts[row], _weights(phase), phase.drawn.edges
    third = int(phase.drawn.thirds[row].argmax())
    kinds = [third_of(float(average(told, weights, kind)), edges[kind]) for kind in edges]
    main = edges["geometric"]
    left = np.where(np.eye(len(told), dtype=bool), np.nan, told)
    return all(
        t == third for t in [*kinds, *(third_of(float(i), main) for i in average(left, weights))]
    )


def _mark(now: Phase, before: Phase | Withheld, row: int) -> str:
    """Say whether the inclusive-school mark is met: in two years running."""
    this = _meets(now, row)
    if this == "met":
        last = "not met" if isinstance(before, Withheld) else _meets(before, row)
        return "met" if last == "met" else "met this year"
    return this


def _meets(phase: Phase, row: int) -> str:
    rule, held = rules()["mark"], ~np.isnan(phase.gathered.facts.held_back[row])
    median = float(np.median(phase.drawn.index[row]))
    sure = phase.drawn.at_least(rule["score"])[row] >= rule["probability"]
    every = (phase.drawn.above[row] >= rule["part_probability"]).all()
    told = _evidence(phase, row) >= rule["evidence"] and (~held).sum() >= rule["parts"]
    if sure and every and told:
        return "met"
    return "working towards" if median >= rule["score"] and told else "not met"


def _change(now: Phase, before: Phase | Withheld, row: int) -> Change | Withheld:
    """Compare with the year before; as the two share years, the interval errs on the safe side."""
    if isinstance(before, Withheld):
        return before
    names = [[c.key for c in p.gathered.known] for p in (now, before)]
    held = [np.isnan(p.gathered.facts.held_back[row]).tolist() for p in (now, before)]
    if names[0] != names[1] or held[0] != held[1]:
        return Withheld(
            reason="no_comparison", found="The index of the year before was made of other parts"
        )
    added = parts(now.scores.parts[row], _weights(now), before.scores.parts[row])
    apart = now.drawn.index[row] - np.random.default_rng(row).permutation(before.drawn.index[row])
    low, high = np.quantile(apart, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return Change(
        estimate=float(now.scores.index[row] - before.scores.index[row]),
        low=float(low),
        high=float(high),
        level=_LEVEL,
        parts=tuple(
            Moved(label=name, added=float(a)) for name, a in zip(names[0], added, strict=True)
        ),
    )


def _register(
    school: School, counts: Mapping[str, pd.DataFrame | Withheld]
) -> tuple[Register | Withheld, ...]:
    """Give each census's roll and register, which the score never counts."""
    access = counts["access"]
    if isinstance(access, Withheld):
        return ()
    census = school.table("census")
    found = []
    for year, rows in access.groupby("year"):
        here = census[census["pupil_id"].isin(rows["pupil_id"])]
        day = here.loc[here["date"].map(lambda d: Term.of(d.date()).year).eq(year), "date"].max()
        support = int(here.loc[here["date"].eq(day), "sen_provision"].eq("K").sum())
        found.append(Register(period=str(year), n=len(rows), support=support))
    return tuple(found)


def _labelled(found: SchoolIndex | Withheld, label: str) -> SchoolIndex | Withheld:
    return found if isinstance(found, Withheld) else replace(found, label=label)
