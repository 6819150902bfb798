"""Small pieces of English that every sentence is made of: plurals, lists, numbers, shares.

Counts in a shared edition have been rounded, and the words must not sound more exact than they are:
`pupils` and `so_many_of` take the `Released` that a figure came in, and say "about" where needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from writinggaps.disclosure import Released, rules
from writinggaps.estimates import Share
from writinggaps.withheld import Withheld


class Ranged(Protocol):
    """Whatever has an estimate and, as a rule, an interval."""

    @property
    def estimate(self) -> float: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


__all__ = [
    "and_list",
    "count_in",
    "count_of",
    "decimal",
    "few",
    "fraction",
    "how_often",
    "inside",
    "months",
    "most_of",
    "numbered",
    "out_of",
    "percent",
    "plain",
    "plural",
    "pupils",
    "ranged",
    "sentence_case",
    "share_of",
    "so_many_of",
    "spelled",
    "to_range",
    "together",
]

_SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

_FRACTIONS = (
    (0.035, "very few"),
    (0.075, "about one in twenty"),
    (0.135, "about one in ten"),
    (0.18, "about one in six"),
    (0.225, "about a fifth"),
    (0.29, "about a quarter"),
    (0.375, "about a third"),
    (0.45, "about two fifths"),
    (0.55, "about half"),
    (0.625, "about three fifths"),
    (0.71, "about two thirds"),
    (0.775, "about three quarters"),
    (0.85, "about four fifths"),
    (0.95, "about nine in ten"),
)

_ENOUGH_FOR_A_FRACTION = 40
"""Below this, counts rounded to 5 say too little for a fraction: 7 of 23 would read "a fifth"."""


def plural(n: float, one: str, many: str = "") -> str:
    """Write a number with its noun.

    Examples
    --------
    >>> plural(1, "pupil"), plural(3, "pupil"), plural(2, "child", "children")
    ('1 pupil', '3 pupils', '2 children')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def spelled(n: int) -> str:
    """Write a small number as a word, as people say it.

    Examples
    --------
    >>> spelled(2), spelled(14)
    ('two', '14')
    """
    return _SPELLED[n] if 0 <= n < len(_SPELLED) else f"{n:,}"


def together(years: Sequence[str]) -> str:
    """Say over which school years something was taken together.

    Examples
    --------
    >>> together(["2024-25", "2025-26"]), together(["2025-26"])
    ('Two years together', 'In 2025-26')
    """
    if len(years) == 1:
        return f"In {years[0]}"
    return f"{sentence_case(spelled(len(years)))} years together"


def and_list(items: Iterable[str]) -> str:
    """Join names as a person would.

    Examples
    --------
    >>> and_list(["4A"]), and_list(["4A", "4B"]), and_list(["4A", "4B", "5C"])
    ('4A', '4A and 4B', '4A, 4B and 5C')
    """
    *first, last = list(items) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def numbered(found: Iterable[str], always: Iterable[str], most: int = 3) -> str:
    """List what was found, filled up with what can always be said, as a numbered list.

    Examples
    --------
    >>> numbered(["Why?"], ["How?", "When?"], most=2).splitlines()
    ['1. Why?', '2. How?']
    """
    chosen = [*found, *always][:most]
    return "\n".join(f"{i}. {said}" for i, said in enumerate(chosen, 1))


def sentence_case(text: str) -> str:
    """Start with a capital and leave the rest alone.

    Examples
    --------
    >>> sentence_case("pupils with an EHCP")
    'Pupils with an EHCP'
    """
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """Start small, within a sentence, and leave the rest alone.

    Examples
    --------
    >>> inside("Sentence control")
    'sentence control'
    """
    return text[:1].lower() + text[1:]


