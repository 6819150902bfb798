"""Sentences, by topic: `words.gaps.gap_history(released)`."""

from writinggaps.report.words import (
    area,
    attainment,
    brief,
    checks,
    errors,
    evidence,
    gap_change,
    gaps,
    official,
    questions,
    scaffolds,
    security,
    withdrawal,
)

__all__ = [
    "area",
    "attainment",
    "brief",
    "checks",
    "errors",
    "evidence",
    "gap_change",
    "gaps",
    "official",
    "questions",
    "scaffolds",
    "security",
    "withdrawal",
]
