"""What has been secured, by whom, and what to teach next.

Two layers are kept apart. `earlier years`: what pupils should have kept from the years before
theirs. `this year`: what is expected by the end of their own year group. What teachers move on to
is in the second layer or in none, so teaching something harder never lowers the first.
"""

from __future__ import annotations

from writinggaps.measures.security.blocks import (
    BlockSecurity,
    SecureFit,
    Security,
    fit,
    security,
)
from writinggaps.measures.security.pupils import LAYERS, pupil_security
from writinggaps.measures.security.statements import (
    Coverage,
    CoverageRow,
    LeastSecure,
    Next,
    NextRow,
    StatementRow,
    best_next,
    coverage,
    least_secure,
)

__all__ = [
    "LAYERS",
    "BlockSecurity",
    "Coverage",
    "CoverageRow",
    "LeastSecure",
    "Next",
    "NextRow",
    "SecureFit",
    "Security",
    "StatementRow",
    "best_next",
    "coverage",
    "fit",
    "least_secure",
    "pupil_security",
    "security",
]
