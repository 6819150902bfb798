"""Did a scheme work: in a school, in a trial, and in what has been published."""

from writinggaps.measures.evaluation.published import gap_reductions, published
from writinggaps.measures.evaluation.schemes import schemes
from writinggaps.measures.evaluation.trial import trial

__all__ = ["gap_reductions", "published", "schemes", "trial"]
