"""School terms and school years: written `2025-26-autumn` and `2025-26`, read in any spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from writinggaps.problems import BadArgument

__all__ = ["PARTS", "Term", "term_text", "year_text"]

PARTS = ("autumn", "spring", "summer")

_STARTS = {"autumn": (9, 1), "spring": (1, 1), "summer": (4, 15)}
_CLOSES = {"autumn": (12, 10), "spring": (3, 15), "summer": (7, 10)}
_ENDS = {"autumn": (12, 31), "spring": (4, 14), "summer": (8, 31)}
_PAIR = re.compile(r"(?<!\d)(20\d{2})\s*[-/_–—]?\s*(20)?(\d{2})(?!\d)")
_SHORT_PAIR = re.compile(r"(?<!\d)(\d{2})\s*[-/–—]\s*(\d{2})(?!\d)")
_SINGLE = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_PART = re.compile(r"\b(aut(?:umn)?|spr(?:ing)?|sum(?:mer)?)(?:[ _-]?(?:term)?[ _-]?[12])?\b")


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One term of one school year; terms sort by time.

    Parameters
    ----------
    starts_in : int
        The calendar year in which the school year begins: 2025 for 2025-26.
    part : int
        0 autumn, 1 spring, 2 summer.

    Examples
    --------
    >>> Term.parse("2025-26-autumn") < Term.parse("2025-26-spring")
    True
    >>> str(Term.parse("2025-26-autumn").back(1))
    '2024-25-summer'
    """

    starts_in: int
    part: int

    @classmethod
    def parse(cls, text: str) -> Term:
        """Read a term such as `2025-26-autumn`.

        Raises
        ------
        BadArgument
            If the text is not a term.
        """
        match = re.fullmatch(r"(\d{4})-(\d{2})-(autumn|spring|summer)", text.strip().lower())
        if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
            raise BadArgument(
                f"The term is written '{text}'", "a term is written like 2025-26-autumn"
            )
        return cls(int(match[1]), PARTS.index(match[3]))

    @classmethod
    def of(cls, day: date) -> Term:
        """Give the term in which a day falls; spring runs to 14 April.

        Examples
        --------
        >>> str(Term.of(date(2026, 3, 2)))
        '2025-26-spring'
        """
        starts_in = day.year if day.month >= 9 else day.year - 1
        for part in range(3):
            term = cls(starts_in, part)
            if term.start <= day <= term.end:
                return term
        raise AssertionError(day)  # pragma: no cover - the three parts cover the year

    @property
    def year(self) -> str:
        """The school year: `2025-26`."""
        return f"{self.starts_in}-{(self.starts_in + 1) % 100:02d}"

    @property
    def year_ending(self) -> int:
        """The calendar year in which the school year ends: 2026 for 2025-26."""
        return self.starts_in + 1

    @property
    def spoken(self) -> str:
        """The term as people say it.

        Examples
        --------
        >>> Term.parse("2025-26-spring").spoken
        'spring 2026'
        """
        return f"{PARTS[self.part]} {self.starts_in + (self.part > 0)}"

    @property
    def start(self) -> date:
        """First day of the term, by the calendar rather than the school's own dates."""
        return self._day(_STARTS)

    @property
    def end(self) -> date:
        """Last day of the term, holidays after it included."""
        return self._day(_ENDS)

    @property
    def closes(self) -> date:
        """The day by which teaching is nearly over: who leaves after it was taught all term.

        Examples
        --------
        >>> Term.parse("2025-26-summer").closes
        datetime.date(2026, 7, 10)
        """
        return self._day(_CLOSES)

    def back(self, terms: int) -> Term:
        """Give the term so many terms earlier."""
        count = self.starts_in * 3 + self.part - terms
        return Term(count // 3, count % 3)

    def _day(self, days: dict[str, tuple[int, int]]) -> date:
        month, day = days[PARTS[self.part]]
        return date(self.starts_in + (0 if self.part == 0 else 1), month, day)

    def __str__(self) -> str:
        return f"{self.year}-{PARTS[self.part]}"


def year_text(text: str, *, single: str = "") -> str | None:
    """Read a school year in any spelling.

    Parameters
    ----------
    text : str
        Such as `2024/25`, `202425`, `2024-2025` or `24/25`.
    single : str, optional
        What a single year such as `2025` means: `end` (as in assessment data), `start` (as in the
        header of a common transfer file), or empty where it means nothing.

    Returns
    -------
    str or None
        As `2024-25`; None where it is not a school year.

    Examples
    --------
    >>> year_text("2024/2025"), year_text("202425"), year_text("2025", single="end")
    ('2024-25', '2024-25', '2024-25')
    """
    match = _PAIR.search(text)
    if match is not None:
        return _year(int(match[1]), int(match[3]))
    match = _SHORT_PAIR.search(text)
    if match is not None:
        return _year(2000 + int(match[1]), int(match[2]))
    match = _SINGLE.search(text) if single else None
    if match is None:
        return None
    start = int(match[1]) - (single == "end")
    return _year(start, (start + 1) % 100)


def term_text(text: str) -> str | None:
    """Read a term in any spelling; half terms give their term.

    Examples
    --------
    >>> term_text("Autumn 2 2025/26"), term_text("Spr 2026"), term_text("summer")
    ('2025-26-autumn', '2025-26-spring', None)
    """
    low = text.casefold()
    found = _PART.search(low.replace("-", " ").replace("_", " "))
    if found is None:
        return None
    part = next(p for p in PARTS if p.startswith(found[1][:3]))
    year = year_text(low, single="start" if part == "autumn" else "end")
    return f"{year}-{part}" if year else None


def _year(start: int, end: int) -> str | None:
    return f"{start}-{end:02d}" if (start + 1) % 100 == end else None
