"""What was published about whom, so that two releases cannot be set against each other.

Last term's figure for 28 pupils and a corrected one for 27 of them tell what the 28th did. So a
figure is published only where no figure about the same thing was published for a group that differs
by one to four pupils; where it would be, the pupils whom both have in common may do instead.

Pupils are kept as keyed hashes (HMAC-SHA256). The key stands in a file of its own, away from the
reports: without it nobody can test whether a pupil is in a group. A run only proposes; what is
recorded here is what `writinggaps release` says was published.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from writinggaps.disclosure.editions import register_rules
from writinggaps.problems import BadArgument, HeldBack
from writinggaps.readers.terms import Term

__all__ = [
    "Group",
    "Register",
    "as_rows",
    "comparable",
    "from_rows",
    "oldest_kept",
    "purged",
    "read_register",
    "too_near",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The pupils of one published figure.

    Parameters
    ----------
    term, school, group : str
        Of which report, and what the group is called there; `school` is the trust's key for totals.
    about : str
        What was measured.
    period : str
        Of when: a term or a year; empty where it does not change with time (disadvantaged).
    pupils : frozenset of str
        Keyed hashes, from `Register.hashed`.
    """

    term: str
    school: str
    group: str
    about: str
    period: str
    pupils: frozenset[str]


def comparable(group: Group, others: Iterable[Group]) -> frozenset[str] | None:
    """Give the pupils on whom a figure may be published beside what was published before.

    Parameters
    ----------
    group : Group
        What a report would show.
    others : iterable of Group
        What was released, and what this run shows already.

    Returns
    -------
    frozenset of str or None
        All pupils of the group; or those it has in common with an earlier one, where that does no
        harm; or None: the figure is held.

    Examples
    --------
    >>> def of(pupils):
    ...     return Group(term="2025-26-autumn", school="100001", group="4A", about="secure",
    ...                  period="2025-26-autumn", pupils=frozenset(pupils))
    >>> sorted(comparable(of("abcdefg"), [of("abcdef")]))  # one joined: publish without them
    ['a', 'b', 'c', 'd', 'e', 'f']
    >>> comparable(of("abcde"), [of("abcdef")]) is None  # one left: they would be told apart
    True
    """
    same = [o.pupils for o in others if (o.about, o.period) == (group.about, group.period)]
    near = [other for other in same if too_near(group.pupils, other)]
    for pupils in [group.pupils, *(group.pupils & other for other in near)]:
        if pupils and not any(too_near(pupils, other) for other in same):
            return pupils
    return None


def too_near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two groups differ, but by so few pupils that these could be told apart.

    Examples
    --------
    >>> too_near(frozenset("abc"), frozenset("abcd")), too_near(frozenset("abc"), frozenset("abc"))
    (True, False)
    """
    return 0 < len(one ^ other) <= int(register_rules()["hidden_difference"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What was published, and the key that its pupils are hashed with."""

    path: Path
    key: bytes
    released: tuple[Group, ...] = ()

    def hashed(self, pupil_ids: Iterable[str]) -> frozenset[str]:
        """Give pupils as keyed hashes.

        Examples
        --------
        >>> register = Register(path=Path("register.json"), key=b"0" * 32)
        >>> register.hashed(["p1"]) == register.hashed(["p1"]) != register.hashed(["p2"])
        True
        """
        return frozenset(_hash(self.key, "pupil " + pupil)[:32] for pupil in pupil_ids)

    def record_release(self, groups: Iterable[Group]) -> Register:
        """Record what was published, once each, and write it down."""
        return self._written(tuple(dict.fromkeys([*self.released, *groups])))

    def purge(
        self, *, pupils: Collection[str] = (), school: str = "", before: str = ""
    ) -> Register:
        """Forget pupils, a school, or everything older than a term, and write it down."""
        hashes = self.hashed(pupils)
        if school:
            hashes = hashes.union(*(g.pupils for g in self.released if g.school == school))
        kept = [g for g in self.released if not school or g.school != school]
        if before:
            kept = [g for g in kept if Term.parse(g.term) >= Term.parse(before)]
        return self._written(purged(kept, hashes))

    def _written(self, groups: tuple[Group, ...]) -> Register:
        content = {"made_with": _hash(self.key, "register"), "released": as_rows(groups)}
        _write(self.path, json.dumps(content, indent=0).encode())
        return replace(self, released=groups)


def as_rows(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """Give groups as records that JSON can hold: what a run proposes until it is published.

    Examples
    --------
    >>> one = Group(term="2025-26-autumn", school="100001", group="4A", about="secure",
    ...             period="2025-26-autumn", pupils=frozenset(["b", "a"]))
    >>> as_rows([one])[0]["pupils"], from_rows(as_rows([one])) == (one,)
    (['a', 'b'], True)
    """
    return [asdict(g) | {"pupils": sorted(g.pupils)} for g in groups]


def from_rows(rows: Iterable[dict[str, Any]]) -> tuple[Group, ...]:
    """Read groups that `as_rows` gave."""
    return tuple(Group(**row | {"pupils": frozenset(row["pupils"])}) for row in rows)


def purged(groups: Iterable[Group], hashes: Iterable[str]) -> tuple[Group, ...]:
    """Put a random mark in the place of each pupil who is to be forgotten.

    The mark stays, because a group that seemed never to have had the pupil could be published again
    without them, and the two figures would tell what the pupil did. It leads back to nobody.
    """
    marks = {h: secrets.token_hex(16) for h in hashes}
    return tuple(replace(g, pupils=frozenset(marks.get(p, p) for p in g.pupils)) for g in groups)


def read_register(path: Path, key_path: Path) -> Register:
    """Read the register, or start one; the key is made when it is first needed.

    Parameters
    ----------
    path : Path
        The register.
    key_path : Path
        The key, which may not stand in the register's folder or below it.

    Raises
    ------
    BadArgument
        If the key stands beside the register.
    HeldBack
        If the register was made with another key: groups could no longer be compared.
    """
    path, key_path = path.resolve(), key_path.resolve()
    if key_path.is_relative_to(path.parent):
        raise BadArgument(
            "The key of the release register stands beside it",
            "a folder that is not copied with the reports",
        )
    if not key_path.exists():
        _write(key_path, secrets.token_bytes(32))
    register = Register(path=path, key=key_path.read_bytes())
    if not path.exists():
        return register
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if not hmac.compare_digest(found["made_with"], _hash(register.key, "register")):
        raise HeldBack(
            "The release register was made with another key",
            "the key it was made with, or earlier releases cannot be compared with new ones",
            str(path),
        )
    return replace(register, released=from_rows(found["released"]))


def oldest_kept(term: str) -> str:
    """Give the oldest term that is kept, by the retention period.

    Examples
    --------
    >>> oldest_kept("2025-26-autumn")
    '2022-23-autumn'
    """
    return str(Term.parse(term).back(3 * int(register_rules()["keep_years"])))


def _hash(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), sha256).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write a private file whole or not at all, for its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
