"""What the gate claims when nothing changes, and when something does, over simulated schools.

The suite runs hundreds of schools of each kind. `python tests/claims/test_gate.py` runs ten
thousand and prints the tables of docs/gate.md.
"""

import sys

import numpy as np
import pytest

from writinggaps.estimates.gate import Verdict, judge, trend, twice
from writinggaps.standards import load_standards

RULES = load_standards().gap
SHORT, LONG, SEED = 600, 10_000, 20260
FALSE = 0.0297  # 2.5 % and three standard errors of 10,000 simulated schools
SIZES = [(10, 10), (10, 40), (16, 44), (30, 60), (60, 30), (40, 160)]
KINDS = ["scores", "skewed scores", "few levels", "shares", "cohorts", "cohorts of shares"]
R = 0.8


def allowed(schools):
    """The false rate that a true 2.5 % would pass in all but one run of a thousand."""
    return 0.025 + 3.1 * np.sqrt(0.025 * 0.975 / schools)


def standing(random, group, gap):
    return random.standard_normal(len(group)) + gap * group


def later(random, before, group, gap, narrowed, r=R):
    own = before - gap * group
    noise = np.sqrt(1 - r * r) * random.standard_normal(len(own))
    return r * own + noise + (gap + narrowed) * group


def school(kind, random, n, m, *, gap=-0.7, narrowed=0.0):
    """One school's change of one gap, in standard deviations of what lies beneath."""
    group = np.arange(n + m) < n
    if kind.startswith("cohorts"):
        return trend(**cohorts(kind, random, group, gap, narrowed))
    before = standing(random, group, gap)
    after = later(random, before, group, gap, narrowed)
    if kind == "scores":
        return twice(before, after, group)
    if kind == "skewed scores":
        return twice(np.exp(before), np.exp(after), group)
    if kind == "few levels":
        return twice(np.round(before), np.round(after), group)
    orders = tuple(np.searchsorted([-2.2, -0.6, 1.0], z).astype(float) for z in (before, after))
    return twice(*((o >= 2).astype(float) for o in orders), group, orders=orders)


def cohorts(kind, random, group, gap, narrowed):
    years = [standing(random, group, gap + narrowed * k / 2) for k in range(3)]
    pairs = [(z[group], z[~group]) for z in years]
    if kind == "cohorts":
        return {"cohorts": pairs}
    orders = [tuple(np.searchsorted([-0.6, 1.0], z).astype(float) for z in p) for p in pairs]
    return {"cohorts": [tuple((z >= 1).astype(float) for z in p) for p in orders], "orders": orders}


def share_of(verdict, kind, n, m, schools, *, statements=1, seed=SEED, **truth):
    random = np.random.default_rng(seed)
    found = (
        judge(school(kind, random, n, m, **truth), rules=RULES, statements=statements)
        for _ in range(schools)
    )
    return sum(j.verdict == verdict for j in found) / schools


def chosen_low(random, n, r):
    """The lowest fifth of a school in which nobody changed, read as the measure reads it."""
    before = random.standard_normal(n)
    after = r * before + np.sqrt(1 - r * r) * random.standard_normal(n)
    group = before <= np.quantile(before, 0.2)
    return [
        twice(before, after - (1 - low) * (before.mean() - before), group)
        for low in RULES.reliability
    ]


def report(random, n=200):
    """Whether a report on four overlapping groups, in which nothing changed, makes any claim."""
    traits = [random.random(n) < share for share in (0.27, 0.18, 0.5, 0.2)]
    gaps = (-0.6, -0.9, -0.3, 0.0)
    shift = sum(gap * trait for gap, trait in zip(gaps, traits, strict=True))
    own = random.standard_normal(n)
    before = own + shift
    after = R * own + np.sqrt(1 - R * R) * random.standard_normal(n) + shift
    found = [judge(twice(before, after, t), rules=RULES, statements=4).verdict for t in traits]
    return any(v in (Verdict.CLOSING, Verdict.WIDER) for v in found)


