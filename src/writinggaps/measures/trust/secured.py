"""What is secured in every school of a trust, and what in none."""

from __future__ import annotations

from collections.abc import Sequence

from writinggaps.estimates.breakdown import Breakdown, breakdown
from writinggaps.findings import Finding
from writinggaps.measures.trust.claims import SECURED, claims
from writinggaps.measures.trust.records import EVERYBODY, SECURE, shares
from writinggaps.problems import NoRecords
from writinggaps.results import Constant, Label, result
from writinggaps.standards import Standards

__all__ = ["BlockAcross", "TrustSecured", "trust_secured"]


@result
class BlockAcross:
    """One block by school; `where` is `everywhere`, `nowhere`, or empty."""

    label: Label
    where: Label
    schools: Breakdown


@result
class TrustSecured:
    """Every block of what earlier years taught, by school."""

    period: Label
    everywhere: Constant
    nowhere: Constant
    blocks: tuple[BlockAcross, ...]

    def secured(self, where: str) -> tuple[str, ...]:
        """Name the blocks that are secured `everywhere` or `nowhere`."""
        return tuple(block.label for block in self.blocks if block.where == where)


def trust_secured(found: Sequence[Finding], *, term: str, standards: Standards) -> TrustSecured:
    """Set blocks side by side over all schools.

    Parameters
    ----------
    found : sequence of records
        Exact findings of all schools' reports.
    term : str
        Of the report.
    standards : Standards
        From, and up to, which share a block counts as secured everywhere or nowhere.

    Raises
    ------
    NoRecords
        If no school's report said what is secure.
    """
    held, words = claims(found, rules=standards.trust), {1: "everywhere", 0: "", -1: "nowhere"}
    rows = [r for r in found if r.measure.startswith(SECURE) and r.group == EVERYBODY]
    blocks = list(dict.fromkeys((r.measure, r.question) for r in rows))
    across = []
    for measure, question in blocks:
        given = shares([r for r in rows if r.measure == measure], question)
        if given:
            schools = {school: (s.count, s.n) for (school, _), s in given.items()}
            label = measure.removeprefix(SECURE)
            where = words[held.where(SECURED, "", label)]
            by_school = breakdown("school", schools, elsewhere=True)
            across.append(BlockAcross(label=label, where=where, schools=by_school))
    if not across:
        raise NoRecords(
            "No school's report says what is secure",
            "statements have to be seen in pupils' writing",
        )
    return TrustSecured(
        period=term,
        everywhere=standards.trust.secured_everywhere,
        nowhere=standards.trust.secured_nowhere,
        blocks=tuple(across),
    )
