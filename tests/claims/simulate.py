"""Ten thousand schools and trusts of each kind: `make simulate-claims`, some minutes.

Writes the figures of docs/gate.md between its marks, and stops where one is not as it must be. By
hand: `python tests/claims/simulate.py null trusts:2000` for some of them, or fewer of a kind.
"""

import sys
from pathlib import Path

import numpy as np

from writinggaps.estimates.gate import Verdict, judge
from writinggaps.measures.trust.claims import claims

sys.path.insert(0, str(Path(__file__).parent))
import worlds
from worlds import COHORTS, RULES, SEED, SIZES, STANDARDS, TWICE

PAGE = Path(__file__).parents[2] / "docs" / "gate.md"
LONG, POWER = 10_000, 1_000
FALSE = 0.0297  # 2.5 % and three standard errors of 10,000 simulated schools
CHANGES = (0.2, 0.4, 0.6, 0.8, 1.0)
SEEN = {
    "scores": "The same pupils, scores on one scale",
    "shares": "The same pupils, shares at the expected standard",
    "cohorts": "Three successive cohorts, scores",
}


def grid(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def null(count=LONG):
    rows = []
    for n, m in SIZES:
        rates = [worlds.share_of(Verdict.CLOSING, k, n, m, count) for k in TWICE + COHORTS]
        assert max(rates) <= FALSE, (n, m, rates)
        rows.append([f"{n} and {m}", *(f"{100 * rate:.2f}" for rate in rates)])
    return grid(["pupils in the group and others", *TWICE, *COHORTS], rows)


def power(count=POWER):
    parts = []
    for kind, title in SEEN.items():
        rows = []
        for n, m in SIZES:
            seen = [
                worlds.share_of(Verdict.CLOSING, kind, n, m, count, statements=4, narrowed=change)
                for change in CHANGES
            ]
            rows.append([f"{n} and {m}", *(f"{100 * share:.0f}" for share in seen)])
        head = ["pupils in the group and others", *(f"{change:.1f}" for change in CHANGES)]
        parts.append(f"**{title}**\n\n{grid(head, rows)}")
    bar = worlds.share_of(Verdict.CLOSING, "scores", 30, 60, LONG, statements=4, narrowed=0.6)
    assert bar >= 0.80, bar
    parts.append(
        f"The bar: the same pupils, scores, 30 and 60, narrowed by .6 in {LONG:,} schools: the "
        f"gate opens in {100 * bar:.1f} % (at least 80 is asked)."
    )
    return "\n\n".join(parts)


def reports(count=LONG):
    rows = []
    for pupils in (60, 200):
        for name, gaps in {"gaps, none of which moved": worlds.GAPS, "no gaps": (0,) * 4}.items():
            random = np.random.default_rng([SEED, pupils])
            drawn = [worlds.reports(random, pupils, count // 10, gaps=gaps) for _ in range(10)]
            said = {kind: np.concatenate([d[kind] for d in drawn]) for kind in drawn[0]}
            anything = np.any(list(said.values()), axis=0).mean()
            assert anything <= 0.05, (pupils, name, anything)
            rates = [anything, *(found.mean() for found in said.values())]
            rows.append([f"{pupils}, {name}", *(f"{100 * rate:.2f}" for rate in rates)])
    table = grid(["pupils of the school", "anything", *said], rows)
    return f"Of {count:,} reports of each sort, percentage that claim:\n\n{table}"


def low(count=LONG):
    random, found = np.random.default_rng(SEED), 0
    for r in (0.7, 0.8, 0.9, 0.95):
        for _ in range(count // 4):
            said = judge(*worlds.lowest(random, 200, r), rules=RULES, statements=4)
            found += said.verdict in (Verdict.CLOSING, Verdict.WIDER)
    assert found == 0, found
    random = np.random.default_rng(SEED)
    announced = np.mean([worlds.announced(random) for _ in range(count)])
    return (
        f"Of {count:,} groups chosen because they scored low, with correlations of .7, .8, .9 and "
        f".95 and nothing done, {found} are said to be closing or growing. Of {count:,} sets of "
        f"2,500 pupils with six meaningless traits, {100 * announced:.2f} % name a trait as behind."
    )


def trusts(count=LONG):
    random = np.random.default_rng(SEED)
    false = np.mean(
        [bool(claims(worlds.trust(random), rules=STANDARDS.trust).held) for _ in range(count)]
    )
    assert false <= 0.05, false
    return (
        f"Of {count:,} reports on trusts of 30 schools in which nothing differs and nothing "
        f"moved, {100 * false:.2f} % claim anything at all; at most 5 % is accepted."
    )


PARTS = {"null": null, "reports": reports, "low": low, "trusts": trusts, "power": power}


def written(page, name, text):
    """Put text between the marks of its name."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, rest = page.split(start)
    return f"{before}{start}\n{text}\n{end}{rest.split(end)[1]}"


def main(names):
    for name in names or PARTS:
        part, _, count = name.partition(":")
        text = PARTS[part](int(count)) if count else PARTS[part]()
        sys.stdout.write(f"{text}\n\n")
        sys.stdout.flush()
        PAGE.write_text(written(PAGE.read_text("utf-8"), part, text), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
