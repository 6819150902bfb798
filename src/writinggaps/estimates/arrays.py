"""What arrays are called where functions say what they take: the docstrings tell their shapes."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "Mask", "Matrix", "Vector"]

Array: TypeAlias = NDArray[np.floating[Any]]
"""Numbers, along any number of axes."""
Vector: TypeAlias = Array
"""Numbers, one after another."""
Matrix: TypeAlias = Array
"""Numbers in rows and columns."""
Mask: TypeAlias = NDArray[np.bool_]
"""Yes or no, one after another."""
