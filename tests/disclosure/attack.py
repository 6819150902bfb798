"""The attacker against synthetic trusts: everything printed, three terms, all schools, at once.

    python tests/disclosure/attack.py --schools 1000

prints how many small numbers could be worked out (before and after the repair across tables) and
what share of all figures is still shown. Nothing here is data about a real child or school.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field, fields, replace

import numpy as np

from writinggaps.disclosure import Edition, release, rules
from writinggaps.disclosure.audit import Cell, Sum, audit, repair
from writinggaps.disclosure.cells import part_cell
from writinggaps.disclosure.facts import Fact, linked
from writinggaps.disclosure.register import Group, comparable
from writinggaps.estimates import breakdown, share, split_breakdown
from writinggaps.withheld import Withheld, attempt

STATES = ("secure", "with support", "not yet", "no evidence")
SIZES = (30, 90, 210)
TERMS = (1, 2, 3)


@dataclass
class Pupil:
    key: str
    year: str
    sen: str
    disadvantaged: str
    ability: float
    joined: int
    left: int
    expected: dict
    state: dict


def synthetic_school(rng, name, n):
    """Pupils of one school over three terms, with joiners and leavers."""
    made = []
    for i in range(n + n // 12):
        sen = str(rng.choice(["none", "SEN Support", "EHCP"], p=[0.80, 0.15, 0.05]))
        poor = bool(rng.random() < 0.25)
        ability = rng.normal() - 0.5 * poor - {"none": 0, "SEN Support": 0.9, "EHCP": 1.5}[sen]
        moves = rng.random() < 0.06
        pupil = Pupil(
            key=f"{name}-{i}",
            year=f"year {1 + i % 6}",
            sen=sen,
            disadvantaged="disadvantaged" if poor else "others",
            ability=ability,
            joined=int(rng.integers(2, 4)) if i >= n else 1,
            left=int(rng.integers(1, 3)) if moves else 9,
            expected={},
            state={},
        )
        for term in TERMS:
            now = ability + rng.normal(0, 0.4)
            pupil.expected[term] = bool(now > -0.6)
            pupil.state[term] = STATES[int(np.searchsorted([-1.6, -0.8, 0.2], -now))]
        made.append(pupil)
    return made


def on_roll(pupils, term):
    return [p for p in pupils if p.joined <= term <= p.left]


def facts_of(name, about, by, pupils, rows, counted, rule):
    """Facts of one printed share with its rows: the cell is hidden where nothing was printed."""
    found = []
    for row, seen in rows.items():
        group = frozenset(p.key for p in pupils if row in ("whole", getattr(p, by)))
        inside = frozenset(p.key for p in pupils if p.key in group and counted(p))
        cell = part_cell(len(inside), len(group), rule, cost=len(group))
        if isinstance(seen, Withheld):
            cell = replace(cell, low=0, high=cell.cap)
        found.append(
            Fact(name=(*name, by, row), about=about, group=group, counted=inside, cell=cell)
        )
    return found


def print_school(key, pupils, term, edition):
    """Release a school's tables of one term, and give what they tell."""
    rule, found = rules(edition), []
    for by in ("year", "sen", "disadvantaged"):
        labels = sorted({getattr(p, by) for p in pupils})
        parts = {
            label: (
                sum(p.expected[term] for p in pupils if getattr(p, by) == label),
                sum(getattr(p, by) == label for p in pupils),
            )
            for label in labels
        }
        seen = release(breakdown(by, parts), edition).value
        rows = dict.fromkeys(["whole", *labels], seen)
        if not isinstance(seen, Withheld):
            rows = {"whole": seen.whole, **seen.shares}
        about = f"expected {term}"
        found += facts_of((key, term), about, by, pupils, rows, lambda p: p.expected[term], rule)
    for by in ("year", "sen"):
        found += print_states(key, pupils, term, by, edition)
    return found


def print_states(key, pupils, term, by, edition):
    labels = sorted({getattr(p, by) for p in pupils})
    table = {
        label: {
            s: sum(p.state[term] == s for p in pupils if getattr(p, by) == label) for s in STATES
        }
        for label in labels
    }
    seen = release(split_breakdown(by, table), edition).value
    found = []
    for state in STATES:
        rows = dict.fromkeys(["whole", *labels], seen)
        if not isinstance(seen, Withheld):
            splits = {"whole": seen.whole, **seen.splits}
            rows = {k: s if isinstance(s, Withheld) else s.shares[state] for k, s in splits.items()}
        found += facts_of(
            (state, key, term),
            f"{state} {term}",
            by,
            pupils,
            rows,
            lambda p, s=state: p.state[term] == s,
            rules(edition),
        )
    return found


def print_trust(schools, term, edition):
    """The trust's own totals, by SEN provision, over all its schools."""
    pupils = [p for school in schools for p in on_roll(school, term)]
    parts = {
        sen: (
            sum(p.expected[term] for p in pupils if p.sen == sen),
            sum(p.sen == sen for p in pupils),
        )
        for sen in sorted({p.sen for p in pupils})
    }
    seen = release(breakdown("sen", parts), edition).value
    rows = {"whole": seen.whole, **seen.shares}
    return facts_of(
        ("trust", term),
        f"expected {term}",
        "sen",
        pupils,
        rows,
        lambda p: p.expected[term],
        rules(edition),
    )


