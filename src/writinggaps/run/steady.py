"""Make processes behave alike wherever and whenever they run."""

from __future__ import annotations

import os
import sys

__all__ = ["steady"]

_STEADY = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


def steady() -> None:
    """Settle hash seed, time zone, locale and threads for this process's children.

    Also keeps `jsonschema` from importing `rfc3987_syntax`, which takes seconds to compile grammars
    that notebooks do not need; it comes with JupyterLab.
    """
    os.environ.update(_STEADY)
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