def decimal(value: float, places: int = 0) -> str:
    """Write a number with a true minus sign, and never as minus nought.

    Examples
    --------
    >>> decimal(-0.04, 1), decimal(-2.25, 1), decimal(1234.5)
    ('0.0', '−2.2', '1,234')
    """
    text = f"{value:,.{places}f}"
    if text.lstrip("-").strip("0.,") == "":
        text = text.lstrip("-")
    return text.replace("-", "−")


def to_range(low: float, high: float, places: int = 0) -> str:
    """Write an interval.

    Examples
    --------
    >>> to_range(2, 9), to_range(-3, 4, 1)
    ('2 to 9', '−3.0 to 4.0')
    """
    return f"{decimal(low, places)} to {decimal(high, places)}"


def ranged(found: Ranged, places: int = 0, times: float = 1) -> str:
    """Write an estimate with its interval, where it has one.

    Examples
    --------
    >>> from writinggaps.estimates import share
    >>> ranged(share(12, 23), times=100)
    '52 (33 to 71)'
    """
    estimate = decimal(times * found.estimate, places)
    if found.low is None or found.high is None:
        return estimate
    return f"{estimate} ({to_range(times * found.low, times * found.high, places)})"


def months(progress: str | Withheld) -> str:
    """Say beside an effect to how many months of progress it comes; nothing where not known.

    Examples
    --------
    >>> months("-1"), months("7"), months("0")
    (', as much as 1 month of progress', ', as much as 7 months of progress', '')
    """
    n = 0 if isinstance(progress, Withheld) else abs(int(progress))
    return f", as much as {plural(n, 'month')} of progress" if n else ""


def percent(share: float) -> str:
    """Write a share between 0 and 1 as a whole percentage.

    Examples
    --------
    >>> percent(0.304), percent(0.004), percent(0.996)
    ('30%', 'less than 1%', 'more than 99%')
    """
    said = decimal(100 * share)
    if said == "0" and share > 0:
        return "less than 1%"
    return "more than 99%" if said == "100" and share < 1 else f"{said}%"


def how_often(chance: float, released: Released[Any]) -> str:
    """Say of how many such groups; where the figure is a band, it is the upper end of the band.

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> staff = release(share(7, 23), "staff")
    >>> how_often(0.12, staff), how_often(0, staff)
    ('12% of', 'hardly any')
    """
    if decimal(100 * chance) == "0":
        return "hardly any"
    if released.exact:
        return f"{percent(chance)} of"
    return "many" if chance == 1 else f"at most {percent(chance)} of"


def fraction(share: float) -> str:
    """Say a share between 0 and 1 as people say it.

    Examples
    --------
    >>> fraction(0.34), fraction(0.02), fraction(0.98)
    ('about a third', 'very few', 'nearly all')
    """
    return next((words for top, words in _FRACTIONS if share < top), "nearly all")


def count_of(n: int, released: Released[Any]) -> str:
    """Write a count as exactly as its edition allows.

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> count_of(25, release(share(12, 23), "governors"))
    'about 25'
    >>> few = release(share(2, 23), "governors")
    >>> count_of(few.value.count, few)
    'fewer than 5'
    """
    if released.exact:
        return f"{n:,}"
    hidden = rules(released.edition).hidden_up_to
    return f"fewer than {hidden + 1}" if 0 <= n <= hidden else f"about {n:,}"


def count_in(part: Share, released: Released[Any]) -> str:
    """Write the count of a share by itself; in a shared edition nearly all are not counted.

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> most, some = release(share(22, 23), "governors"), release(share(9, 23), "governors")
    >>> count_in(most.value, most), count_in(some.value, some)
    ('all or nearly all', 'about 10')
    """
    return "all or nearly all" if most_of(part, released) else count_of(part.count, released)


def most_of(part: Share, released: Released[Any]) -> bool:
    """Say whether a shown share stands for "all, or all but fewer than 5"."""
    return not released.exact and part.n - part.count <= rules(released.edition).hidden_up_to


