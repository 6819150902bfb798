"""What is secured, in words: blocks, single statements, and what to teach next."""

from __future__ import annotations

from collections.abc import Iterable

from writinggaps.disclosure import Released
from writinggaps.estimates import Share, ShareDifference
from writinggaps.measures.security.blocks import BlockSecurity, SecureFit, Security
from writinggaps.measures.security.statements import Coverage, LeastSecure, StatementRow
from writinggaps.report.faces import sentence
from writinggaps.report.given import known, shares_of
from writinggaps.report.words.language import (
    and_list,
    count_in,
    count_of,
    decimal,
    few,
    inside,
    most_of,
    percent,
    plain,
    plural,
    sentence_case,
    so_many_of,
    to_range,
)
from writinggaps.withheld import Withheld

__all__ = [
    "blocks_named",
    "coverage",
    "fit",
    "headline",
    "least_secure",
    "of_layer",
    "quoted",
    "security",
]

_SHOWN = 3
_AFTER = 2

_OF_LAYER = {"earlier years": "what earlier years taught", "this year": "what is new this year"}

_HIDDEN = "is not shown: the numbers are too small."


def of_layer(layer: str) -> str:
    """Name a layer within a sentence.

    Examples
    --------
    >>> of_layer("earlier years")
    'what earlier years taught'
    """
    return _OF_LAYER[layer]


def quoted(text: str) -> str:
    """Quote a statement of the standards.

    Examples
    --------
    >>> quoted("Uses 'and'")
    "“Uses 'and'”"
    """
    return f"“{plain(text)}”"


@sentence
def security(value: Security, released: Released[Security]) -> str:
    """Say in which block most and fewest pupils are secure, and in which part of the school."""
    blocks = [(b, b.secure) for b in value.blocks if isinstance(b.secure, Share)]
    if not blocks:
        return _nothing(value)
    best, most = max(blocks, key=lambda pair: pair[1].estimate)
    worst, fewest = min(blocks, key=lambda pair: pair[1].estimate)
    start = f"Of {of_layer(value.layer)}, "
    said, least = so_many_of(fewest, released), blocks_named([worst.label])
    if most.estimate == fewest.estimate:
        where = f"{said} are secure in {least}"
        return f"{start}{where}{', and as many in every other block' if len(blocks) > 1 else ''}."
    if value.by not in ("year_group", "class"):
        by_group = _by_group(worst, value, released)
        return f"{start}fewest pupils are secure in **{least}**.{by_group}"
    return (
        f"{start}pupils are most secure in {blocks_named([best.label])}: "
        f"{so_many_of(most, released)}. They are least secure in **{least}**: {said}"
        f"{_lowest(worst, released)}."
    )


def blocks_named(labels: Iterable[str]) -> str:
    """Name blocks within a sentence.

    Examples
    --------
    >>> blocks_named(["Sentence control", "Transcription: spelling"])
    'sentence control and transcription (spelling)'
    """
    parts = (inside(label).partition(": ") for label in labels)
    return and_list(f"{plain(a)} ({plain(b)})" if b else plain(a) for a, _, b in parts)


def headline(value: Security) -> str:
    """Give the title of a picture. Not a face: figures call it with what was released."""
    blocks = known({block.label: block.secure for block in value.blocks})
    if not blocks:
        return "What is secure is not shown"
    label, share = min(blocks.items(), key=lambda pair: pair[1].estimate)
    if len(blocks) > 1 and all(other.estimate == share.estimate for other in blocks.values()):
        return "As many pupils are secure in one block as in another"
    return f"Fewest pupils are secure in {inside(label)}"


def _nothing(value: Security) -> str:
    reasons = {b.secure.reason for b in value.blocks if isinstance(b.secure, Withheld)}
    if "too_little_evidence" in reasons:
        return f"Of {of_layer(value.layer)}, too little has been looked at to say what is secure."
    return f"What is secure {_HIDDEN}"


def _lowest(block: BlockSecurity, released: Released[Security]) -> str:
    parts = known(block.parts)
    if len(parts) < 2:
        return ""
    label, share = min(parts.items(), key=lambda pair: pair[1].estimate)
    return f". Lowest there is {plain(label)}: {so_many_of(share, released)}"


def _by_group(block: BlockSecurity, value: Security, released: Released[Security]) -> str:
    parts = known(block.parts)
    if len(parts) < 2:
        return ""
    listed = and_list(f"{plain(k)}: {so_many_of(s, released)}" for k, s in parts.items())
    banded = any(few(s.count, released) or most_of(s, released) for s in parts.values())
    difference = None if banded else block.difference(value.level)
    return f" There by group: {listed}. {_apart(difference, released)}"


