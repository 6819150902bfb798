"""Many schools at once, and trials of schools, against peers: python benchmarks/estimates.py

Seconds are CPU seconds of one process, all in one run. A loop over every school is timed on the
first schools and scaled up, and says so. pingouin (GPL, so for benchmarks only) is compared where
it is installed.
"""

import argparse
import importlib.util
import time
import warnings

import numpy as np
import pandas as pd

from writinggaps.estimates import hedges_g
from writinggaps.estimates.grouped import hedges_g_by
from writinggaps.estimates.mixed import random_intercept


def seconds(call):
    start = time.process_time()
    made = call()
    return time.process_time() - start, made


def line(label, taken, ours):
    print(f"{label:62s} {taken:10.3f} s   {taken / ours:8.1f} x", flush=True)


def loop(table, effect):
    return [
        effect(part["score"][part["taught"]], part["score"][~part["taught"]])
        for _, part in table.groupby("school")
    ]


def many_schools(schools, rows, timed):
    random = np.random.default_rng(1)
    table = pd.DataFrame(
        {
            "school": random.integers(schools, size=rows),
            "taught": random.random(rows) < 0.5,
            "score": 100 + 15 * random.standard_normal(rows),
        }
    )
    print(f"Hedges' g with its interval, {rows:,} pupils of {schools:,} schools")
    part = table[table["school"] < timed]
    ours, found = seconds(lambda: hedges_g_by(table["score"], table["taught"], table["school"]))
    line("writinggaps, hedges_g_by", ours, ours)
    peers = {"writinggaps, hedges_g in a loop": hedges_g}
    if importlib.util.find_spec("pingouin"):
        peers["pingouin, effect size and its interval in a loop"] = pingouins()
    for label, effect in peers.items():
        taken, made = seconds(lambda effect=effect: loop(part, effect))
        line(f"{label}, {timed:,} schools scaled up", taken * schools / timed, ours)
        if effect is hedges_g:
            apart = max(abs(a.low - b) for a, b in zip(made, found["low"], strict=False))
            print(f"{'':4s}largest difference of a lower end: {apart:.1e}")


def pingouins():
    import pingouin

    def effect(taught, comparison):
        g = pingouin.compute_effsize(taught, comparison, eftype="hedges")
        return g, pingouin.compute_esci(stat=g, nx=len(taught), ny=len(comparison))

    return effect


def trials(times):
    from statsmodels.regression.mixed_linear_model import MixedLM

    random = np.random.default_rng(2)
    ours = theirs = apart = 0.0
    nothing = 0
    for number in range(times + 1):
        school = np.repeat(np.arange(16), 25)
        taught = (school % 2).astype(float)
        pre = random.standard_normal(400)
        post = 0.3 * taught + 0.7 * pre + random.normal(0, 0.4, 16)[school]
        post += 0.6 * random.standard_normal(400)
        x = np.column_stack([np.ones(400), taught, pre])
        took, fit = seconds(lambda x=x, post=post, school=school: random_intercept(post, x, school))
        ours += took * (number > 0)  # the first of each loads what it needs
        model = MixedLM(post, x, groups=school)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            took, other = seconds(model.fit)
        theirs += took * (number > 0)
        nothing += other.fe_params[1] == 0.0
        apart = max(apart, abs(other.fe_params[1] - fit.estimates[1]))
    print(f"Trials of 16 schools and 400 pupils by restricted maximum likelihood, {times} of them")
    line("writinggaps, random_intercept with Satterthwaite's df", ours, ours)
    line("statsmodels, MixedLM (fit alone, no df)", theirs, ours)
    print(f"{'':4s}largest difference of an effect: {apart:.1e}; exactly nought: {nothing}")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--schools", type=int, default=20_000)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--timed", type=int, default=500, help="schools that loops are timed on")
    asked.add_argument("--trials", type=int, default=30)
    given = asked.parse_args()
    many_schools(given.schools, given.rows, given.timed)
    trials(given.trials)
