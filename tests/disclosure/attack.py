"""The attacker against synthetic trusts: everything printed, three terms, all schools, at once.

    python tests/disclosure/attack.py --schools 1000

Each term the reports of each school are shown as the program shows them (`Book`), beside what was
released in earlier terms; what they show is released, and the trust prints its schools' figures and
its totals. Then a reader who has all of it, knows who is in which group, and can solve linear
programs looks for small numbers of which fewer than four values are possible. Nothing here is data
about a real child or school.
"""

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from itertools import combinations

import numpy as np

from writinggaps.disclosure.audit import audit
from writinggaps.disclosure.book import Book
from writinggaps.disclosure.editions import Edition, rules
from writinggaps.disclosure.facts import Roster, linked, things
from writinggaps.disclosure.places import shares
from writinggaps.estimates.breakdown import breakdown, split_breakdown
from writinggaps.results import Label, result
from writinggaps.withheld import Withheld

STATES = ("secure", "with support", "not yet", "no evidence")
SIZES = (30, 90, 210)
TERMS = (1, 2, 3)
TABLES = ("year", "sen", "disadvantaged")


@dataclass
class Pupil:
    key: str
    year: str
    sen: str
    disadvantaged: str
    joined: int
    left: int
    expected: dict
    state: dict


_ASKED = {}


def asked(measure, period, answer):
    kind = type(answer)
    made = _ASKED.get(kind)
    if made is None:
        made = type(
            "Asked",
            (),
            {"__annotations__": {"measure": Label, "period": Label, "answer": kind | Withheld}},
        )
        made = _ASKED[kind] = result(made)
    return made(measure=measure, period=period, answer=answer)