def _apart(difference: ShareDifference | None, released: Released[Security]) -> str:
    """Say whether two groups differ by more than chance, all blocks having been looked at."""
    if difference is None:
        return "Chance alone often makes groups this small differ."
    low, high = 100 * difference.low, 100 * difference.high
    if low <= 0 <= high:
        return f"Such a difference may well be chance ({to_range(low, high)} points)."
    side = "lower" if high < 0 else "higher"
    ends = to_range(-high, -low) if high < 0 else to_range(low, high)
    points = f"{'' if released.exact else 'about '}{decimal(abs(100 * difference.estimate))}"
    who = sentence_case(difference.group_name)
    return f"{who}: {points} points {side} ({ends}), which is more than chance would give."


@sentence
def fit(value: SecureFit, released: Released[SecureFit]) -> str:
    """Say how many pupils have secured everything, and for how many a weakness was discounted."""
    if not isinstance(value.secure, Share):
        return f"How many have secured everything {_HIDDEN}"
    have = "has" if released.exact and value.secure.count == 1 else "have"
    who = sentence_case(so_many_of(value.secure, released))
    said = f"{who} {have} secured all of {of_layer(value.layer)}"
    if not isinstance(value.discounted, Share) or not value.discounted.count:
        return f"{said}."
    return (
        f"{said}. For {count_in(value.discounted, released)} of them one particular weakness was "
        f"discounted, as teacher assessment allows{_weakness(value)}."
    )


def _weakness(value: SecureFit) -> str:
    """Name the weakness that was discounted most often, where that may be shown."""
    shares = known(shares_of(value.weaknesses))
    most = max(shares, key=lambda text: shares[text].count, default="")
    return f", most often in {quoted(most)}" if most else ""


@sentence
def least_secure(value: LeastSecure, released: Released[LeastSecure]) -> str:
    """Say what to teach and revisit, to whom, and since when it has not been shown."""
    if not value.rows:
        return f"No statement of {of_layer(value.layer)} is known to be insecure."
    told = [(r, r.whole) for r in value.rows if isinstance(r.whole, Share)]
    if not told:
        return f"What is least secure {_HIDDEN}"
    row, whole = told[0]
    then = and_list(f"{quoted(r.label)} in {r.year_group}" for r, _ in told[1 : _AFTER + 1])
    return (
        f"Teach and revisit {quoted(row.label)} in {row.year_group}: "
        f"{so_many_of(whole, released)} have yet to secure it"
        f"{_in_class(row, released)}{_since(row)}.{f' Then: {then}.' if then else ''}"
    )


def _in_class(row: StatementRow, released: Released[LeastSecure]) -> str:
    classes = shares_of(row.not_secure)
    shares = known(classes)
    if len(classes) < 2 or not shares:
        return ""
    name, most = max(shares.items(), key=lambda pair: pair[1].count)
    if few(most.n - most.count, released):
        return f" (all or nearly all of {plain(name)} among them)"
    return f" ({count_of(most.count, released)} of them in {plain(name)})"


def _since(row: StatementRow) -> str:
    if row.since == "never":
        return ". None of them has ever shown it alone"
    return f". None of them has shown it alone since {row.since}" if row.since else ""


@sentence
def coverage(value: Coverage, released: Released[Coverage]) -> str:
    """Say what was taught often and secured rarely."""
    often = f"in at least {plural(int(value.taught_often), 'lesson')}"
    rarely = percent(value.secured_rarely)
    if not value.looked_at:
        return f"No statement was recorded as taught to a class {often} this school year."
    if not value.rows:
        return (
            f"Everything taught to a class {often} this school year has been secured by at least "
            f"{rarely} of its pupils."
        )
    rows = [(r, r.secured) for r in value.rows if isinstance(r.secured, Share)]
    if not rows:
        return f"What was taught often and secured rarely {_HIDDEN}"
    listed = and_list(
        f"{quoted(row.label)} in {plain(row.class_name)} "
        f"({count_of(row.lessons, released)} lessons, secured by {so_many_of(share, released)})"
        for row, share in rows[:_SHOWN]
    )
    more = len(value.rows) - _SHOWN
    rest = f", and {more} more" if more > 0 else ""
    return f"Taught often, secured rarely: {listed}{rest}. Teach these differently, not again."
