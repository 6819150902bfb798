"""Read and check a workbook of 30,000 rows, against pandas with openpyxl, which checks nothing.

Goal: at least five times as fast. CPU seconds, medians of alternating pairs.

    python benchmarks/read_workbook.py [ROWS] [PAIRS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import xlsxwriter

from writinggaps.readers import check_school

HEAD = "pupil_id,upn,name,year_group,class,sex,sen_provision,sen_need,disadvantaged,eal,joined,left"


def write(folder: Path, rows: int) -> Path:
    """Write a workbook of pupils with texts, numbers and dates."""
    file = folder / "school.xlsx"
    with xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("pupils")
        sheet.write_row(0, 0, HEAD.split(","))
        for n in range(rows):
            texts = [
                f"P{n:05d}",
                "",
                f"Pupil {n}",
                n % 7,
                f"C{n % 7}",
                "FM"[n % 2],
                "NNK"[n % 3],
                "",
            ]
            sheet.write_row(n + 1, 0, [*texts, "yn"[n % 2], "n"])
            sheet.write_number(n + 1, 10, 44075 + n % 900, day)
    return file


def seconds(work) -> float:
    """CPU seconds that a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main(rows: int = 30_000, pairs: int = 3) -> None:
    """Print both medians and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        file = write(Path(name), rows)
        found = check_school(file)
        assert found.rows["pupils"].kept == rows, found.issues
        times = [
            (
                seconds(lambda: pd.read_excel(file, engine="openpyxl")),
                seconds(lambda: check_school(file)),
            )
            for _ in range(pairs)
        ]
    peer, ours = (statistics.median(column) for column in zip(*times, strict=True))
    print(
        f"{rows} rows: pandas with openpyxl {peer:.2f} s, "
        f"ours {ours:.2f} s, {peer / ours:.1f} times as fast"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
