"""A school's own logo and colour on its pages, and no colour that somebody could not read.

A colour that is too pale for white paper is darkened until text in it can be read, and made paler
for dark screens in the same way: WCAG 2.2 asks for a contrast of 4.5 to 1.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path

__all__ = ["accent_style", "contrast", "logo_source"]

_ENOUGH = 4.5
_PAPERS = {"light": "#f3f6f8", "dark": "#1b242c"}
"""The tinted grounds that text in the accent stands on, by `style.css`."""
_KINDS = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".svg": "svg+xml", ".gif": "gif"}
_MOST_BYTES = 60_000


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours such as `#12436d`, between 1 and 21.

    Examples
    --------
    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def accent_style(accent: str) -> str:
    """Give the style that colours a page; empty for what is no colour.

    Examples
    --------
    >>> accent_style("#12436d")[:23]
    ':root{--accent:#12436d}'
    >>> accent_style("url(x)")
    ''
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        return ""
    light, dark = _readable(accent, "light", 0), _readable(accent, "dark", 255)
    return (
        f":root{{--accent:{light}}}@media screen and (prefers-color-scheme:dark)"
        f"{{:root{{--accent:{dark}}}}}"
    )


def logo_source(data: str, logo: str) -> str:
    """Give a logo as the source of a picture; empty where there is none that can be shown.

    Parameters
    ----------
    data : str
        The school's folder or workbook; the file must lie in that folder.
    logo : str
        The name of the file, as in `school.toml`.
    """
    place = Path(data)
    folder = (place if place.is_dir() else place.parent).resolve()
    file = (folder / logo).resolve()
    kind = _KINDS.get(file.suffix.lower())
    if not logo or kind is None or not file.is_relative_to(folder) or not file.is_file():
        return ""
    if file.stat().st_size > _MOST_BYTES:
        return ""
    return f"data:image/{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def _readable(colour: str, paper: str, towards: int) -> str:
    """Mix a colour with black or white until it can be read on a paper."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    mixes = (
        "#" + "".join(f"{round(part + (towards - part) * step / 20):02x}" for part in parts)
        for step in range(21)
    )
    return next(mix for mix in mixes if contrast(mix, _PAPERS[paper]) >= _ENOUGH)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
