"""Drawings, by topic: `figures.gaps.gaps(released)`."""

from writinggaps.report.figures import (
    area,
    errors,
    evaluation,
    evidence,
    gaps,
    published,
    scaffolds,
    security,
    send_attendance,
    send_context,
    trust,
    withdrawal,
)

__all__ = [
    "area",
    "errors",
    "evaluation",
    "evidence",
    "gaps",
    "published",
    "scaffolds",
    "security",
    "send_attendance",
    "send_context",
    "trust",
    "withdrawal",
]
