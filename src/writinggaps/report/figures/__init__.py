"""Drawings, by topic: `figures.gaps.gaps(released)`."""

from writinggaps.report.figures import (
    area,
    errors,
    evidence,
    gaps,
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
    "evidence",
    "gaps",
    "scaffolds",
    "security",
    "send_attendance",
    "send_context",
    "trust",
    "withdrawal",
]
