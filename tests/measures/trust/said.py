"""Invented findings of invented schools, as their reports would record them."""

from writinggaps.estimates import share
from writinggaps.findings import Finding, share_finding

TERM = "2025-26-autumn"
GROUPS = ("disadvantaged pupils", "other pupils")
KINDS = ("the same", "teacher higher", "teacher lower")


def school(name, **facts):
    return {"school": name, "school_name": name, "measure": "Writing", **facts}


def at_expected(name, years):
    """One school's attainment: {year group: (count, n)}."""
    ask = school(name, question="Who is at the expected standard?", period=TERM)
    whole = tuple(sum(pair[i] for pair in years.values()) for i in (0, 1))
    parts = {"all pupils": whole, **years}
    return [share_finding(share(*pair), group=group, **ask) for group, pair in parts.items()]


def moderated(name, same, higher, lower):
    ask = school(name, question="What did moderation make of the judgements?", period="2025-26")
    counts = zip(KINDS, (same, higher, lower), strict=True)
    return [share_finding(share(c, same + higher + lower), group=k, **ask) for k, c in counts]


def in_groups(name, group, others, names=GROUPS):
    ask = school(name, question="Who was at the expected standard, three years together?")
    ask["period"] = TERM
    pairs = zip(names, (group, others), strict=True)
    return [share_finding(share(*pair), group=who, **ask) for who, pair in pairs]


def by_year(name, *pairs, who="Year 6"):
    ask = school(name, question="Who was at the expected standard in each school year?")
    return [
        share_finding(share(*pair), group=who, **{**ask, "period": f"20{23 + k}-{24 + k}"})
        for k, pair in enumerate(pairs)
    ]


def change(name, estimate, half, verdict, n=90, level=0.9875, names=GROUPS):
    ends = {"estimate": estimate, "low": estimate - half, "high": estimate + half}
    more = {"level": level, "n": n, "verdict": verdict, "group": " / ".join(names)}
    return [Finding(**school(name, question="gap change", period=TERM), **ends, **more)]


def secure(name, block, count, n):
    ask = school(name, question="Who is secure in what earlier years taught?", period=TERM)
    ask["measure"] = f"secure: {block}"
    return [share_finding(share(count, n), group="all pupils", **ask)]
