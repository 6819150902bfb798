"""Standards: what is expected of writing, and the thresholds behind every statement, as data.

Nothing about writing is in the code. The defaults in `defaults/standards.toml` and
`defaults/bands.toml` name blocks of knowledge, the statements within them, the measures a school
judges by, and the rules by which evidence counts; each part says who set it. A trust's own file is
merged over them key by key, so it holds only what differs:

    [secure]
    independent_pieces = 3

A key that nobody knows is an error, because a misspelt threshold that is quietly ignored would be a
report on somebody else's standards.
"""

from __future__ import annotations

from writinggaps.standards.loading import bands, load_standards
from writinggaps.standards.rules import (
    Coverage,
    Evaluation,
    Evidence,
    Gap,
    Habitual,
    Influence,
    Judging,
    Plan,
    Retained,
    Scaffold,
    Secure,
    Send,
    Stopped,
    Surveys,
    Trust,
    Withdrawal,
)
from writinggaps.standards.shape import Bands, Block, Measure, Standards, Start, Statement

__all__ = [
    "Bands",
    "Block",
    "Coverage",
    "Evaluation",
    "Evidence",
    "Gap",
    "Habitual",
    "Influence",
    "Judging",
    "Measure",
    "Plan",
    "Retained",
    "Scaffold",
    "Secure",
    "Send",
    "Standards",
    "Start",
    "Statement",
    "Stopped",
    "Surveys",
    "Trust",
    "Withdrawal",
    "bands",
    "load_standards",
]
