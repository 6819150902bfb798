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
from writinggaps.standards.rules import Evaluation, Gap, Send, Trust
from writinggaps.standards.shape import Bands, Measure, Standards, Start

__all__ = [
    "Bands",
    "Evaluation",
    "Gap",
    "Measure",
    "Send",
    "Standards",
    "Start",
    "Trust",
    "bands",
    "load_standards",
]
