"""How long gaps take: python benchmarks/gaps.py

A trust of 30 schools and 12,000 pupils, each judged in two autumns: gap, gate and influence for
four groups in every school (at most 10 s of processor time), and the gate's leave-two-out on 210
pupils (at most 50 ms).
"""

from __future__ import annotations

import sys
from time import process_time

import numpy as np
import pandas as pd

from writinggaps.estimates.contrasts import without_two
from writinggaps.estimates.influence import two_pupils
from writinggaps.measures.gaps.change import gap_change
from writinggaps.measures.gaps.gap import gap
from writinggaps.measures.gaps.groups import GROUPS
from writinggaps.measures.gaps.influence import influence
from writinggaps.readers import School
from writinggaps.standards import load_standards
from writinggaps.withheld import attempt

TERMS = {"2024-25-autumn": "2024-12-12", "2025-26-autumn": "2025-12-12"}
SCHOOLS, PUPILS = 30, 400


def school(key: str, random: np.random.Generator) -> School:
    """Make a school of 400 in which disadvantaged pupils are behind and a little less so now."""
    pupils = pd.DataFrame({"pupil_id": [f"{key}{k:04d}" for k in range(PUPILS)]}).assign(
        year_group=np.arange(PUPILS) % 6 + 1,
        disadvantaged=random.random(PUPILS) < 0.3,
        eal=random.random(PUPILS) < 0.2,
        sex=random.choice(["M", "F"], PUPILS),
        sen_provision=random.choice(["N", "K", "E"], PUPILS, p=[0.8, 0.16, 0.04]),
    )
    own = random.standard_normal(PUPILS)
    parts = []
    for behind, (term, day) in zip((0.7, 0.4), TERMS.items(), strict=True):
        seen = own * 0.9 + 0.4 * random.standard_normal(PUPILS) - behind * pupils["disadvantaged"]
        for measure, values in (
            ("cj_writing", (520 + 38 * seen).round().astype(int).astype(str)),
            ("writing", np.select([seen < -0.6, seen < 1], ["WTS", "EXS"], "GDS")),
        ):
            rows = pd.DataFrame({"pupil_id": pupils["pupil_id"], "value": values})
            parts.append(rows.assign(term=term, date=pd.Timestamp(day), measure=measure))
    judgements = pd.concat(parts, ignore_index=True).assign(kind="summative")
    tables = {"pupils": pupils, "judgements": judgements}
    return School(key=key, name=key, phase="primary", tables=tables)


def trust_seconds() -> float:
    """Time gap, gate and influence for four groups in every school."""
    random, standards = np.random.default_rng(6), load_standards()
    schools = [school(f"S{k:02d}", random) for k in range(SCHOOLS)]
    start = process_time()
    for each in schools:
        for by in GROUPS:
            for ask in (gap, gap_change, influence):
                attempt(ask, each, by=by, term="2025-26-autumn", standards=standards)
    return process_time() - start


def leave_two_out_seconds(times: int = 20) -> tuple[float, float]:
    """Time the gate's check, and the whole of influence, on 60 and 150 pupils."""
    random = np.random.default_rng(6)
    taken = []
    for ask in (lambda a, b: without_two([a, b], [1, -1]), two_pupils):
        cells = [(random.normal(size=60 + k), random.normal(size=150 - k)) for k in range(times)]
        start = process_time()
        for pair in cells:
            ask(*pair)
        taken.append((process_time() - start) / times)
    return taken[0], taken[1]


def main() -> None:
    """Print what was measured beside what is allowed."""
    check, whole = leave_two_out_seconds()
    sys.stdout.write(
        f"leave two out of 210 pupils: {1000 * check:.1f} ms; influence, with typical cohorts: "
        f"{1000 * whole:.1f} ms (at most 50)\n"
        f"gap, gate and influence, {SCHOOLS} schools of {PUPILS}: {trust_seconds():.1f} s of "
        f"processor time (at most 10)\n"
    )


if __name__ == "__main__":
    main()
