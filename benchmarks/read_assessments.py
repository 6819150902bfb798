"""Read and check 100,000 judgements, against a bare pandas read of the same file.

Goal: at most three times the bare read. CPU seconds, medians of alternating pairs.

    python benchmarks/read_assessments.py [ROWS] [PAIRS]
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from writinggaps.readers import check_school

HEAD = "pupil_id,date,term,subject,measure,value,kind,assessor,moderated_value\n"


def write(folder: Path, rows: int) -> Path:
    """Write a school of judgements only: one row a pupil and day."""
    luck, pupils = random.Random(1), max(1, rows // 20)
    days = [f"2025-{1 + n // 28:02d}-{1 + n % 28:02d}" for n in range(20)]
    file = folder / "judgements.csv"
    with file.open("w") as out:
        out.write(HEAD)
        for n in range(rows):
            value = luck.choice(("WTS", "EXS", "GDS"))
            day = days[n // pupils % 20]
            out.write(
                f"P{n % pupils:05d},{day},2024-25-spring,writing,writing,{value},summative,T1,\n"
            )
    listed = "".join(f"P{n:05d},{n % 7}\n" for n in range(pupils))
    (folder / "pupils.csv").write_text("pupil_id,year_group\n" + listed)
    return file


def seconds(work) -> float:
    """CPU seconds that a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main(rows: int = 100_000, pairs: int = 9) -> None:
    """Print both medians and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = write(folder, rows)
        found = check_school(folder)
        assert not found.of("error") + found.of("warning"), found.issues
        assert found.rows["judgements"].kept == rows
        pd.read_csv(file)
        times = [
            (seconds(lambda: pd.read_csv(file)), seconds(lambda: check_school(folder)))
            for _ in range(pairs)
        ]
    bare, ours = (statistics.median(column) for column in zip(*times, strict=True))
    print(
        f"{rows} rows: bare pandas {bare:.3f} s, "
        f"read and checked {ours:.3f} s, {ours / bare:.2f} times"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
