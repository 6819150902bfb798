"""Effects and their intervals against peers, side by side: python benchmarks/effects.py

Times are CPU seconds of one thread. Memory is the peak of a process of its own, which may take no
more than 9 GB: scipy's default BCa asks for an array of n x n numbers. pingouin (GPL, so for
benchmarks only) is compared where it is installed.
"""

import importlib.util
import subprocess
import sys
import time

import numpy as np

CAP = 9 * 2**30

OURS = """
made = hedges_g(taught, comparison, interval="bca")
found = made.low, made.high
"""
SCIPYS = """
def g(x, y, axis=-1):
    d = x.mean(axis=axis) - y.mean(axis=axis)
    return d / np.sqrt((x.var(axis=axis, ddof=1) + y.var(axis=axis, ddof=1)) / 2)
made = stats.bootstrap((taught, comparison), g, n_resamples={resamples}, vectorized=True{batch})
found = tuple(made.confidence_interval)
"""
PROCESS = """
import resource, time
import numpy as np
from scipy import stats
from writinggaps.estimates import hedges_g
resource.setrlimit(resource.RLIMIT_AS, ({cap}, {cap}))
rng = np.random.default_rng(1)
taught, comparison = rng.normal(size=(2, {n}))
if {grades}:
    taught, comparison = np.round(15 * taught + 104), np.round(15 * comparison + 100)
start = time.process_time()
{code}
seconds = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{{found[0]:.3f}} to {{found[1]:.3f}}  {{seconds:8.2f}} s  {{peak:7.0f}} MB")
"""


def in_a_process(label, code, n, *, grades=False):
    """Run in a process of its own, so that its peak of memory is its own and a cap holds."""
    program = PROCESS.format(cap=CAP, n=n, grades=grades, code=code)
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    last = (run.stdout or run.stderr).strip().splitlines()[-1]
    print(f"{label:58s} {last[:90]}", flush=True)


def each(label, call, times):
    call()
    start = time.process_time()
    for _ in range(times):
        call()
    seconds = (time.process_time() - start) / times
    print(f"{label:58s} {1e3 * seconds:8.3f} ms", flush=True)
    return seconds


def bootstrap():
    print("BCa interval of g, 30 pupils a group, 10,000 resamples")
    in_a_process("  writinggaps", OURS, 30)
    in_a_process("  scipy, vectorised by hand", SCIPYS.format(resamples=10_000, batch=""), 30)
    print("BCa interval of g, 30,000 pupils a group")
    in_a_process("  writinggaps, continuous, 10,000 resamples", OURS, 30_000)
    in_a_process("  writinggaps, scaled scores, 10,000 resamples", OURS, 30_000, grades=True)
    in_a_process("  scipy, default", SCIPYS.format(resamples=2000, batch=""), 30_000)


def one_comparison():
    from writinggaps.estimates import hedges_g
    from writinggaps.estimates.noncentral import noncentrality

    print("Hedges' g with its interval, 25 pupils a group")
    rng = np.random.default_rng(2)
    taught, comparison = rng.normal(size=(2, 25))
    each("  writinggaps, one call", lambda: hedges_g(taught, comparison), 500)
    t, df = rng.normal(size=20_000) * 2, np.full(20_000, 48.0)
    each("  writinggaps, 20,000 noncentral t intervals at once", lambda: noncentrality(t, df), 3)
    if importlib.util.find_spec("pingouin"):
        import pingouin

        def theirs():
            g = pingouin.compute_effsize(taught, comparison, eftype="hedges")
            return pingouin.compute_esci(g, 25, 25)

        each("  pingouin, one call", theirs, 500)
    else:
        print("  pingouin is not installed here")


if __name__ == "__main__":
    one_comparison()
    bootstrap()
