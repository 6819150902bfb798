"""Drawings, by topic: `figures.gaps.gaps(released)`."""

from writinggaps.report.figures import area, errors, evidence, gaps, scaffolds, security, withdrawal

__all__ = ["area", "errors", "evidence", "gaps", "scaffolds", "security", "withdrawal"]
