"""The attacker against real pages: everything that the sample trust's reports released, at once.

    python tests/disclosure/pages.py [S02 S04 ...]

makes all reports of the sample trust's schools for governors and for the public, two terms running,
with the first of them released, and keeps every result as it was and as it was shown: sentences,
tables, drawings, alternative texts, workbooks and findings are made of nothing else. What a shown
figure tells is found by trying: which counts would have been shown alike? All of it is then set
against all of it, both editions, all reports and both terms of a school together.
"""

import json
import os
import pickle
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from attack import attack_facts

from writinggaps.cli import main as command
from writinggaps.disclosure import Edition, book, release, released
from writinggaps.disclosure.audit import Cell
from writinggaps.disclosure.facts import Fact, Roster
from writinggaps.disclosure.places import at, called
from writinggaps.estimates import Share, share
from writinggaps.results import Count, Tally, is_result, kinds, result
from writinggaps.run.plan import read_plan
from writinggaps.run.runner import Settings, run
from writinggaps.run.worker import produce
from writinggaps.withheld import Withheld

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "schools"
REPORTS = (
    "school_report", "send_report", "intervention_evaluation", "inclusion_school",
    "parents_summary", "inclusion_index", "trust_report", "development_plan",
)  # fmt: skip
TERMS = ("2024-25-summer", "2025-26-autumn")
_SMALL = 4


class Kept:
    """Keeps what passes disclosure, as long as it is open: what it was, and what is shown."""

    def __enter__(self):
        self.pairs, self.last = [], None
        self.before = (book.Book.admit, book.coarsened, released.coarsened)

        def coarsened(value, rule):
            self.last = value
            return self.before[1](value, rule)

        def admit(own, result):
            seen = self.before[0](own, result)
            self.pairs.append((self.last, seen))
            return seen

        def alone(value, rule):
            seen = self.before[2](value, rule)
            self.pairs.append((value, seen))
            return seen

        book.Book.admit, book.coarsened, released.coarsened = admit, coarsened, alone
        return self

    def __exit__(self, *_):
        book.Book.admit, book.coarsened, released.coarsened = self.before


def make(job, kernel):
    """Make a report as a run does, and keep what it released."""
    with Kept() as kept:
        made = produce(job, kernel)
    place = Path(os.environ["WRITINGGAPS_KEPT"]) / f"{job.term}.{job.id.replace('/', '.')}"
    place.write_bytes(pickle.dumps(kept.pairs))
    return made


@cache
def alike(count, n, edition):
    """Give the counts that would have been shown as this one is, by trying them all."""
    told = release(share(count, n), edition).value
    return [c for c in range(n + 1) if release(share(c, n), edition).value == told]


@dataclass
class Attacked:
    """What was attacked, and what was found."""

    results: int = 0
    without: Counter = field(default_factory=Counter)
    told: Counter = field(default_factory=Counter)
    facts: list = field(default_factory=list)
    roster: Roster = field(default_factory=Roster)

    def add(self, term, name, edition, pairs):
        """Take in what a report released."""
        for number, (exact, shown) in enumerate(pairs):
            self.results += 1
            for place, found in every_share(exact):
                if not isinstance(at(shown, place), Withheld):
                    self._share(f"{term} {name} {number}", exact, place, found, edition)
            for kind, held, n in counts(exact, shown):
                self.told[kind] += 1
                small = held <= _SMALL or (n is not None and n - held <= _SMALL)
                if small and hidden_among(held, n, edition) < min(4, 99 if n is None else n + 1):
                    self.without[kind] += 1

    def _share(self, name, exact, place, found, edition):
        possible = alike(found.count, found.n, edition)
        small = min(found.count, found.n - found.count) <= _SMALL
        if small and len(possible) < min(4, found.n + 1):
            self.without[f"{type(exact).__name__} alone"] += 1
        if not found.group:
            self.told["a share of numbers"] += 1
            return
        about, split = called(exact, place)
        self.facts.append(
            Fact(
                name=(name, place),
                about=about,
                split=split and f"{name} {split}",
                group=self.roster.bits(found.group),
                counted=self.roster.bits(found.counted),
                cell=Cell(low=min(possible), high=max(possible), cap=found.n, sensitive=small),
                before=name.startswith(TERMS[0]),
            )
        )

    def attack(self):
        """Set everything against everything."""
        return attack_facts(self.facts)

    def lines(self):
        """Attack it all, and say what was found."""
        found = self.attack()
        return (
            (
                f"{self.results:,} results, {len(self.facts):,} figures about known pupils, "
                f"{self.told['a share of numbers']:,} about numbers only"
            ),
            (
                f"small numbers and pieces attacked: {found.attacked:,}; "
                f"with fewer than 4 possible values: {found.exposed}"
            ),
            f"pairs about groups that differ by 1 to 4 pupils: {found.near}",
            (
                f"figures that give a small number away alone: {sum(self.without.values())} "
                f"{dict(self.without)}"
            ),
        )


