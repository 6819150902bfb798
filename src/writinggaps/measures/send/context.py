"""Who are the pupils with SEN, and how does that differ from before and from elsewhere?"""

from __future__ import annotations

import pandas as pd
from scipy.stats import chi2_contingency

from writinggaps.estimates import Share, ShareDifference, share_difference
from writinggaps.estimates.breakdown import Breakdown, Split, breakdown, split
from writinggaps.measures.send.status import (
    NONE,
    PLAN,
    STATUSES,
    roll_with_status,
    sides,
    status_parts,
    years_to,
)
from writinggaps.measures.send.yardsticks import Yardsticks, yardsticks
from writinggaps.problems import NoRecords
from writinggaps.readers.roll import year_label
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Answer, Label, result
from writinggaps.standards import Send, Standards
from writinggaps.withheld import Withheld, attempt

__all__ = ["Context", "SenYear", "contrast", "send_context"]


@result
class SenYear:
    """Pupils on roll in one school year by SEN status."""

    period: Label
    split: Split | Withheld


@result
class Context:
    """Who the pupils with SEN are.

    `needs` sorts all pupils on roll by primary need, those without SEN last.
    `boys`, `disadvantaged` and `year_groups` are shares of two kinds: the first two of pupils with
    and without SEN, the last of pupils with SEN in each year group. `uneven` says whether the year
    groups differ by more than chance gives.
    """

    period: Label
    years: tuple[SenYear, ...]
    needs: Split | Withheld
    boys: Breakdown | Withheld
    disadvantaged: Breakdown | Withheld
    year_groups: Breakdown | Withheld
    uneven: Answer
    ehcp: Yardsticks
    support: Yardsticks

    def share(self, status: str) -> Share | Withheld:
        """Give the share of pupils with a status, this year."""
        return share_in(self.years[-1], status)

    def beside_england(self, status: str) -> str:
        """Say `above`, `below` or `within chance`; empty where there is nothing to compare."""
        here, england = self.share(status), (self.ehcp if status == PLAN else self.support).england
        if isinstance(here, Withheld) or isinstance(england, Withheld):
            return ""
        if here.low <= england.value / 100 <= here.high:
            return "within chance"
        return "above" if here.estimate > england.value / 100 else "below"


def contrast(by_sen: Breakdown | Withheld) -> ShareDifference | None:
    """Give the share of pupils with SEN less that of pupils without; None where one is hidden."""
    if isinstance(by_sen, Withheld):
        return None
    sen, none = by_sen.shares.get("SEN"), by_sen.shares.get(NONE)
    if not isinstance(sen, Share) or not isinstance(none, Share):
        return None
    return share_difference(sen, none)


def share_in(year: SenYear, status: str) -> Share | Withheld:
    """Give the share of pupils with a status, in a year."""
    return year.split if isinstance(year.split, Withheld) else year.split.shares[status]


def send_context(school: School, *, term: str, standards: Standards) -> Context:
    """Count the pupils with SEN, over three years and by who they are.

    Parameters
    ----------
    school : School
        With a census or a column `sen_provision`.
    term : str
        Pupils on roll at its end, and at the end of the same term in the two years before.
    standards : Standards
        When year groups are said to differ.

    Returns
    -------
    Context
        With England's and the authority's share for the phase.

    Raises
    ------
    NoRecords
        If nobody was on roll, or nobody's SEN status is recorded.

    Examples
    --------
    >>> import pandas as pd
    >>> from writinggaps.readers import School
    >>> from writinggaps.standards import load_standards
    >>> pupils = pd.DataFrame({"pupil_id": list("abcd"), "year_group": [4, 4, 5, 5],
    ...                        "sen_provision": ["K", "N", "N", "E"], "sen_need": "SLCN"})
    >>> school = School(key="1", name="A", phase="primary", tables={"pupils": pupils})
    >>> found = send_context(school, term="2025-26-autumn", standards=load_standards())
    >>> found.share("EHCP").count, found.share("SEN Support").n
    (1, 4)
    """
    now = roll_with_status(school, term)
    years = now["year_group"].map(year_label) if "year_group" in now else None
    return Context(
        period=term,
        years=tuple(_year(school, t, term) for t in years_to(term)),
        needs=attempt(_needs, now),
        boys=attempt(_by_sen, now, "sex", "M"),
        disadvantaged=attempt(_by_sen, now, "disadvantaged", True),
        year_groups=attempt(_year_groups, now, years),
        uneven=_uneven(now, years, standards.send),
        ehcp=yardsticks(school, "ehcp_share", term=term),
        support=yardsticks(school, "sen_support_share", term=term),
    )


def _year(school: School, term: str, asked: str) -> SenYear:
    rows = attempt(roll_with_status, school, term)
    found = rows if isinstance(rows, Withheld) else attempt(_split, rows)
    joined = school.pupils.get("joined")
    if term != asked and (joined is None or joined.isna().all()):
        found = Withheld(reason="no_records", found="When pupils joined is not recorded")
    return SenYear(period=Term.parse(term).year, split=found)


def _split(rows: pd.DataFrame) -> Split:
    return split({s: rows.loc[rows["status"].eq(s), "pupil_id"].tolist() for s in STATUSES})


def _needs(now: pd.DataFrame) -> Split:
    sen, others = sides(now)
    if sen.empty:
        raise NoRecords("No pupil on roll has SEN Support or a plan")
    common = sen["need"].value_counts().index
    needs = {str(n): sen.loc[sen["need"].eq(n), "pupil_id"].tolist() for n in common}
    return split(needs | {NONE: others["pupil_id"].tolist()})


def _by_sen(now: pd.DataFrame, column: str, value: str | bool) -> Breakdown:
    if column not in now or now[column].isna().all():
        raise NoRecords(f"The pupils table does not say {column}")
    known = now[now[column].notna()]
    known = known.assign(part=known["status"].eq(NONE).map({True: NONE, False: "SEN"}))
    held = known[column].eq(value).astype(bool)
    return breakdown("SEN", status_parts(known.sort_values("part"), held, "part"))


def _year_groups(now: pd.DataFrame, years: pd.Series | None) -> Breakdown:
    if years is None:
        raise NoRecords("The pupils table has no year groups")
    order = dict.fromkeys(years[now["year_group"].sort_values(kind="stable").index])
    sen = now["status"].ne(NONE)
    parts = {
        name: (
            now.loc[years.eq(name) & sen, "pupil_id"].tolist(),
            now.loc[years.eq(name), "pupil_id"].tolist(),
        )
        for name in order
    }
    return breakdown("year group", parts)


def _uneven(now: pd.DataFrame, years: pd.Series | None, rule: Send) -> bool:
    """Say whether shares differ between year groups by more than chance gives."""
    sen = now["status"].ne(NONE)
    if years is None or years.nunique() < 2 or not rule.uneven_minimum <= sen.sum() < len(sen):
        return False
    counts = now.groupby([years, sen]).size().unstack(fill_value=0).to_numpy()
    return bool(chi2_contingency(counts).pvalue < rule.uneven_chance)
