"""Single statements: the least secure, those taught often and secured rarely, what to do next."""

from __future__ import annotations

import pandas as pd

from writinggaps.estimates import Share, share
from writinggaps.estimates.breakdown import Breakdown, breakdown
from writinggaps.measures.security.pupils import GAPS, HELD, LAYERS, in_layer, pupil_security
from writinggaps.problems import NoRecords
from writinggaps.readers.roll import until, year_label
from writinggaps.readers.school import School
from writinggaps.readers.terms import Term
from writinggaps.results import Constant, Label, Number, StaffLabels, Tally, result
from writinggaps.standards import Standards
from writinggaps.withheld import Withheld, attempt

__all__ = [
    "Coverage",
    "CoverageRow",
    "LeastSecure",
    "Next",
    "NextRow",
    "StatementRow",
    "best_next",
    "coverage",
    "least_secure",
]


@result
class StatementRow:
    """One statement in one year group: pupils who have not secured it, by class.

    `since` is the month in which one of these pupils last showed it independently: `never` where
    none ever has, empty where one has this term.
    """

    label: Label
    statement: Label
    year_group: Label
    block: Label
    since: Label
    not_secure: Breakdown | Withheld

    @property
    def whole(self) -> Share | Withheld:
        """Pupils of the year group who have not secured it, of those with any evidence."""
        return self.not_secure if isinstance(self.not_secure, Withheld) else self.not_secure.whole


@result
class LeastSecure:
    """The statements that most pupils of a year group have not secured, the most first."""

    layer: Label
    period: Label
    rows: tuple[StatementRow, ...]


@result
class CoverageRow:
    """A statement taught often to a class: lessons this school year, and pupils secure in it."""

    label: Label
    class_name: Label
    statement: Label
    lessons: Tally
    secured: Share | Withheld


@result
class Coverage:
    """Taught often, secured rarely; empty where what was taught often is secured.

    `taught_often` and `secured_rarely` are the rules; `looked_at` is how many statements were
    taught so often, counted once for each class.
    """

    period: Label
    taught_often: Constant
    secured_rarely: Constant
    looked_at: Number
    rows: tuple[CoverageRow, ...]


@result
class NextRow:
    """A statement to teach next: pupils with this gap or one of those above it.

    `year_groups` lists every year group in which any pupil has the gap, and so is for staff.
    """

    label: Label
    statement: Label
    year_groups: StaffLabels
    reached: Share | Withheld


@result
class Next:
    """The fewest statements that would help the most of the pupils who have a gap."""

    layer: Label
    period: Label
    rows: tuple[NextRow, ...]


def least_secure(
    school: School, *, term: str, standards: Standards, layer: str = LAYERS[0], count: int = 5
) -> LeastSecure:
    """Give the statements that most pupils of a year group have not secured.

    Pupils with too little evidence are among the others, pupils without any are left out.

    Parameters
    ----------
    school, term, standards, layer
        As for `security`.
    count : int, optional
        The most statements to give.

    Returns
    -------
    LeastSecure
        Most pupils first; equal numbers with the higher share first.

    Raises
    ------
    NoRecords
        If the school keeps no statements, or none in this layer.
    """
    found = in_layer(pupil_security(school, term=term, standards=standards), layer)
    found = found[found["last_seen"].notna()]
    keys = ["year_group", "statement"]
    gaps = found.assign(gap=found["state"].isin(GAPS)).groupby(keys)["gap"].agg(["sum", "mean"])
    gaps = gaps[gaps["sum"] > 0].sort_values(["sum", "mean"], ascending=False, kind="stable")
    worst = gaps.head(count).index
    rows = tuple(
        _row(found[found["year_group"].eq(year) & found["statement"].eq(key)], term, standards)
        for year, key in worst
    )
    return LeastSecure(layer=layer, period=term, rows=rows)