def every_share(value, place=()):
    """Yield all shares, those made of numbers too."""
    if isinstance(value, Share):
        yield place, value
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from every_share(part, (*place, i))
    elif is_result(value):
        for name, kind in kinds(type(value)).items():
            if kind is None:
                yield from every_share(getattr(value, name), (*place, name))


def counts(exact, shown):
    """Yield the counts and tallies of a result that are no shares: kind, count, of how many."""
    if isinstance(exact, tuple) and isinstance(shown, tuple):
        for one, other in zip(exact, shown, strict=True):
            yield from counts(one, other)
    elif is_result(exact) and type(shown) is type(exact) and not isinstance(exact, Share):
        for name, kind in kinds(type(exact)).items():
            held, seen = getattr(exact, name), getattr(shown, name)
            if kind is None:
                yield from counts(held, seen)
            elif kind.name in ("count", "tally") and isinstance(held, int):
                size = name == "n" or name.startswith("n_")
                n = getattr(exact, "n", None) if kind.name == "count" else None
                if not size and not isinstance(seen, Withheld):
                    yield f"{type(exact).__name__}.{name}", held, n


@cache
def hidden_among(held, n, edition):
    """Say how many counts would have been shown as this one is, by trying them all."""
    made = (lambda c: Tallied(held=c)) if n is None else (lambda c: Counted(n=n, held=c))
    told = release(made(held), edition).value
    return sum(release(made(c), edition).value == told for c in range((n or 99) + 1))


@result
class Counted:
    n: Count
    held: Count


@result
class Tallied:
    held: Tally


def planned(folder, keys, term):
    """Write a plan of shared editions for some schools."""
    lines = [f'term = "{term}"', 'name = "Invented Trust"', 'editions = ["governors", "public"]']
    lines += [f"reports = {json.dumps(REPORTS)}", "[parameters.inclusion_index]", "named = true"]
    lines += [f"data = {json.dumps(str(SAMPLE))}"]
    for key in keys:
        data = SAMPLE / key / ("S01.xlsx" if key == "S01" else "")
        lines += ["[[school]]", f'key = "{key}"', f"data = {json.dumps(str(data))}"]
    (folder / f"{term}.toml").write_text("\n".join(lines))
    return folder / f"{term}.toml"


def main():
    keys = sys.argv[1:] or [f"S0{n}" for n in range(1, 8)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = folder / "kept"
        kept.mkdir()
        os.environ |= {"WRITINGGAPS_KEPT": str(kept), "WRITINGGAPS_KEY": str(folder / "safe/key")}
        for term in TERMS:
            plan = read_plan(planned(folder, keys, term))
            failed = run(plan, Settings(make=make)).failed
            sys.stdout.write("".join(f"{o.job.id}: {o.failure.words}\n" for o in failed))
            if term != TERMS[-1]:
                command(["release", term, str(plan.out)])
        for key in [*keys, "trust"]:
            attacked = Attacked()
            for place in sorted(kept.glob(f"*.{key}.*")):
                term, _, report, edition = place.name.split(".")
                if edition != "staff":
                    pairs = pickle.loads(place.read_bytes())  # made by this run
                    attacked.add(term, f"{report}.{edition}", Edition(edition), pairs)
            sys.stdout.write("\n  ".join([f"{key}:", *attacked.lines()]) + "\n")


if __name__ == "__main__":
    from pages import main as made_by_name

    made_by_name()
