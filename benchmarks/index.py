"""How long does the inclusion index take? `python benchmarks/index.py`

The peer's time is a stated constant, not measured again here: COINr 1.1.14 (R 4.2.2, two cores at
2.5 GHz, loaded) took 64.7 CPU seconds for 1,000 replications of normalising, weighting and
averaging its own example of 51 countries by 49 indicators (`get_sensitivity` without imputation).
"""

import time
from pathlib import Path

import numpy as np

from writinggaps.disclosure import shown_to
from writinggaps.estimates.index.draws import draw
from writinggaps.estimates.index.scores import Component, Facts, scores
from writinggaps.measures import inclusion as measure
from writinggaps.readers import read_schools
from writinggaps.report.tables import inclusion as tables
from writinggaps.report.words import inclusion as words
from writinggaps.withheld import attempt

COINR_SECONDS, COINR_CELLS = 64.7, 1_000 * 51 * 49
SPREADS = {"access": 0.5, "welcome": 0.8, "stay": 0.5, "present": 0.3, "included": 0.8}
RATES, TOTALS = np.array([0.04, 0.5, 0.05, 0.09, 0.08]), np.array([300, 15, 120, 200, 150])
SCHOOLS, DRAWS = 200, 10_000


def facts():
    shape = (SCHOOLS, len(SPREADS))
    return Facts(
        keys=tuple(f"S{n}" for n in range(SCHOOLS)),
        counts=np.random.default_rng(1).binomial(TOTALS, RATES, shape).astype(float),
        totals=np.broadcast_to(TOTALS, shape).astype(float),
        worth=np.ones(shape),
        expected=np.broadcast_to(RATES, shape),
        held_back=np.full(shape, np.nan),
        other=np.zeros(len(SPREADS)),
    )


def a_school_report():
    """Time the index part of one school's report: all its measures and faces, reading apart."""
    schools = read_schools("data/sample/schools/S03")
    asked, show = {"schools": schools, "term": "2025-26-autumn"}, shown_to("staff")
    started = time.process_time()
    mine = show(measure.one_school, measure.inclusion_index(**asked))
    faces = (words.index, words.sure, words.change, words.mark, words.missing, words.one_more)
    for face in (*faces, tables.parts):
        face(mine)
    tables.appearances(show(measure.appearances, **asked))
    show(measure.plan_costs, **asked)
    return time.process_time() - started


def a_trust_page():
    """Time all measures of the index on a trust's page of seven schools, reading apart."""
    folders = sorted(Path("data/sample/schools").glob("S*"))
    schools = [school for folder in folders for school in read_schools(str(folder))]
    started = time.process_time()
    for ask in (measure.inclusion_index, measure.appearances, measure.plan_costs,
                measure.shared_fund, measure.plain_index):  # fmt: skip
        attempt(ask, schools, term="2025-26-autumn")
    return time.process_time() - started


if __name__ == "__main__":
    components = tuple(Component(key=k, weight=0.2, spread=s) for k, s in SPREADS.items())
    told = facts()
    started = time.process_time()
    drawn = draw(told, scores(told, components), components, draws=DRAWS)
    drawn.ranks()
    seconds = time.process_time() - started
    cells = DRAWS * SCHOOLS * len(components)
    ratio = (COINR_SECONDS / COINR_CELLS) / (seconds / cells)
    print(f"{DRAWS:,} draws of {SCHOOLS} schools: {seconds:.2f} CPU seconds")
    print(f"a drawn cell takes COINr {ratio:.0f} times as long (64.7 s stated, not measured here),")
    print("and it draws no chance of pupils")
    a_school_report()  # the first time loads what Python keeps
    fresh = a_school_report()
    print(f"the index part of one school's report: {fresh:.2f} CPU seconds")
    print(f"the index of seven schools on a trust's page: {a_trust_page():.2f} CPU seconds")