def few(n: int, released: Released[Any]) -> bool:
    """Say whether a shown count stands for "fewer than 5, or none".

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> shared, staff = release(share(2, 23), "governors"), release(share(2, 23), "staff")
    >>> few(shared.value.count, shared), few(staff.value.count, staff)
    (True, False)
    """
    return not released.exact and n <= rules(released.edition).hidden_up_to


def pupils(n: int, released: Released[Any], kind: str = "", noun: str = "pupils") -> str:
    """Write so many pupils, with what sort of pupils they are, or with a noun for them.

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> pupils(23, release(share(12, 23), "staff"), "disadvantaged")
    '23 disadvantaged pupils'
    >>> pupils(23, release(share(12, 23), "staff"), noun="pupils with SEN")
    '23 pupils with SEN'
    """
    noun = "pupil" if n == 1 and released.exact and noun == "pupils" else noun
    return " ".join(part for part in (count_of(n, released), kind, noun) if part)


def so_many_of(part: Share, released: Released[Any], kind: str = "", noun: str = "pupils") -> str:
    """Write a share in children: exactly for staff, roughly for everybody else.

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> exact = release(share(7, 23), "staff")
    >>> so_many_of(exact.value, exact, "disadvantaged")
    '7 of 23 disadvantaged pupils (30%)'
    >>> rounded = release(share(7, 23), "governors")
    >>> so_many_of(rounded.value, rounded, "disadvantaged")
    'about 5 of 25 disadvantaged pupils'
    >>> few, most = release(share(0, 23), "governors"), release(share(21, 23), "governors")
    >>> so_many_of(few.value, few), so_many_of(most.value, most)
    ('none or very few of about 25 pupils', 'all or nearly all of about 25 pupils')
    """
    said = out_of(part, released, f"{kind} {noun}".strip())
    if released.exact:
        return f"{said} ({percent(part.estimate)})" if 0 < part.count < part.n else said
    if part.n < _ENOUGH_FOR_A_FRACTION or few(part.count, released) or most_of(part, released):
        return said
    return f"{said} ({fraction(part.estimate).removeprefix('about ')})"


def out_of(part: Share, released: Released[Any], whom: str = "") -> str:
    """Write so many of so many, without a percentage, as a table wants it.

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> for edition in ("staff", "governors"):
    ...     for count in (0, 12, 23):
    ...         print(out_of((seen := release(share(count, 23), edition)).value, seen))
    0 of 23
    12 of 23
    23 of 23
    none or very few of about 25
    about 10 of 25
    all or nearly all of about 25
    """
    whole = f"{part.n:,} {whom}".strip()
    if released.exact:
        whole = whole.replace("pupils", "pupil", 1) if part.n == 1 else whole
        if whom and part.n > 1 and part.count in (0, part.n):
            return f"all {whole}" if part.count else f"none of {whole}"
        return f"{part.count:,} of {whole}"
    if few(part.count, released):
        return f"none or very few of about {whole}"
    if most_of(part, released):
        return f"all or nearly all of about {whole}"
    return f"about {part.count:,} of {whole}"


def share_of(part: Share, released: Released[Any]) -> str:
    """Write a share without its group: as a percentage for staff, roughly for everybody else.

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> for count in (1, 21, 60):
    ...     print(share_of((seen := release(share(count, 60), "governors")).value, seen))
    none or very few
    about a third
    all or nearly all
    """
    if released.exact:
        return percent(part.estimate)
    if few(part.count, released):
        return "none or very few"
    return "all or nearly all" if most_of(part, released) else fraction(part.estimate)


def plain(text: str) -> str:
    """Make text that comes from data harmless in Markdown and HTML.

    Examples
    --------
    >>> plain("<b>4A</b>")
    '&lt;b&gt;4A&lt;/b&gt;'
    """
    text = re.sub(r"([\\`*_{}\[\]()#+!|~$])", r"\\\1", " ".join(str(text).split()))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
