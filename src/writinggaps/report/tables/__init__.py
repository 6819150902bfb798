"""Tables, by topic: `tables.gaps.gaps(released)`."""

from writinggaps.report.tables import (
    area,
    attainment,
    checks,
    errors,
    evaluation,
    evidence,
    gaps,
    method,
    published,
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
    "evaluation",
    "evidence",
    "gaps",
    "method",
    "published",
    "scaffolds",
    "security",
    "send_attendance",
    "send_context",
    "send_outcomes",
    "trust",
    "withdrawal",
]
