"""A school: what is known about it, and its checked tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from writinggaps.problems import NoRecords
from writinggaps.readers.reading import Reading

__all__ = ["School"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class School:
    """One school's tables, read, checked and typed.

    Parameters
    ----------
    key : str
        URN, or any short text key.
    name : str
        What the school calls itself.
    phase : str
        `primary`, `secondary`, `special` or `all-through`.
    tables : mapping of str to DataFrame
        By the table names of the codebook (`pupils`, `judgements`, ...); only tables that the
        school supplied.
    urn, la_code : str, optional
        As text; empty when not given.
    ages : tuple of int, optional
        Lowest and highest year group taught, Reception being 0.
    notional_sen_pounds : float, optional
        The school's notional SEN fund of the year, in pounds; 0 when not given.
    logo, accent : str, optional
        A picture file and a colour for the school's pages.
    reading : Reading, optional
        What was found while reading: issues, rows set aside, digest of the input.
    """

    key: str
    name: str
    phase: str
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    urn: str = ""
    la_code: str = ""
    ages: tuple[int, int] = (0, 6)
    notional_sen_pounds: float = 0.0
    logo: str = ""
    accent: str = ""
    reading: Reading | None = field(default=None, repr=False)

    @property
    def pupils(self) -> pd.DataFrame:
        """One row per pupil."""
        return self.tables["pupils"] if "pupils" in self.tables else self.table("pupils")

    def table(self, name: str) -> pd.DataFrame:
        """Give a table by name.

        Raises
        ------
        NoRecords
            If the school did not supply it, or it is empty.
        """
        found = self.tables.get(name)
        if found is None or found.empty:
            raise NoRecords(
                f"The school's data have no {name} table",
                "this question is answered from it",
                "",
                f"The codebook says what the table {name} holds.",
            )
        return found
