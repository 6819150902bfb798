"""Results as records: what a report said, kept so that it can be read again by a program.

A finding leaves a notebook in an output MIME block beside its sentence, and the runner collects
it. Exact findings are private; released ones stand beside each shared report.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writinggaps.withheld import Withheld

if TYPE_CHECKING:
    from collections.abc import Iterable

    from writinggaps.estimates import Share

__all__ = ["MIME", "Finding", "read_findings", "share_finding", "unmarked", "write_findings"]

MIME = "application/vnd.writinggaps+json"
"""The output block in which faces carry their records: `{"kind": ..., "findings": [...], ...}`."""

_OF_A_SHARE = ("estimate", "low", "high", "level", "unit", "n", "method")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One result as a record.

    Parameters
    ----------
    question, sentence : str
        What was asked and the sentence that answered it, as plain text.
    measure, group, period, unit, method, source : str
        What was measured, of whom, when, in what, how, and where figures came from.
    estimate, low, high, level : float or None
        The figure and its interval; None where the result has no single figure.
    n : int or None
        Pupils behind it.
    status : str
        `given`, `withheld`, or `matched` where a few pupils are left out who came since figures
        were last published.
    reason : str
        Why it was withheld.
    verdict : str
        The rung of the ladder, where a change was judged.
    school, school_name, report : str
        Where it was said: filled in by the runner when it puts reports' records together.
    """

    question: str = ""
    measure: str = ""
    group: str = ""
    period: str = ""
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    unit: str = ""
    n: int | None = None
    method: str = ""
    status: str = "given"
    reason: str = ""
    sentence: str = ""
    source: str = ""
    verdict: str = ""
    school: str = ""
    school_name: str = ""
    report: str = ""


def unmarked(text: str) -> str:
    r"""Take the Markdown off a sentence, so that it reads as a page shows it.

    Examples
    --------
    >>> unmarked(r"- The gap **is closing** in 4B \(Year 4\), &lt; 2 points.")
    'The gap is closing in 4B (Year 4), < 2 points.'
    """
    text = re.sub(r"(?m)^(- |> |#+ )", "", text)
    return unescape(re.sub(r"\\(.)|\*+", lambda found: found[1] or "", text))


def share_finding(share: Share | Withheld, **facts: Any) -> Finding:
    """Record one share of a result that has many, with what it is a share of.

    Examples
    --------
    >>> from writinggaps.estimates import share
    >>> share_finding(share(12, 23), group="Year 4").n
    23
    """
    if isinstance(share, Withheld):
        return Finding(status="withheld", reason=share.reason, **facts)
    return Finding(**{name: getattr(share, name) for name in _OF_A_SHARE}, **facts)


def write_findings(path: Path, found: Iterable[Finding]) -> None:
    """Write findings as JSON, one record a line of the list, ready to compare."""
    rows = ",\n".join(json.dumps(asdict(f), ensure_ascii=False) for f in found)
    path.write_text(f"[\n{rows}\n]\n", encoding="utf-8")


def read_findings(path: str | Path) -> list[Finding]:
    """Read findings that `write_findings` wrote, or that the runner put together."""
    return [Finding(**row) for row in json.loads(Path(path).read_text(encoding="utf-8"))]
