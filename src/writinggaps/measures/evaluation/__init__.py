"""Did a scheme work: in a school, in a trial, and in what has been published."""

from __future__ import annotations

from writinggaps.measures.evaluation.published import (
    GapReductions,
    PublishedStudies,
    gap_reductions,
    published,
)
from writinggaps.measures.evaluation.results import Scheme, Schemes
from writinggaps.measures.evaluation.schemes import schemes
from writinggaps.measures.evaluation.trial import Trial, trial

__all__ = [
    "GapReductions",
    "PublishedStudies",
    "Scheme",
    "Schemes",
    "Trial",
    "gap_reductions",
    "published",
    "schemes",
    "trial",
]
