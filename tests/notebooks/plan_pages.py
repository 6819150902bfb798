"""Print every sample school's plan and SENDCO's report, and count their A4 pages.

Run by `make long-plan-pages`; with names of schools only these are printed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import writinggaps as wg
from writinggaps.findings import write_findings
from writinggaps.report import tables, words
from writinggaps.run.execute import execute
from writinggaps.run.page import Heading, render
from writinggaps.run.pdf import Printer, find_browser

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "schools"
TERM = "2025-26-autumn"
MOST = 3


def findings(data: Path, out: Path) -> Path:
    """Write the records that the reports of a school leave for its plan."""
    show, school = wg.shown_to("staff"), wg.read_school(data)
    about = {"school": school, "term": TERM, "standards": wg.load_standards()}
    said = [
        tables.security.security(show(wg.security, **about)),
        tables.gaps.gaps(show(wg.gaps, **about)),
        words.scaffolds.scaffold_reliance(show(wg.scaffold_reliance, **about)),
        words.evidence.evidence(show(wg.evidence, **about)),
        words.evidence.judgement_mix(show(wg.judgement_mix, school, term=TERM)),
        words.evidence.moderation(show(wg.moderation, **about)),
        words.send_attendance.missing(show(wg.send_attendance, **about)),
        words.send_behaviour.behaviour(show(wg.send_behaviour, **about)),
    ]
    write_findings(out, (record for sentence in said for record in sentence.findings))
    return out


def page(data: Path, records: Path, edition: str, key: str = "") -> str:
    """Make the plan's page."""
    given = {"data": str(data), "findings": str(records), "term": TERM, "edition": edition}
    ran = execute(str(ROOT / "notebooks" / "development_plan.ipynb"), given)
    return render(ran, Heading(key, TERM, edition))


def send_page(data: Path, edition: str, key: str = "") -> str:
    """Make the page of the SENDCO's report."""
    given = {"data": str(data), "term": TERM, "edition": edition}
    return render(
        execute(str(ROOT / "notebooks" / "send_report.ipynb"), given), Heading(key, TERM, edition)
    )


def pages(html: str) -> int:
    """Print a page and count its sheets of paper."""
    printer = Printer(find_browser())
    try:
        return len(re.findall(rb"/Type\s*/Page\b(?!s)", printer.pdf(html)))
    finally:
        printer.close()


def main(keys: list[str]) -> int:
    """Say how long each is; 1 if one is too long."""
    too_long = False
    with tempfile.TemporaryDirectory() as folder:
        for home in sorted(h for h in SAMPLE.iterdir() if h.name in keys or not keys):
            data = home / "S01.xlsx" if home.name == "S01" else home
            records = findings(data, Path(folder) / f"{home.name}.json")
            for edition in ("staff", "governors"):
                plan = pages(page(data, records, edition, home.name))
                send = pages(send_page(data, edition, home.name))
                sys.stdout.write(f"{home.name} {edition}: plan {plan}, SENDCO's report {send}\n")
                sys.stdout.flush()
                too_long |= max(plan, send) > MOST
    return int(too_long)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
