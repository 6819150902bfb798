"""Exact results become released ones here, and nowhere else.

Words, tables and figures accept only `Released` objects. What may be shown follows from the kinds
that a result's fields declare (`writinggaps.results`), so a new measure needs no code here.

In a shared edition counts are multiples of 5. A count below 5 stands for "fewer than 5, or none";
one less than 5 below its `n` stands for "all, or all but fewer than 5". Everything that a result
works out from its counts, intervals included, is worked out from these.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NoReturn, ParamSpec, TypeVar

from writinggaps.disclosure.book import Book, new_book
from writinggaps.disclosure.coarsen import coarsened, without_pupils
from writinggaps.disclosure.editions import Edition, rules
from writinggaps.estimates.shares import share
from writinggaps.problems import BadArgument
from writinggaps.results import is_result
from writinggaps.withheld import Withheld, attempt

__all__ = ["Released", "release", "shown_to"]

P = ParamSpec("P")
T = TypeVar("T")

_PASSED = object()


class Released(Generic[T]):
    """A result that disclosure has passed for one edition.

    Only `release` makes these: they cannot be made by hand, changed, inherited from, or read back
    from a file. `value` is the result with its counts rounded and its measured values coarsened as
    the edition asks, or `Withheld`. `matched` says whether it leaves out a few pupils who are not
    in what was released earlier; its faces say so.
    """

    __slots__ = ("edition", "matched", "value")

    value: T | Withheld
    edition: Edition
    matched: bool

    def __init__(
        self, value: T | Withheld, edition: Edition, passed: object = None, *, matched: bool = False
    ) -> None:
        if passed is not _PASSED:
            raise BadArgument("A Released result was made by hand", "only release() may make one")
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "edition", edition)
        object.__setattr__(self, "matched", matched)

    def __init_subclass__(cls, **kwargs: object) -> NoReturn:
        raise TypeError("nothing may inherit from Released")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a released result cannot be changed ({name})")

    def __copy__(self) -> Released[T]:
        return self

    def __deepcopy__(self, memo: object) -> Released[T]:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a released result is not kept; release the result again")

    @property
    def exact(self) -> bool:
        """True where the figures are as counted, not rounded."""
        return rules(self.edition).exact


def release(
    result: T | Withheld, edition: Edition | str, beside: Book | None = None
) -> Released[T]:
    """Pass a result for an edition: hide what is small, round what is shown.

    Pupils are taken out in every edition; lists of them are made by `private_list`.

    Parameters
    ----------
    result : a result made by `writinggaps.results.result`, or Withheld
        The exact answer.
    edition : Edition or str
        For whom.
    beside : Book, optional
        What the same report has shown already; it remembers this result too.

    Returns
    -------
    Released
        With the coarsened result, or `Withheld` where the edition may not show it.

    Raises
    ------
    BadArgument
        If what is given is not a result: a table, a number or a text says nothing about how it
        may be shown.

    Examples
    --------
    >>> from writinggaps.estimates import share
    >>> release(share(12, 23), "governors").value.n
    25
    >>> few = release(share(1, 23), "governors").value
    >>> few == release(share(4, 23), "governors").value
    True
    >>> release(share(3, 8), "public").value.reason
    'suppressed'
    """
    edition = Edition(edition)
    rule = rules(edition)
    if not (isinstance(result, Withheld) or is_result(result)):
        raise BadArgument(
            f"A {type(result).__name__} was to be released", "only results and Withheld can be"
        )
    if rule.exact:
        return Released(without_pupils(result), edition, _PASSED)
    if beside is None:
        return Released(coarsened(result, rule), edition, _PASSED)
    return Released(beside.admit(result), edition, _PASSED, matched=beside.matched)


class Shown:
    """Calls measures and releases what they return, for one edition of one report."""

    def __init__(self, edition: Edition, book: Book) -> None:
        self.edition = edition
        self.book = book

    def release(self, result: T | Withheld) -> Released[T]:
        """Release a result beside those released before; staff lists want the exact one, too."""
        return release(result, self.edition, self.book)

    def told(self, count: int, n: int) -> int | None:
        """Give what the edition tells of so many of so many; None where it tells nothing.

        What is worked out from these counts, such as an index, gives no exact one away.

        Examples
        --------
        >>> shown_to("governors").told(1, 62), shown_to("staff").told(1, 62)
        (2, 1)
        """
        value = release(attempt(share, count, n), self.edition).value
        return None if isinstance(value, Withheld) else value.count

    def __call__(
        self, measure: Callable[P, T | Withheld], /, *args: P.args, **kwargs: P.kwargs
    ) -> Released[T]:
        """Attempt a measure and release its result beside those released before."""
        return self.release(attempt(measure, *args, **kwargs))


def shown_to(edition: Edition | str) -> Shown:
    """Give the `show(measure, ...)` of a notebook: attempt, then release for the edition.

    Results are released beside those that this `show` released before, and beside what was
    published earlier where the runner has said so (`beside_releases`).

    Examples
    --------
    >>> from writinggaps.estimates import share
    >>> show = shown_to("staff")
    >>> show(share, 12, 23).value.n
    23
    """
    edition = Edition(edition)
    return Shown(edition, new_book(rules(edition)))
