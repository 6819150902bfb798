"""CSV and other text files: any encoding, any delimiter, every row accounted for."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from writinggaps.readers.reading import Log, Place
from writinggaps.readers.sheets import Cells, Sheet

__all__ = ["decode", "read_delimited"]

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
_UNREAD = "\ufffd"


def read_delimited(data: bytes, place: Place, log: Log) -> Sheet | None:
    """Read a text file into a sheet; None where nothing can be read, the log saying why."""
    if not data.strip(b"\x00\t\r\n ,;"):
        log.add("empty", place)
        return None
    if data.startswith(b"PAR1"):
        log.add("parquet", place)
        return None
    text, encoding = decode(data)
    if not text.strip():
        log.add("empty", place)
        return None
    if encoding:
        log.add("encoding", place, encoding=encoding)
    if "\r" in text and text.count("\r") > text.count("\r\n"):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    cut = not text.endswith("\n")
    delimiter = _delimiter(text)
    if delimiter != ",":
        log.add("delimiter", place, delimiter=_DELIMITERS[delimiter])
    signs = text.encode("utf-8", errors="replace")
    widths = _widths(signs if not cut else signs + b"\n", delimiter)
    columns = _quick(signs, delimiter, widths) if len(widths) else None
    if columns is None:
        records, broken = _records(text, delimiter)
        if broken:
            log.add("unclosed_quote", place, rows=[broken])
            return None
        widths = np.array([len(record) for record in records], dtype=np.intp)
        columns = _columns(records)
    return Sheet(place=place, columns=columns, widths=widths, cut=cut)


def decode(data: bytes) -> tuple[str, str]:
    """Turn bytes into text; also say the encoding, empty where it is UTF-8.

    Examples
    --------
    >>> decode("née".encode("cp1252")), decode(b"abc")
    (('née', 'Windows text (cp1252)'), ('abc', ''))
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "UTF-16"
    sample = data[:2000]
    for order, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(zeros) > 8 and zeros.count(0) > 0.7 * len(zeros):
            return data.decode(order, errors="replace"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    loose = data.decode("utf-8-sig", errors="replace")
    accents = sum(sign > "\x7f" and sign != _UNREAD for sign in loose)
    if accents > loose.count(_UNREAD) or (loose.count(_UNREAD) == 1 and loose.endswith(_UNREAD)):
        return loose, ""
    return data.decode("cp1252", errors="replace"), "Windows text (cp1252)"


def _delimiter(text: str) -> str:
    lines = [line for line in text[:20_000].split("\n")[:30] if line.strip()]
    lines = lines or [""]
    counts = {d: sorted(line.count(d) for line in lines) for d in _DELIMITERS}
    return max(_DELIMITERS, key=lambda d: (counts[d][len(lines) // 2], sum(counts[d])))


def _widths(data: bytes, delimiter: str) -> NDArray[np.intp]:
    """Count the fields of each record; nothing where quotation marks do not come in pairs."""
    signs = np.frombuffer(data, dtype=np.uint8)
    counted = (signs == ord(delimiter)) | (signs == ord("\n"))
    if b'"' in data:
        quoted = np.bitwise_and(np.cumsum(signs == ord('"')), 1).astype(bool)
        if quoted[-1]:
            return np.array([], dtype=np.intp)
        counted &= ~quoted
    ends = np.flatnonzero(signs[np.flatnonzero(counted)] == ord("\n"))
    return np.diff(ends, prepend=-1)


def _quick(data: bytes, delimiter: str, widths: NDArray[np.intp]) -> list[Cells] | None:
    """Read by pandas' parser; None where it sees other rows than were counted."""
    most = int(widths.max())
    if most > 4 * int(np.median(widths)) + 50:
        return None
    try:
        frame = pd.read_csv(
            io.BytesIO(data),
            sep=delimiter,
            header=None,
            names=range(most),
            index_col=False,
            dtype=object,
            keep_default_na=False,
            skip_blank_lines=False,
            low_memory=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        return None
    if len(frame) != len(widths):
        return None
    return [Cells.of(frame[column].to_numpy()) for column in frame]


def _records(text: str, delimiter: str) -> tuple[list[list[str]], int]:
    """Read record by record; also give the row in which a quotation mark stays open, or 0."""
    records: list[list[str]] = []
    for strict in (True, False):
        records.clear()
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
        try:
            records.extend(record or [""] for record in lines)
        except csv.Error as why:
            if not strict or "unexpected end" in str(why) or "field larger" in str(why):
                return [], len(records) + 1
        else:
            break
    return records, 0


def _columns(records: list[list[str]]) -> list[Cells]:
    most = max(map(len, records))
    padded = [record + [""] * (most - len(record)) for record in records]
    return [Cells.of(column) for column in zip(*padded, strict=True)]