def states_add_up(cells, sums):
    """Every piece of pupils is sorted into exactly one state: the reader knows that too."""
    pieces = defaultdict(list)
    for name in cells:
        if isinstance(name, tuple) and len(name) == 2 and isinstance(name[1], tuple):
            about, inside = name
            state, _, term = about.rpartition(" ")
            if state in STATES:
                pieces[term, tuple(fact[1:] for fact in inside)].append(name)
    extra = {}
    for where, names in pieces.items():
        n = cells[names[0]].cap
        extra["known", where] = Cell(low=n, high=n, cap=n, sensitive=False, hideable=False)
        sums.append(Sum(("known", where), tuple(names)))
    return cells | extra, sums


def print_again(key, pupils, term, edition, released):
    """Print what was printed before, on today's pupils, as far as the register allows it."""
    found = []
    for about, period, counted in (
        ("expected 1", "1", lambda p: p.expected[1]),
        ("disadvantaged", "", lambda p: p.disadvantaged == "disadvantaged"),
    ):
        for row in ["whole", *sorted({p.year for p in pupils})]:
            keys = frozenset(p.key for p in pupils if row in ("whole", p.year))
            group = Group(
                term=str(term), school=str(key), group=row, about=about, period=period, pupils=keys
            )
            allowed = comparable(group, released)
            if allowed is None:
                continue
            released.append(replace(group, pupils=allowed))
            inside = [p for p in pupils if p.key in allowed]
            seen = release(attempt(share, sum(map(counted, inside)), len(inside)), edition).value
            found += facts_of(
                (key, f"{about}, again in {term}"),
                about,
                "year",
                [replace(p, year=row) for p in inside],
                {row: seen},
                counted,
                rules(edition),
            )
    return found


def system_of(about):
    """Figures about the same thing are set against each other; the states of a term add up."""
    state, _, term = about.rpartition(" ")
    return f"states {term}" if state in STATES else about


def attack_trust(rng, sizes, edition):
    """Print three terms of a trust, attack, repair, attack again."""
    schools = [synthetic_school(rng, f"s{i}", n) for i, n in enumerate(sizes)]
    facts = []
    released = defaultdict(list)
    for term in TERMS:
        for key, school in enumerate(schools):
            pupils = on_roll(school, term)
            new = print_school(key, pupils, term, edition)
            if term == 1:
                released[key] += [
                    Group(
                        term="1",
                        school=str(key),
                        group=str(f.name),
                        about=f.about,
                        period="1",
                        pupils=f.group,
                    )
                    for f in new
                ]
            facts += new + print_again(key, pupils, term, edition, released[key])
        facts += print_trust(schools, term, edition)
    systems = defaultdict(list)
    for fact in facts:
        systems[system_of(fact.about)].append(fact)
    return sum((attack_system(same, sizes) for same in systems.values()), start=Found())


@dataclass
class Found:
    """How many numbers were attacked and worked out, and how many figures are shown of how many."""

    attacked: int = 0
    before: int = 0
    after: int = 0
    shown: Counter = field(default_factory=Counter)
    of: Counter = field(default_factory=Counter)

    def __add__(self, other):
        return Found(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def attack_system(facts, sizes):
    cells, sums = states_add_up(*linked(facts))
    left, exposed = cells, audit(cells, sums)
    if exposed:
        hidden = repair(cells, sums)
        left = {k: replace(c, low=0, high=c.cap) if k in hidden else c for k, c in cells.items()}
    found = Found(
        attacked=sum(cell.sensitive for cell in cells.values()),
        before=len(exposed),
        after=len(audit(left, sums)) if exposed else 0,
    )
    for fact in facts:
        school = fact.name[-4]
        if school != "trust":
            found.of[sizes[school]] += 1
            found.shown[sizes[school]] += not left[fact.name].hidden
    return found


def attack(schools, *, edition=Edition.GOVERNORS, seed=1, per_trust=10):
    """Attack so many schools in trusts."""
    rng = np.random.default_rng(seed)
    found = Found()
    for _ in range(-(-schools // per_trust)):
        found += attack_trust(rng, [int(n) for n in rng.choice(SIZES, per_trust)], edition)
    return found


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--schools", type=int, default=1000)
    options.add_argument("--edition", default="governors")
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    start = time.time()
    found = attack(asked.schools, edition=Edition(asked.edition), seed=asked.seed)
    shown = ", ".join(f"n = {n}: {found.shown[n] / found.of[n]:.1%}" for n in SIZES if found.of[n])
    sys.stdout.write(
        f"{asked.schools} schools x {len(TERMS)} releases, {asked.edition}, trusts of 10\n"
        f"small numbers and pieces of groups attacked: {found.attacked:,}\n"
        f"with fewer than 4 possible values: {found.before:,}; after repair: {found.after:,}\n"
        f"figures shown: {shown}\n{time.time() - start:.0f} seconds\n"
    )


if __name__ == "__main__":
    main()
