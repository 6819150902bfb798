"""Effects and their intervals against peers, side by side: python benchmarks/effects.py

Times are CPU seconds. Each bootstrap runs in a process of its own, which may take no more than
9 GB; its peak of memory is printed with its interval. pingouin (GPL, so for benchmarks only) is
compared where it is installed: python -m pip install --group bench. dabest pins older versions of
what we stand on, so it runs by the interpreter of another environment: --dabest path/to/python.
"""

import argparse
import importlib.util
import subprocess
import sys
import time

import numpy as np

CAP = 9 * 2**30

OURS = """
from writinggaps.estimates.effects import hedges_g
found = lambda r: (lambda e: (e.low, e.high))(hedges_g(taught, comparison, interval="bca"))
"""
SCIPYS = """
from scipy import stats
def g(x, y, axis=-1):
    d = x.mean(axis=axis) - y.mean(axis=axis)
    return d / np.sqrt((x.var(axis=axis, ddof=1) + y.var(axis=axis, ddof=1)) / 2)
found = lambda r: tuple(stats.bootstrap((taught, comparison), g, n_resamples=r, vectorized=True
                                        ).confidence_interval)
"""
PINGOUINS = """
import pingouin
found = lambda r: tuple(pingouin.compute_bootci(taught, comparison, func="hedges", n_boot=r,
                                                decimals=6, seed=1))
"""
DABESTS = """
import contextlib, os
with contextlib.redirect_stdout(open(os.devnull, "w")):
    import dabest, pandas as pd
wide = pd.DataFrame({"comparison": comparison, "taught": taught})
def found(r):
    made = dabest.load(wide, idx=("comparison", "taught"), resamples=r).hedges_g.results
    return made["bca_low"][0], made["bca_high"][0]
"""
PROCESS = """
import resource, time, warnings
import numpy as np
warnings.simplefilter("ignore")
rng = np.random.default_rng(1)
taught, comparison = rng.normal(size=(2, {n}))
if {grades}:
    taught, comparison = np.round(15 * taught + 104), np.round(15 * comparison + 100)
{code}
resource.setrlimit(resource.RLIMIT_AS, ({cap}, {cap}))
start = time.process_time()
low, high = found({resamples})
seconds = time.process_time() - start
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
peak = int(status["VmHWM"].split()[0]) / 1024  # of this process alone
print(f"{{low:.3f}} to {{high:.3f}}  {{seconds:8.2f}} s  {{peak:7.0f}} MB")
"""


def bootstrap(label, code, n, resamples=2000, *, grades=False, python=sys.executable):
    """Run in a process of its own, so that its peak of memory is its own and a cap holds."""
    program = PROCESS.format(cap=CAP, n=n, grades=grades, code=code, resamples=resamples)
    run = subprocess.run([python, "-c", program], capture_output=True, text=True)
    last = (run.stdout.strip() or run.stderr.strip()).splitlines()[-1]
    print(f"  {f'{label}, {resamples:,} resamples':52s} {last[:90]}", flush=True)


def bootstraps(dabest):
    peers = {"scipy, vectorised by hand": (SCIPYS, sys.executable)}
    if importlib.util.find_spec("pingouin"):
        peers["pingouin"] = (PINGOUINS, sys.executable)
    if dabest:
        peers["dabest"] = (DABESTS, dabest)
    for n in (30, 30_000):
        print(f"BCa interval of g, {n:,} pupils a group")
        bootstrap("writinggaps", OURS, n, 10_000)
        if n > 30:
            bootstrap("writinggaps, scaled scores", OURS, n, 10_000, grades=True)
        for label, (code, python) in peers.items():
            bootstrap(label, code, n, python=python)


def each(label, call, times):
    call()
    start = time.process_time()
    for _ in range(times):
        call()
    print(f"  {label:52s} {1e3 * (time.process_time() - start) / times:8.3f} ms", flush=True)


def one_comparison():
    from writinggaps.estimates.effects import hedges_g
    from writinggaps.estimates.noncentral import noncentrality_of_many

    print("Hedges' g with its interval, 25 pupils a group")
    rng = np.random.default_rng(2)
    taught, comparison = rng.normal(size=(2, 25))
    each("writinggaps, one call", lambda: hedges_g(taught, comparison), 500)
    t, df = rng.normal(size=20_000) * 2, np.full(20_000, 48.0)
    each(
        "writinggaps, 20,000 noncentral t intervals at once",
        lambda: noncentrality_of_many(t, df),
        3,
    )
    if importlib.util.find_spec("pingouin"):
        import pingouin

        def theirs():
            g = pingouin.compute_effsize(taught, comparison, eftype="hedges")
            return pingouin.compute_esci(g, 25, 25)

        each("pingouin, one call", theirs, 500)
    else:
        print("  pingouin is not installed here")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--dabest", default="", help="a Python that has dabest")
    given = asked.parse_args()
    one_comparison()
    bootstraps(given.dabest)
