"""Make the sample trust: `python data/sample/make_sample.py` rewrites everything beside it.

The trust is invented. It exists so that a newcomer can see real reports, and so that tests can hold
the reports against a truth that is known: whatever was planted is written to `truth.toml`, and
whatever was not planted must not be claimed.

How it is made, in the order of `making/`:

`trust`    the schools, the calendar, and dice that belong to a school and a table
`roll`     who is on roll, and who moves
`scores`   what pupils can do, and what was judged of it
`lessons`  what was taught and written, what it showed, and its errors
`schemes`  three schemes whose worth is known
`support`  ordinary support, attendance, and what schools know about themselves
`voices`   what people say in surveys, and what schools plan and note
`authority` what the schools' inclusion is compared with: figures of an invented authority
`truth`    what was planted: school, what, where, how much
`files`    the same bytes every time, as CSV files and as one workbook

Shares are set to England's (DfE, Local Authority Interactive Tool, release of April 2026): pupils
at the expected standard in writing 73 %, at greater depth 13 %, on SEN Support 14.8 % and with
EHCPs 3.5 % in primary schools, sessions missed 5.2 %.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

sys.dont_write_bytecode = True  # what stands beside the data is shipped with it
sys.path.insert(0, str(Path(__file__).parent))

from making import authority, files, lessons, roll, scores, support, truth, voices  # noqa: E402 - after its path


def tables() -> dict[str, object]:
    """Make every table of the trust; each has a column `school`."""
    stays = roll.roll()
    suspended = support.suspensions(stays)
    return {
        "stays": stays,
        "pupils": files.pupils(stays),
        "judgements": scores.judgements(stays),
        **lessons.lessons(stays),
        "taught": lessons.taught(stays),
        "interventions": support.interventions(stays),
        "attendance": support.attendance(stays, suspended),
        "suspensions": suspended,
        "census": authority.places(support.census(stays)),
        "consultations": support.consultations(),
        "requests": voices.requests(stays),
        "reference": authority.reference(),
        "surveys": pd.concat([voices.surveys(), authority.reviews()], ignore_index=True),
        "priorities": voices.priorities(),
        "notes": voices.notes(),
    }


def main(folder: Path) -> None:
    """Write the trust into a folder."""
    made = tables()
    stays = made.pop("stays")
    files.write_schools(made, folder / "schools")
    truth.write(truth.planted(stays), folder / "truth.toml")
    files.write_plan(folder / "plan.toml")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Rewrite the sample trust.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    main(parser.parse_args().out)
