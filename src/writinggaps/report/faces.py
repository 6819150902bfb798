"""The three faces of a result: a sentence, a table, a figure.

A face is made from a `Released` result and computes nothing. In a notebook each face shows itself
by its HTML (or Markdown) and carries a machine-readable block beside it, so that the page, the
workbook and the findings of one run come from one execution.
"""

from __future__ import annotations

from collections.abc import Callable
from csv import writer
from dataclasses import asdict, dataclass, fields, replace
from functools import wraps
from html import escape
from io import StringIO
from typing import Any, Concatenate, ParamSpec, TypeVar

from writinggaps.disclosure import Released
from writinggaps.findings import MIME, Finding, unmarked
from writinggaps.problems import BadArgument
from writinggaps.withheld import SYMBOLS, Withheld

__all__ = ["MATCHED", "Figure", "Prose", "Table", "finding", "sentence", "shown"]

MATCHED = "Pupils who came since figures were last published are not counted in this."
"""Told where a figure is put on the pupils of one that was released."""

_SIGNS = "%#\"'&<>\r\n\t\\"
_WORDS = {symbol: words.partition(",")[0] for symbol, words in SYMBOLS.items()}
"""A reader is told in words why a figure is missing."""
_MANY_COLUMNS = 7
"""With more, a table is set in smaller letters, so that no column is cut on paper."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

P = ParamSpec("P")
T = TypeVar("T")
F = TypeVar("F", "Table", "Figure")


class Prose(str):
    """A sentence that shows itself as Markdown in a notebook and is a plain string in a test.

    Examples
    --------
    >>> Prose("12 of 23 pupils.") == "12 of 23 pupils."
    True
    """

    __slots__ = ("findings",)

    findings: tuple[Finding, ...]

    def __new__(cls, text: str, findings: tuple[Finding, ...] = ()) -> Prose:
        """Make a sentence, with the records of what it says."""
        made = super().__new__(cls, text)
        made.findings = findings
        return made

    def _repr_markdown_(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return {
            "text/markdown": str(self),
            "text/plain": str(self),
            MIME: {"kind": "prose", "text": str(self), "findings": _records(self.findings)},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows for people, with the words that a table needs to stand alone.

    Parameters
    ----------
    caption : str
        What the table shows, of whom, when; required and not empty.
    columns : tuple of str
        Column headings; the first column names the row.
    rows : tuple of tuple of str
        Cells as text, formatted for reading.
    note : str, optional
        How to read it, or what is not shown and why.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        _must_say(self.caption, "A table", "a caption")
        for heading in self.columns:
            _must_say(heading, f"A column of the table '{self.caption}'", "a heading")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise BadArgument(
                f"A row of the table '{self.caption}' is not as long as its headings",
                f"{len(self.columns)} cells",
            )

    @property
    def shown(self) -> tuple[tuple[str, ...], ...]:
        """The headings and the rows as a reader meets them, with no bare symbol."""
        heads = tuple(f"{c[0].upper()}{c[1:]}" for c in self.columns)
        told = ((row[0], *(_WORDS.get(cell, cell) for cell in row[1:])) for row in self.rows)
        return heads, *told

    @property
    def csv(self) -> str:
        """The table as CSV; no cell begins as a formula would."""
        out = StringIO(newline="")
        safe = ([f"'{c}" if c[:1] in _FORMULA else c for c in row] for row in self.shown)
        writer(out, lineterminator="\r\n").writerows(safe)
        return out.getvalue()

    def _repr_html_(self) -> str:
        columns, *rows = self.shown
        heads = "".join(f'<th scope="col">{escape(c)}</th>' for c in columns)
        body = "".join(
            f'<tr><th scope="row">{escape(row[0])}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
            + "</tr>"
            for row in rows
        )
        note = f'<p class="note">{escape(self.note)}</p>' if self.note else ""
        wide = " wide" * (len(columns) > _MANY_COLUMNS)
        return (
            f'<div class="table{wide}" role="group" tabindex="0" '
            f'aria-label="{escape(self.caption)}">'
            f"<table><caption>{escape(self.caption)}</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>{note}"
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        block = {"kind": "table", "caption": self.caption, "note": self.note}
        columns, *rows = self.shown
        block |= {"columns": columns, "rows": rows}  # type: ignore[dict-item]
        block["findings"] = _records(self.findings)  # type: ignore[assignment]
        plain = "\n".join("\t".join(row) for row in self.shown)
        return {
            "text/html": self._repr_html_(),
            "text/plain": f"{self.caption}\n{plain}",
            MIME: block,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart with the words it needs: what it shows, what was measured, and what one would see.

    Parameters
    ----------
    title : str
        The finding, as a headline.
    subtitle : str
        What was measured, on whom, when.
    alt : str
        What a person who cannot see the chart needs to know, with its main figure.
    svg : str
        The drawing.
    data : Table
        The figures behind the drawing.
    """

    title: str
    subtitle: str
    alt: str
    svg: str
    data: Table

    def __post_init__(self) -> None:
        _must_say(self.title, "A figure", "a title")
        _must_say(self.subtitle, f"The figure '{self.title}'", "a subtitle")
        _must_say(self.alt, f"The figure '{self.title}'", "alt text")

    def _repr_html_(self) -> str:
        return (
            f"<figure><figcaption><strong>{escape(self.title)}</strong>"
            f"<span>{escape(self.subtitle)}</span></figcaption>"
            f'<div role="img" aria-label="{escape(self.alt)}">{self.svg}</div>'
            f"<details><summary>The figures behind this chart</summary>"
            f'{self.data._repr_html_()}<p class="csv"><a download="figures.csv" '
            f'href="data:text/csv;charset=utf-8,{_in_link(self.data.csv)}">'
            f"Save these figures for a spreadsheet (CSV)</a></p></details></figure>"
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        block = {"kind": "figure", "title": self.title, "subtitle": self.subtitle, "alt": self.alt}
        columns, *rows = self.data.shown
        block |= {"columns": columns, "rows": rows}  # type: ignore[dict-item]
        block |= {"caption": self.data.caption, "note": self.data.note}
        block["findings"] = _records(self.data.findings)  # type: ignore[assignment]
        return {
            "text/html": self._repr_html_(),
            "text/plain": f"{self.title}\n{self.alt}",
            MIME: block,
        }


def sentence(
    write: Callable[Concatenate[T, Released[T], P], str],
) -> Callable[Concatenate[Released[T], P], Prose]:
    """Turn a function that writes about a result into one that takes it released.

    The function is given the value and, for wording that depends on the edition, the `Released` it
    came in. Where the value is `Withheld`, the reason is the sentence. A function that returns
    `Prose` adds its records to that of the result.
    """
    question = write.__name__.replace("_", " ")

    @wraps(write)
    def face(released: Released[T], /, *args: P.args, **kwargs: P.kwargs) -> Prose:
        value = _opened(released)
        text = (
            f"This cannot be said. {value.why}"
            if isinstance(value, Withheld)
            else write(value, released, *args, **kwargs)
        )
        records = getattr(text, "findings", ())
        text = f"{text} {MATCHED}" if text and released.matched else text
        found = (finding(released, sentence=text, question=question), *records)
        if released.matched:  # a trust's page would tell these of all the pupils
            found = tuple(replace(f, status="matched") for f in found)
        return Prose(text, found)

    return face


def finding(released: Released[Any], *, sentence: str, question: str = "", **facts: Any) -> Finding:
    """Record a released result with the sentence that says it.

    Attributes of the result that have the name of a record's field (`estimate`, `low`, `group`,
    `period`, ...) are taken over; `facts` override them.

    Examples
    --------
    >>> from writinggaps.disclosure import release
    >>> from writinggaps.estimates import share
    >>> finding(release(share(12, 23), "staff"), sentence="12 of 23 pupils.").n
    23
    """
    value = released.value
    if isinstance(value, Withheld):
        given = {"status": "withheld", "reason": value.reason}
    else:
        names = [f.name for f in fields(Finding) if f.name not in ("question", "sentence")]
        taken: dict[str, Any] = {n: getattr(value, n) for n in names if hasattr(value, n)}
        given = {name: said for name, said in taken.items() if not isinstance(said, tuple)}
        given.setdefault("measure", type(value).__name__.lower())
    return Finding(**{**given, "question": question, "sentence": unmarked(sentence), **facts})


def shown(
    make: Callable[Concatenate[T, Released[T], P], F | Prose],
) -> Callable[Concatenate[Released[T], P], F | Prose]:
    """Turn a function that lays out a table or draws a figure into one that takes it released.

    Where the value is `Withheld` nothing is shown: its sentence has said why.
    """

    @wraps(make)
    def face(released: Released[T], /, *args: P.args, **kwargs: P.kwargs) -> F | Prose:
        value = _opened(released)
        if isinstance(value, Withheld):
            return Prose("")
        made = make(value, released, *args, **kwargs)
        if released.matched and isinstance(made, Table):
            return replace(made, note=f"{made.note} {MATCHED}".strip())
        return made

    return face


def _opened(released: Released[T]) -> T | Withheld:
    if not isinstance(released, Released):
        raise BadArgument(
            f"A face was given an exact {type(released).__name__}",
            "faces take only what disclosure has released",
            remedy="Call show(measure, ...) or release(result, edition) first.",
        )
    return released.value


def _must_say(words: str, what: str, needed: str) -> None:
    if not words.strip():
        raise BadArgument(f"{what} was made without {needed}", f"{needed}, in words")


def _in_link(text: str) -> str:
    """Write text into a link, with only those signs in code that would end or change it."""
    return "".join(f"%{ord(c):02X}" if c in _SIGNS else c for c in text)


def _records(found: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [asdict(f) for f in found]
