"""Write checks.md, the list of everything that reading may find, from the program's own rules.

python docs/exports/make_checks.py
"""

from __future__ import annotations

from pathlib import Path

from writinggaps.readers.reading import rules

INTRO = """\
# What is checked

This page is made from the program's own rules by `docs/exports/make_checks.py`. `writinggaps check
SOURCE` finds all of it in one pass, with file, sheet, row as Excel shows it, and column. An *error
that stops* holds the school until it is mended; after any other *error* the cell is read as blank,
or the row set aside, and the rest goes on; a *warning* is used as it is, but look at it; a *note*
says how something was read.

"""


def page() -> str:
    """Give the page as text."""
    lines = ["| severity | what is said | what to do |", "| --- | --- | --- |"]
    order = {"error": 1, "warning": 2, "note": 3}
    told = sorted(rules().values(), key=lambda rule: (not rule.stops, order[rule.severity]))
    for rule in told:
        severity = "error that stops" if rule.stops else rule.severity
        said = (rule.many or rule.one).replace("|", "/")
        lines.append(f"| {severity} | {said} | {rule.remedy} |")
    return INTRO + "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("checks.md").write_text(page(), encoding="utf-8")
