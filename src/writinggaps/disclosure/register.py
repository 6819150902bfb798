"""What was published about whom, so that two releases cannot be set against each other.

Last term's figure for 28 pupils and a corrected one for 27 of them tell what the 28th did. A run
only proposes; what `writinggaps release` says was published is recorded here, one file for each
school: every figure with its bounds, its group, and those of the group who were counted.

Pupils are keyed hashes (HMAC-SHA256). The key stands in a file of its own, away from the reports:
without it nobody can test whether a pupil is in a group.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from writinggaps.disclosure.audit import Cell
from writinggaps.disclosure.editions import register_rules
from writinggaps.disclosure.facts import Fact, Roster
from writinggaps.problems import BadArgument, HeldBack
from writinggaps.readers.terms import Term

__all__ = ["Register", "as_rows", "from_rows", "key_place", "oldest_kept", "read_register"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What was published about one school, and the key that its pupils are hashed with."""

    path: Path
    key: bytes
    roster: Roster
    facts: tuple[Fact, ...] = ()

    def hashed(self, pupil: str) -> str:
        """Give a pupil as a keyed hash.

        Examples
        --------
        >>> register = Register(path=Path("100001.json"), key=b"0" * 32, roster=Roster())
        >>> register.hashed("p1") == register.hashed("p1") != register.hashed("p2")
        True
        """
        return _hash(self.key, "pupil " + pupil)[:32]

    def record_release(self, proposed: Iterable[dict[str, Any]]) -> Register:
        """Record what was published, from the rows of a run (`as_rows`), and write it down."""
        facts = list(self.facts)
        for rows in proposed:
            facts += from_rows(rows, self.roster, self.hashed)
        return self._written(dict.fromkeys(facts))

    def purge(self, *, pupils: Collection[str] = (), before: str = "") -> Register:
        """Forget pupils, or what was released before a term, and write it down.

        Each pupil who is forgotten leaves a random mark, because a group that seemed never to have
        had them could be published again without them, and the two figures would tell what they
        did. The mark leads back to nobody.
        """
        gone = set(map(self.hashed, pupils))
        marked = Roster()
        for pupil in self.roster.places:
            marked.bits([secrets.token_hex(16) if pupil in gone else pupil])
        kept = [f for f in self.facts if not before or _term(f) >= Term.parse(before)]
        return replace(self, roster=marked)._written(kept)

    def _written(self, facts: Iterable[Fact]) -> Register:
        facts = tuple(facts)
        content = {"made_with": _hash(self.key, "register"), **as_rows(facts, self.roster)}
        _write(self.path, json.dumps(content, indent=0).encode())
        return replace(self, facts=facts)


def as_rows(facts: Iterable[Fact], roster: Roster) -> dict[str, Any]:
    """Give figures as a record that JSON can hold: each pupil once, sets of them as numbers.

    Examples
    --------
    >>> roster, cell = Roster(), Cell(low=8, high=12, cap=20, sensitive=False)
    >>> fact = Fact(name="x", about="y", group=roster.bits("ab"), counted=1, cell=cell)
    >>> as_rows([fact], roster)
    {'pupils': ['a', 'b'], 'figures': [['x', 'y', '', '3', '1', 8, 12, 20, False]]}
    """
    return {
        "pupils": list(roster.places),
        "figures": [
            [f.name, f.about, f.split, f"{f.group:x}", f"{f.counted:x}", *_told(f.cell)]
            for f in facts
        ],
    }


def _told(cell: Cell) -> tuple[int, int, int, bool]:
    return cell.low, cell.high, cell.cap, cell.sensitive


def from_rows(
    rows: dict[str, Any], roster: Roster, mark: Callable[[str], str] = str
) -> tuple[Fact, ...]:
    """Read figures that `as_rows` gave; their pupils are added to the roster, marked."""
    places = [roster.bits([mark(pupil)]) for pupil in rows["pupils"]]

    def bits(said: str) -> int:
        held = int(said, 16)
        return sum(place for i, place in enumerate(places) if held >> i & 1)

    return tuple(
        Fact(
            name=name,
            about=about,
            split=split,
            group=bits(group),
            counted=bits(counted),
            cell=Cell(low=low, high=high, cap=cap, sensitive=sensitive, hideable=False),
        )
        for name, about, split, group, counted, low, high, cap, sensitive in rows["figures"]
    )


def key_place() -> Path:
    """Say where the key is: `WRITINGGAPS_KEY`, or else in the home folder."""
    return Path(os.environ.get("WRITINGGAPS_KEY") or Path.home() / ".writinggaps" / "register.key")


def read_register(path: Path, key_path: Path) -> Register:
    """Read the register of a school, or start one; the key is made when it is first needed.

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
    if not key_path.exists() and not path.exists():
        _write(key_path, secrets.token_bytes(32))
    key = key_path.read_bytes() if key_path.exists() else b""
    register = Register(path=path, key=key, roster=Roster())
    if not path.exists():
        return register
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if not hmac.compare_digest(found["made_with"], _hash(key, "register")):
        raise HeldBack(
            "The release register was made with another key",
            "the key it was made with, or earlier releases cannot be compared with new ones",
            str(path),
        )
    return replace(register, facts=from_rows(found, register.roster))


def oldest_kept(term: str) -> str:
    """Give the oldest term that is kept, by the retention period.

    Examples
    --------
    >>> oldest_kept("2025-26-autumn")
    '2022-23-autumn'
    """
    return str(Term.parse(term).back(3 * int(register_rules()["keep_years"])))


def _term(fact: Fact) -> Term:
    return Term.parse(str(fact.name).split(" ", 1)[0])


def _hash(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), sha256).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write a private file whole or not at all, for its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