@pytest.mark.parametrize(("n", "m"), [(10, 10), (16, 44)])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_changed_and_closing_is_hardly_ever_said(kind, n, m):
    # one statement alone: the hardest case, as no allowance for other statements is made
    assert share_of(Verdict.CLOSING, kind, n, m, SHORT) <= allowed(SHORT)


def test_in_a_report_on_four_groups_any_false_claim_is_rare():
    random = np.random.default_rng(SEED)
    assert sum(report(random) for _ in range(SHORT)) / SHORT <= 0.05


@pytest.mark.parametrize("r", [0.7, 0.8, 0.9, 0.95])
def test_pupils_chosen_because_they_scored_low_are_never_said_to_catch_up(r):
    random = np.random.default_rng(SEED)
    verdicts = {
        judge(*chosen_low(random, 200, r), rules=RULES, statements=4).verdict for _ in range(200)
    }
    assert not verdicts & {Verdict.CLOSING, Verdict.WIDER}


def test_without_the_allowance_the_same_pupils_would_seem_to_catch_up():
    # statistics.md: the lowest fifth gains .461 SD of gain with nothing done, and most tests say so
    random = np.random.default_rng(SEED)
    closing = 0
    for _ in range(200):
        before = random.standard_normal(200)
        after = R * before + np.sqrt(1 - R * R) * random.standard_normal(200)
        group = before <= np.quantile(before, 0.2)
        closing += (
            judge(twice(before, after, group), rules=RULES, statements=4).verdict == "closing"
        )
    assert closing > 100


def test_the_gate_opens_for_a_true_narrowing_in_four_of_five_schools():
    opened = share_of(Verdict.CLOSING, "scores", 30, 60, SHORT, statements=4, narrowed=0.6)
    assert opened >= 0.80


def test_a_wider_gap_is_found_as_readily_as_a_closing_one():
    wider = share_of(Verdict.WIDER, "scores", 30, 60, 300, statements=4, narrowed=-0.6)
    assert wider >= 0.80


def test_unchanged_is_hardly_ever_said_of_a_gap_that_moved_by_what_matters():
    # so many pupils that the gate can say "unchanged", and a change exactly at its edge
    random = np.random.default_rng(SEED)
    found = [
        judge(school("scores", random, 400, 800, narrowed=0.109), rules=RULES, statements=4)
        for _ in range(30)
    ]
    assert sum(j.verdict == Verdict.UNCHANGED for j in found) <= 1


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main():
    say("| pupils | " + " | ".join(KINDS) + " |")
    say("|---" * (len(KINDS) + 1) + "|")
    for n, m in SIZES:
        row = [share_of(Verdict.CLOSING, kind, n, m, LONG) for kind in KINDS]
        say(f"| {n} and {m} | " + " | ".join(f"{100 * x:.2f}" for x in row) + " |")
        assert max(row) <= FALSE, (n, m, row)
    random = np.random.default_rng(SEED)
    say(f"any claim in a null report: {sum(report(random) for _ in range(LONG)) / LONG:.4f}")
    low = sum(
        judge(*chosen_low(random, 200, r), rules=RULES, statements=4).verdict == Verdict.CLOSING
        for r in (0.7, 0.8, 0.9, 0.95)
        for _ in range(LONG // 4)
    )
    say(f"closing of pupils chosen because they scored low: {low} of {LONG}")
    changes = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
    for kind in ("scores", "shares", "cohorts"):
        say(f"\n{kind}\n| pupils | " + " | ".join(f"{c:.1f}" for c in changes) + " |")
        for n, m in SIZES:
            row = [
                share_of(Verdict.CLOSING, kind, n, m, LONG // 10, statements=4, narrowed=c)
                for c in changes
            ]
            say(f"| {n} and {m} | " + " | ".join(f"{100 * x:.0f}" for x in row) + " |")


if __name__ == "__main__":
    main()
