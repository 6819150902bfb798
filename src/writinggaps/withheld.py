"""A result that honestly cannot be given."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from writinggaps.problems import CannotSay

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SYMBOLS", "Withheld", "attempt"]

P = ParamSpec("P")
T = TypeVar("T")

SYMBOLS = {"c": "hidden, to protect children", "x": "not available", "z": "does not apply"}
"""What the Department for Education's symbols for missing figures mean, in words."""

_SYMBOL_OF = {"suppressed": "c", "no_ages": "z", "no_comparison": "z", "different_tests": "z"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """The place of a result that nobody could give, with the reason.

    Parameters
    ----------
    reason : str
        The kind of reason as one word, such as `too_few_pupils`.
    found : str
        What was found, as a clause.
    needed : str
        What would have been needed, as a clause with a verb of its own: it follows a semicolon.
    remedy : str
        What to do to know more, as whole sentences; may be empty.
    """

    reason: str
    found: str
    needed: str = ""
    remedy: str = ""

    @property
    def why(self) -> str:
        """What was found and what it would take, as one sentence, and then what to do.

        Examples
        --------
        >>> Withheld(reason="too_few_pupils", found="There is 1 pupil", needed="10 are needed").why
        'There is 1 pupil; 10 are needed.'
        """
        clauses = "; ".join(part for part in (self.found, self.needed) if part)
        return f"{clauses}. {self.remedy}".rstrip()

    def _repr_html_(self) -> str:
        return (
            f"<p><strong>This cannot be said</strong> ({escape(self.reason.replace('_', ' '))}). "
            f"{escape(self.why)}</p>"
        )

    @property
    def symbol(self) -> str:
        """The Department for Education's symbol: `c` hidden, `z` not applicable, `x` not available.

        Examples
        --------
        >>> SYMBOLS[Withheld(reason="suppressed", found="").symbol]
        'hidden, to protect children'
        """
        return _SYMBOL_OF.get(self.reason, "x")


def attempt(measure: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T | Withheld:
    """Call a measure, and turn "nobody could say" into a value.

    A missing column or an unreadable file is still raised: only `CannotSay` problems become
    `Withheld`.

    Examples
    --------
    >>> from writinggaps.problems import TooFewPupils
    >>> def tiny() -> float:
    ...     raise TooFewPupils("The group has 2 pupils", "at least 10 are needed")
    >>> attempt(tiny).reason
    'too_few_pupils'
    """
    try:
        return measure(*args, **kwargs)
    except CannotSay as why:
        return Withheld(reason=why.code, found=why.found, needed=why.needed, remedy=why.remedy)
