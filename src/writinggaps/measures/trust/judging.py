"""Where standards differ because judgements differ: teachers and moderators, by school."""

from __future__ import annotations

from collections.abc import Sequence

from writinggaps.estimates.agreement import leniency
from writinggaps.estimates.breakdown import Split, split
from writinggaps.estimates.shares import Share
from writinggaps.findings import Finding
from writinggaps.measures.trust.claims import JUDGING, claims
from writinggaps.measures.trust.records import HIGHER, LOWER, MODERATED, SAME, shares
from writinggaps.problems import NoRecords
from writinggaps.results import Label, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld

__all__ = ["SchoolJudging", "TrustJudging", "trust_judging"]


@result
class SchoolJudging:
    """What moderation made of one school's judgements.

    `where` is `higher` or `lower` where teachers judged so by more than chance, else empty.
    """

    name: Label
    where: Label
    agreement: Split | Withheld

    @property
    def leniency(self) -> tuple[float, float, float] | None:
        """Share judged higher less share judged lower than moderation, with its interval."""
        if isinstance(self.agreement, Withheld):
            return None
        higher, lower = (self.agreement.shares[k] for k in (HIGHER, LOWER))
        if not (isinstance(higher, Share) and isinstance(lower, Share)):
            return None
        return leniency(higher.count, lower.count, self.agreement.n)


@result
class TrustJudging:
    """Every school whose judgements were moderated."""

    measure: Label
    period: Label
    rows: tuple[SchoolJudging, ...]

    def judged(self, where: str) -> tuple[SchoolJudging, ...]:
        """Give the schools that may be shown whose teachers judged `higher` or `lower`."""
        return tuple(r for r in self.rows if r.where == where and r.leniency is not None)


def trust_judging(found: Sequence[Finding], *, standards: Standards) -> TrustJudging:
    """Set schools' moderation side by side.

    Parameters
    ----------
    found : sequence of records
        Exact findings of all schools' reports.
    standards : Standards
        How many claims may be false.

    Raises
    ------
    NoRecords
        If no school's judgements were moderated.
    """
    given = shares(found, MODERATED)
    first = next((r for r in found if r.question == MODERATED), None)
    if first is None or not given:
        raise NoRecords("No school's judgements were moderated", "moderated judgements are needed")
    held = claims(found, rules=standards.trust)
    words = {1: "higher", 0: "", -1: "lower"}
    return TrustJudging(
        measure=first.measure,
        period=first.period,
        rows=tuple(
            SchoolJudging(
                name=school,
                where=words[held.where(JUDGING, school)],
                agreement=split({k: given[school, k].count for k in (SAME, HIGHER, LOWER)}),
            )
            for school in dict.fromkeys(school for school, _ in given)
        ),
    )
