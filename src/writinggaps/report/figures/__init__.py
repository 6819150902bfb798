"""Drawings, by topic: `figures.gaps.gaps(released)`."""

from writinggaps.report.figures import (
    area,
    evaluation,
    evidence,
    gaps,
    inclusion,
    parents,
    published,
    scaffolds,
    security,
    send_attendance,
    trust,
)

__all__ = [
    "area",
    "evaluation",
    "evidence",
    "gaps",
    "inclusion",
    "parents",
    "published",
    "scaffolds",
    "security",
    "send_attendance",
    "trust",
]
