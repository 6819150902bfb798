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

from writinggaps.estimates.effects import hedges_g
from writinggaps.estimates.grouped import hedges_g_by
from writinggaps.estimates.mixed import random_intercept

SIZES = ((6, 10, 0.3), (10, 20, 0.0), (10, 20, 0.4), (16, 25, 0.4), (40, 30, 0.3), (100, 60, 0.3))
"""Schools, pupils in each, and the standard deviation between schools, of trials to be fitted."""


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

    print(f"Trials of schools by restricted maximum likelihood, {times} of each size")
    took = np.zeros(2)
    for schools, pupils, spread in SIZES:
        made = [a_trial(number, schools, pupils, spread) for number in range(times)]
        for model in (lambda trial: random_intercept(*trial), lambda trial: fitted(MixedLM, trial)):
            model(made[0])  # the first of each loads what it needs
        ours, found = seconds(lambda made=made: [random_intercept(*trial) for trial in made])
        theirs, other = seconds(lambda made=made: [fitted(MixedLM, trial) for trial in made])
        took += ours, theirs
        apart = [abs(a.estimates[1] - b.fe_params[1]) for a, b in zip(found, other, strict=True)]
        nothing = sum(b.fe_params[1] == 0.0 for b in other)
        print(
            f"  {schools:3d} schools of {pupils:2d}, spread between them {spread:.1f}: "
            f"{1e3 * ours / times:6.2f} ms, MixedLM {1e3 * theirs / times:6.1f} ms "
            f"{theirs / ours:6.0f} x   effects apart by {max(apart):.0e}; "
            f"MixedLM exactly nought in {nothing}",
            flush=True,
        )
    print(f"  all together {took[1] / took[0]:6.0f} x")


def a_trial(number, schools, pupils, spread):
    random = np.random.default_rng(number)
    school = np.repeat(np.arange(schools), pupils)
    n, taught = len(school), (school % 2).astype(float)
    pre = random.standard_normal(n)
    post = 0.3 * taught + 0.7 * pre + spread * random.standard_normal(schools)[school]
    return (
        post + 0.6 * random.standard_normal(n),
        np.column_stack([np.ones(n), taught, pre]),
        school,
    )


def fitted(model, trial):
    """Fit by statsmodels, which gives no degrees of freedom; ours are in the time above."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model(trial[0], trial[1], groups=trial[2]).fit()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--schools", type=int, default=20_000)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--timed", type=int, default=500, help="schools that loops are timed on")
    asked.add_argument("--trials", type=int, default=20)
    given = asked.parse_args()
    many_schools(given.schools, given.rows, given.timed)
    trials(given.trials)
