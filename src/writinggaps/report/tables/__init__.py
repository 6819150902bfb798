"""Tables, by topic: `tables.gaps.gaps(released)`."""

from writinggaps.report.tables import (
    area,
    attainment,
    checks,
    errors,
    evidence,
    gaps,
    method,
    scaffolds,
    security,
    send_attendance,
    send_context,
    send_outcomes,
    trust,
    withdrawal,
)

__all__ = [
    "area",
    "attainment",
    "checks",
    "errors",
    "evidence",
    "gaps",
    "method",
    "scaffolds",
    "security",
    "send_attendance",
    "send_context",
    "send_outcomes",
    "trust",
    "withdrawal",
]
