"""From counts to an index: priors, posteriors, scores, and seeded draws of what is not known."""

from __future__ import annotations

from writinggaps.estimates.index.draws import Drawn, draw
from writinggaps.estimates.index.scores import (
    Choices,
    Component,
    Facts,
    Scale,
    Scores,
    prior_size,
    scores,
    spread_of,
    without,
)

__all__ = [
    "Choices",
    "Component",
    "Drawn",
    "Facts",
    "Scale",
    "Scores",
    "draw",
    "prior_size",
    "scores",
    "spread_of",
    "without",
]