def coverage(school: School, *, term: str, standards: Standards) -> Coverage:
    """Set what was taught this school year against what its classes have secured.

    Returns
    -------
    Coverage
        A row for each class and statement taught often and secured rarely, the least secure first.

    Raises
    ------
    NoRecords
        If the school keeps no record of what was taught, or no statements.
    """
    rules = standards.for_phase(school.phase).coverage
    taught = until(school.table("taught"), term)
    first = pd.Timestamp(Term(Term.parse(term).starts_in, 0).start)
    lessons = taught[taught["date"] >= first].groupby(["class", "statement"])["date"].nunique()
    if lessons.empty:
        raise NoRecords(
            f"Nothing was recorded as taught in {Term.parse(term).year}", "lessons have to be given"
        )
    states = pupil_security(school, term=term, standards=standards)
    states = states.assign(held=states["state"].isin(HELD))
    grouped = states.groupby(["class", "statement"])
    held = grouped["held"].agg(held="sum", pupils="size")
    both = held.join(lessons.rename("lessons"), how="inner")
    both = both[both["lessons"] >= rules.taught_often]
    rare = both[both["held"] < rules.secured_rarely * both["pupils"]]
    rare = rare.assign(share=rare["held"] / rare["pupils"]).sort_values("share", kind="stable")
    rows = (
        CoverageRow(
            label=standards.statements[row.statement].text,
            class_name=str(row.name),
            statement=row.statement,
            lessons=int(row.lessons),
            secured=_secured(grouped.get_group((row.name, row.statement))),
        )
        for row in rare.reset_index().rename(columns={"class": "name"}).itertuples()
    )
    return Coverage(
        period=term,
        taught_often=rules.taught_often,
        secured_rarely=rules.secured_rarely,
        looked_at=len(both),
        rows=tuple(rows),
    )


def best_next(
    school: School, *, term: str, standards: Standards, layer: str = LAYERS[0], count: int = 3
) -> Next:
    """Give the fewest statements that would help the most pupils.

    Each statement in turn is the one that helps most pupils whom those before it do not; a
    statement that helps nobody more ends the list.

    Parameters
    ----------
    school, term, standards, layer, count
        As for `least_secure`.
    """
    found = in_layer(pupil_security(school, term=term, standards=standards), layer)
    gaps = found[found["state"].isin(GAPS)]
    everyone = gaps["pupil_id"].unique()
    rows: list[NextRow] = []
    left = gaps
    while len(rows) < count and not left.empty:
        key = str(left["statement"].value_counts(sort=False).idxmax())
        years = sorted(gaps.loc[gaps["statement"].eq(key), "year_group"].unique())
        helped = left.loc[left["statement"].eq(key), "pupil_id"]
        left = left[~left["pupil_id"].isin(helped)]
        rows.append(
            NextRow(
                label=standards.statements[key].text,
                statement=key,
                year_groups=tuple(year_label(y) for y in years),
                reached=share(set(everyone) - set(left["pupil_id"]), everyone),
            )
        )
    return Next(layer=layer, period=term, rows=tuple(rows))


def _row(rows: pd.DataFrame, term: str, standards: Standards) -> StatementRow:
    gap = rows["state"].isin(GAPS)
    classes = rows.groupby(rows["class"].fillna(""))
    parts = {str(k): (of.loc[gap[of.index], "pupil_id"], of["pupil_id"]) for k, of in classes}
    statement = standards.statements[rows["statement"].iloc[0]]
    return StatementRow(
        label=statement.text,
        statement=statement.id,
        year_group=year_label(int(rows["year_group"].iloc[0])),
        block=standards.blocks[statement.block].label,
        since=_since(rows.loc[gap, "last_shown"], term),
        not_secure=attempt(breakdown, "class", parts),
    )


def _secured(rows: pd.DataFrame) -> Share | Withheld:
    return attempt(share, rows.loc[rows["held"], "pupil_id"], rows["pupil_id"])


def _since(last_shown: pd.Series, term: str) -> str:
    if last_shown.isna().all():
        return "never"
    latest = last_shown.max()
    return "" if latest >= pd.Timestamp(Term.parse(term).start) else f"{latest:%B %Y}"
