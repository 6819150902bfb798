"""The inclusion index of schools, with what is not known about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from writinggaps.estimates.composite import parts
from writinggaps.estimates.index.scores import scores, spread_of
from writinggaps.measures.inclusion.change import change
from writinggaps.measures.inclusion.cohort import rules
from writinggaps.measures.inclusion.facts import Asked, Counts, Known, Told, asked_of, gather
from writinggaps.measures.inclusion.own import own_part
from writinggaps.measures.inclusion.phase import Phase, grouped, labels, scored
from writinggaps.measures.inclusion.results import (
    InclusionIndex,
    Part,
    PartRow,
    SchoolIndex,
    SchoolRow,
)
from writinggaps.measures.inclusion.verdicts import mark, stability
from writinggaps.problems import BadArgument, NoRecords, TooFewStudies
from writinggaps.readers.school import School
from writinggaps.withheld import Withheld, attempt

__all__ = ["inclusion_index", "one_school", "spreads_of"]

_LEVEL = 0.9
_NARROWEST = 0.02
"""Where schools do not measurably differ: every score is then as good as the average."""
_SEN = ("stay", "present", "included")


def inclusion_index(
    schools: Sequence[School],
    reference: pd.DataFrame | None = None,
    *,
    term: str,
    own: str = "",
    named: bool = False,
    spreads: Mapping[str, float] | None = None,
    last: Known | None = None,
    draws: int = 4000,
    seed: int = 20251,
    told: Told | None = None,
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
        Name every school: for an authority's or a trust's own purposes.
    spreads : mapping of str to float, optional
        How much schools truly differ, by component, in log odds, instead of the assumptions.
    last : mapping of str to mapping, optional
        By school and component, the last known score of what a school may now hold back.
    draws, seed : int, optional
        Of what is not known.
    told : callable, optional
        What may be known of so many of so many: `show.told` for a shared edition.

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
    >>> inclusion_index([special], term="2025-26-autumn").of("A").reason
    'no_comparison'
    """
    keys = [school.key for school in schools]
    if (own and own not in keys) or len(set(keys)) < len(keys):
        raise BadArgument(
            "The schools' keys do not tell them apart", f"one school with key '{own}'"
        )
    asked = asked_of(schools, reference, term, spreads=spreads, draws=draws, seed=seed, told=told)
    found = {k: i for group in grouped(schools) for k, i in _told(group, asked, last).items()}
    shown = labels(schools, own, named)
    mine = [label for label, s in zip(shown, schools, strict=True) if s.key == own]
    return InclusionIndex(
        period=term,
        years=asked.years,
        own=(mine or shown)[0] if mine or len(schools) == 1 else "",
        source=asked.reference.source,
        schools=tuple(
            SchoolRow(label=label, phase=s.phase, index=_labelled(found[s.key], label))
            for s, label in zip(schools, shown, strict=True)
        ),
    )


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
    found = gather(schools, asked_of(schools, reference, term))
    facts = found.facts
    return {
        c.key: max(spread_of(facts.counts[:, i], facts.totals[:, i], facts.worth[:, i]), _NARROWEST)
        for i, c in enumerate(found.known)
    }


def _told(
    schools: list[School], asked: Asked, last: Known | None
) -> dict[str, SchoolIndex | Withheld]:
    """Score schools of one phase and authority, now and a year before."""
    before = attempt(scored, schools, asked.earlier, last)
    now = attempt(scored, schools, asked, _last_known(before, last))
    if isinstance(now, Withheld):
        return dict.fromkeys((s.key for s in schools), now)
    return {s.key: attempt(_school, now, before, row, asked) for row, s in enumerate(schools)}


def _last_known(before: Phase | Withheld, last: Known | None) -> Known:
    """Put the scores of the year before beside those that are known from elsewhere."""
    if isinstance(before, Withheld):
        return last or {}
    of = before.gathered
    told = {
        s.key: {
            c.key: float(before.scores.parts[row, column])
            for column, c in enumerate(of.known)
            if not of.held[row, column]
        }
        for row, s in enumerate(of.schools)
    }
    return {key: {**found, **(last or {}).get(key, {})} for key, found in told.items()}


def _school(now: Phase, before: Phase | Withheld, row: int, asked: Asked) -> SchoolIndex:
    of, counts = now.gathered, now.gathered.counts[row]
    if isinstance(access := counts["access"], Withheld):
        raise NoRecords(access.found, access.needed, remedy=access.remedy)
    (low, high), ranks = now.drawn.interval(_LEVEL)[row], now.drawn.ranks(_LEVEL)[row]
    thirds, pupils = now.drawn.thirds[row], _sen_pupils(counts)
    keys = [c.key for c in of.known]
    return SchoolIndex(
        label=of.schools[row].name,
        phase=of.schools[row].phase,
        period=asked.term,
        n=pupils,
        estimate=float(now.scores.index[row]),
        low=float(low),
        high=float(high),
        level=_LEVEL,
        lowest=float(100 * thirds[0]),
        highest=float(100 * thirds[2]),
        chance=float(100 * now.drawn.chance[row]),
        evidence=float(100 * now.evidence(row)),
        rank_low=int(ranks[0]),
        rank_high=int(ranks[1]),
        schools=len(of.schools),
        stability=stability(now, row, pupils),
        mark=mark(now, before, row),
        without=tuple(key for key in rules()["components"] if key not in keys),
        held_back=tuple(k for k, h in zip(keys, of.held[row], strict=True) if h),
        parts=_parts(now, row, asked),
        change=change(now, before, row, asked, _LEVEL),
    )


def _sen_pupils(counts: Counts) -> int:
    """Count the pupils with SEN whom the index is about."""
    tables = [counts[key] for key in _SEN]
    return len({c.pupil_id for t in tables if not isinstance(t, Withheld) for c in t})


def _parts(phase: Phase, row: int, asked: Asked) -> tuple[PartRow, ...]:
    of = phase.gathered
    added = parts(phase.scores.parts[row], phase.weights, asked.scale.centre)
    more = _one_more(phase, row, asked)
    return tuple(
        PartRow(
            label=component.key,
            counted=attempt(own_part, of.schools[row], component.key, asked.term),
            part=Part(
                label=component.key,
                n=len(of.children[row][c]),
                weight=component.weight,
                score=float(phase.scores.parts[row, c]),
                added=float(added[c]),
                one_more=float(more[c]),
                told=float(100 * phase.scores.told[row, c]),
                reference=100 * of.references[component.key].rate,
                held_back=bool(of.held[row, c]),
            ),
        )
        for c, component in enumerate(of.known)
    )


def _one_more(phase: Phase, row: int, asked: Asked) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Give what one child more would add: a plan, a yes, a leaver, half a child's sessions, ..."""
    known = phase.gathered.known
    facts = phase.gathered.facts.of([row] * len(known))
    for c, component in enumerate(known):
        table = phase.gathered.counts[row][component.key]
        more = 1.0
        if component.key == "access" and not isinstance(table, Withheld):
            more = float(len({child.year for child in table}))
            facts.totals[c, c] += more
        elif component.key == "present":
            more = facts.totals[c, c] / max(len(phase.gathered.children[row][c]), 1) / 2
        facts.counts[c, c] = min(facts.counts[c, c] + more, facts.totals[c, c])
    return np.asarray(scores(facts, known, asked.scale).index - phase.scores.index[row])


def _labelled(found: SchoolIndex | Withheld, label: str) -> SchoolIndex | Withheld:
    return found if isinstance(found, Withheld) else replace(found, label=label)
