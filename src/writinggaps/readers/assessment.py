"""Who counts where in teacher assessment of writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writinggaps.problems import BadArgument, UnknownCode, hint
from writinggaps.readers.schema import code_table, spelling
from writinggaps.results import Count, Label, result

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Standing", "standing", "writing_code"]


@result
class Standing:
    """How many reached a standard, out of two denominators that must not be mixed up.

    DfE counts absent and disapplied pupils in its denominator, and so against the school; pupils
    who left, or who will be assessed later, are in neither.
    """

    standard: Label
    reached: Count
    assessed: Count
    not_assessed: Count
    left_out: Count
    blank: Count

    @property
    def dfe_denominator(self) -> int:
        """Pupils in the denominator that DfE uses."""
        return self.assessed + self.not_assessed


def writing_code(text: str) -> str:
    """Give the code of a teacher assessment in any spelling; empty for a blank.

    Raises
    ------
    UnknownCode
        If it is not a code for teacher assessment of writing.

    Examples
    --------
    >>> writing_code("Greater depth"), writing_code("pk5"), writing_code(" ")
    ('GDS', 'PK5', '')
    """
    codes = code_table("writing_ta")
    bare = text.strip()
    found = codes.spelt.get(spelling(bare), "")
    if bare and not found:
        raise UnknownCode(
            "A value is not a code for teacher assessment of writing",
            f"the codes are {', '.join(codes.means)}",
            remedy="Say in the school's standards what its own codes mean.",
        )
    return found


def standing(values: Iterable[str | float | None], at_least: str = "EXS") -> Standing:
    """Count who reached a standard, beside both denominators.

    Parameters
    ----------
    values : iterable of str
        One code per pupil in any spelling; blanks (None, nan or empty) are counted apart.
    at_least : str, optional
        The standard that is meant: a step of the ladder from EM to GDS.

    Returns
    -------
    Standing
        Counts of pupils.

    Raises
    ------
    UnknownCode
        If a value is not a code for teacher assessment of writing.
    BadArgument
        If `at_least` is not a step of the ladder, or if codes used from 2016 to 2018 are to be
        compared with a pre-key-stage standard, which nobody can do.

    References
    ----------
    Denominators as in the data dictionary of the National Pupil Database, 2016 to 2018.

    Examples
    --------
    >>> found = standing(["EXS", "GDS", "WTS", "PK5", "A", "L", None])
    >>> found.reached, found.assessed, found.dfe_denominator, found.left_out, found.blank
    (2, 4, 5, 1, 1)
    """
    codes = code_table("writing_ta")
    if at_least not in codes.ladder:
        raise BadArgument("The standard is not known", hint(at_least, codes.ladder))
    given = [writing_code(value) if isinstance(value, str) else "" for value in values]
    enough = frozenset(codes.ladder[codes.ladder.index(at_least) :])
    groups = [codes.group.get(code, "blank") for code in given]
    off_ladder = {c for c, g in codes.group.items() if g == "assessed"} - set(codes.ladder)
    if at_least not in ("WTS", "EXS", "GDS") and off_ladder & set(given):
        raise BadArgument(
            "Codes of 2016 to 2018 were to be compared with a pre-key-stage standard",
            "nobody has said which of them equals which",
        )
    return Standing(
        standard=at_least,
        reached=sum(code in enough for code in given),
        assessed=groups.count("assessed"),
        not_assessed=groups.count("not assessed"),
        left_out=groups.count("left out"),
        blank=groups.count("blank"),
    )
