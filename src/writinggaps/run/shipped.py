"""Where the notebooks and the sample trust are: in the wheel, or beside `src` in a checkout."""

from __future__ import annotations

from pathlib import Path

from writinggaps.problems import Unreadable

__all__ = ["shipped"]

_PACKAGE = Path(__file__).parents[1]
_PLACES = {"notebooks": ("notebooks",), "sample": ("data", "sample")}


def shipped(what: str) -> Path:
    """Give the folder of what comes with the library: `notebooks` or `sample`.

    Raises
    ------
    Unreadable
        If the installation lacks it.

    Examples
    --------
    >>> shipped("notebooks").name
    'notebooks'
    """
    checkout = _PACKAGE.parents[1].joinpath(*_PLACES[what])
    for place in (_PACKAGE / "shipped" / what, checkout):
        if place.is_dir():
            return place
    raise Unreadable(
        f"The {what} that come with writinggaps are not there",
        f"{checkout} or {_PACKAGE / 'shipped' / what}",
        remedy="Install writinggaps again.",
    )