def synthetic_school(rng, name, n):
    """Pupils of one school over three terms, with joiners and leavers."""
    made = []
    for i in range(n + n // 12):
        sen = str(rng.choice(["none", "SEN Support", "EHCP"], p=[0.80, 0.15, 0.05]))
        poor = bool(rng.random() < 0.25)
        ability = rng.normal() - 0.5 * poor - {"none": 0, "SEN Support": 0.9, "EHCP": 1.5}[sen]
        moves = rng.random() < 0.06
        now = {term: ability + rng.normal(0, 0.4) for term in TERMS}
        pupil = Pupil(
            key=f"{name}-{i}",
            year=f"year {1 + i % 6}",
            sen=sen,
            disadvantaged="disadvantaged" if poor else "others",
            joined=int(rng.integers(2, 4)) if i >= n else 1,
            left=int(rng.integers(1, 3)) if moves else 9,
            expected={term: bool(now[term] > -0.6) for term in TERMS},
            state={t: STATES[int(np.searchsorted([-1.6, -0.8, 0.2], -now[t]))] for t in TERMS},
        )
        made.append(pupil)
    return made


def on_roll(pupils, term):
    return [p for p in pupils if p.joined <= term <= p.left]


def keys(pupils):
    return [p.key for p in pupils]


def parts(pupils, by, counted):
    """Who was counted, and everybody, by group."""
    found = {}
    for label in sorted({getattr(p, by) for p in pupils}):
        group = [p for p in pupils if getattr(p, by) == label]
        found[label] = (keys(p for p in group if counted(p)), keys(group))
    return found


def tables_of(pupils, term):
    """Everything that the reports of a term ask about a school, in their order."""
    for by in TABLES:
        yield asked(
            "expected", str(term), breakdown(by, parts(pupils, by, lambda p: p.expected[term]))
        )
    for by in ("year", "sen"):
        rows = {
            label: {
                s: keys(p for p in pupils if getattr(p, by) == label and p.state[term] == s)
                for s in STATES
            }
            for label in sorted({getattr(p, by) for p in pupils})
        }
        yield asked("state", str(term), split_breakdown(by, rows))
    if term > 1:  # the first term again, on those who were judged then and are here now
        then = [p for p in pupils if p.joined == 1]
        yield asked(
            "expected", "1", breakdown("year", parts(then, "year", lambda p: p.expected[1]))
        )
    yield asked(
        "disadvantaged",
        "",
        breakdown("year", parts(pupils, "year", lambda p: p.disadvantaged == "disadvantaged")),
    )


class School:
    """One school's releases: what was printed in all terms, and what was not."""

    def __init__(self, pupils, edition):
        self.pupils, self.edition = pupils, edition
        self.roster, self.printed = Roster(), []
        self.shown = self.asked = 0

    def release(self, term):
        book = Book(rules(self.edition))
        book.roster, book.released = self.roster, tuple(self.printed)
        for table in tables_of(on_roll(self.pupils, term), term):
            self.asked += sum(1 for _ in shares(table))
            book.admit(table)
        self.shown += len(book.facts)
        self.told = {
            frozenset(self.roster.pupils(f.group))
            for f in book.facts
            if f.about.startswith(f"Asked expected {term} ")
        }
        self.printed += [
            replace(
                f,
                name=(term, *f.name),
                split=f.split and f"{term} {f.split}",
                cell=replace(f.cell, hideable=False),
                before=True,
            )
            for f in book.facts
        ]


def trust_totals(schools, term, edition):
    """What the trust prints: its schools side by side, in all and by year group.

    Of a school it shows what the school's own page of the term shows, of the same pupils.
    """
    book = Book(rules(edition))
    told = {f"school {i}": school.told for i, school in enumerate(schools)}
    roll = {f"school {i}": on_roll(s.pupils, term) for i, s in enumerate(schools)}
    years = sorted({p.year for pupils in roll.values() for p in pupils})
    for year in (None, *years):
        rows = {}
        for name, pupils in roll.items():
            group = [p for p in pupils if year in (None, p.year)]
            if frozenset(keys(group)) in told[name]:
                rows[name] = (keys(p for p in group if p.expected[term]), keys(group))
        if len(rows) > 1:
            book.admit(asked("expected", str(term), breakdown("school", rows, elsewhere=True)))
    return book


@dataclass
class Found:
    """How many numbers were attacked and worked out, and how many figures are shown of how many."""

    attacked: int = 0
    exposed: int = 0
    near: int = 0
    shown: Counter = field(default_factory=Counter)
    of: Counter = field(default_factory=Counter)

    def __add__(self, other):
        return Found(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def attack_trust(rng, sizes, edition):
    """Print and release three terms of a trust, then attack it all."""
    schools = [School(synthetic_school(rng, f"s{i}", n), edition) for i, n in enumerate(sizes)]
    totals = []
    for term in TERMS:
        for school in schools:
            school.release(term)
        totals.append((term, trust_totals(schools, term, edition)))
    found = Found()
    everyone, facts = Roster(), []
    for i, school in enumerate(schools):
        found.shown[sizes[i]] += school.shown
        found.of[sizes[i]] += school.asked
        facts += moved(school.printed, school.roster, everyone, i)
    for term, book in totals:
        facts += moved(book.facts, book.roster, everyone, f"trust {term}")
    return found + attack_facts(facts)


def moved(facts, roster, everyone, name):
    """Give facts with the bits of another roster."""
    names = list(roster.places)
    to = np.array([everyone.places.setdefault(p, len(everyone.places)) for p in names], dtype=int)

    def bits(held):
        inside = np.flatnonzero(
            np.unpackbits(
                np.frombuffer(held.to_bytes(len(names) // 8 + 1, "little"), dtype=np.uint8),
                bitorder="little",
            )
        )
        made = np.zeros(len(everyone.places), dtype=np.uint8)
        made[to[inside]] = 1
        return int.from_bytes(np.packbits(made, bitorder="little").tobytes(), "little")

    return [
        replace(
            f,
            name=(name, f.name),
            split=f.split and f"{name} {f.split}",
            group=bits(f.group),
            counted=bits(f.counted),
            cell=replace(f.cell, hideable=True),
            before=True,
        )
        for f in facts
    ]


def attack_facts(facts):
    cells, sums = linked(facts)
    small = [f for f in facts if f.cell.sensitive]
    pieces = sum(c.cap > 0 and not c.hideable and c.low == 0 for c in cells.values())
    near = 0
    for thing in things(facts):
        near += sum(
            0 < (one.group ^ other.group).bit_count() <= 4
            for one, other in combinations(thing, 2)
            if one.group & other.group
        )
    return Found(attacked=len(small) + pieces, exposed=len(audit(cells, sums)), near=near)


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
    told = options.parse_args()
    start = time.time()
    found = attack(told.schools, edition=Edition(told.edition), seed=told.seed)
    shown = ", ".join(f"n = {n}: {found.shown[n] / found.of[n]:.1%}" for n in SIZES if found.of[n])
    sys.stdout.write(
        f"{told.schools} schools x {len(TERMS)} releases, {told.edition}, seed {told.seed}\n"
        f"small numbers and pieces of groups attacked: {found.attacked:,}\n"
        f"with fewer than 4 possible values: {found.exposed:,}\n"
        f"pairs of figures about groups that differ by 1 to 4 pupils: {found.near:,}\n"
        f"figures shown: {shown}\n{time.time() - start:.0f} seconds\n"
    )


if __name__ == "__main__":
    main()
