"""Every pupil on roll, every statement expected of them, and its state."""

from __future__ import annotations

import pandas as pd

from writinggaps.estimates.states import states
from writinggaps.problems import BadArgument, NoRecords, hint
from writinggaps.readers.evidence import seen
from writinggaps.readers.kept import kept
from writinggaps.readers.roll import on_roll
from writinggaps.readers.school import School
from writinggaps.standards import Standards

__all__ = ["GAPS", "HELD", "LAYERS", "in_layer", "pupil_security"]

LAYERS = ("earlier years", "this year")
HELD = ("retained", "secured")
GAPS = ("only with support", "not yet")

_COLUMNS = ["pupil_id", "class", "year_group"]


@kept
def pupil_security(school: School, *, term: str, standards: Standards) -> pd.DataFrame:
    """Give the state of every pupil on roll in every statement expected of them.

    Parameters
    ----------
    school : School
        With statements, and pieces where the school keeps them.
    term : str
        Evidence up to the end of this term counts.
    standards : Standards
        Statements expected, and what counts as secured and retained.

    Returns
    -------
    DataFrame
        One row per pupil and statement: pupil_id, class, year_group, statement, text, block,
        from_year, particular, layer (`earlier years` or `this year`), state, secured_on,
        retained_on, lapsed, last_shown (independently), last_seen, and looked_at: whether most
        of the year group were seen in it at all, however many pieces it takes to be secure.

    Raises
    ------
    NoRecords
        If the school keeps no statements, or nothing is expected of its year groups.
    """
    rules = standards.for_phase(school.phase)
    found = states(
        seen(school, term),
        _expected(on_roll(school, term), standards),
        pieces=rules.secure.independent_pieces,
        lost_after=rules.secure.lost_after_pieces,
        within_weeks=rules.secure.within_weeks,
        after_weeks=rules.retained.after_weeks,
    )
    seen_at_all = found["last_seen"].notna()
    part = seen_at_all.groupby([found["year_group"], found["statement"]]).transform("mean")
    return found.assign(looked_at=part > 1 / 2)


def in_layer(found: pd.DataFrame, layer: str) -> pd.DataFrame:
    """Give the rows of a layer that pupils can be judged by.

    Of earlier years these are the statements that most of a year group were seen in: nobody
    looks at everything for ever. Of this year they are all statements, from the first day, so that
    the first lesson on one lowers nothing.

    Raises
    ------
    NoRecords
        If there is no evidence in the layer.
    """
    if layer not in LAYERS:
        raise BadArgument(f"There is no layer '{layer}'", "", "", hint(layer, LAYERS))
    rows = found[found["layer"].eq(layer)]
    if layer == LAYERS[0]:
        rows = rows[rows["looked_at"]]
    if rows["last_seen"].isna().all():
        raise NoRecords(
            f"No evidence was recorded on the statements of {layer}",
            "statements have to be seen in pupils' writing",
        )
    return rows


def _expected(roll: pd.DataFrame, standards: Standards) -> pd.DataFrame:
    """Pair every pupil with every statement of their own and of earlier years."""
    statements = pd.DataFrame(
        [(s.id, s.text, s.block, s.from_year, s.particular) for s in standards.statements.values()],
        columns=["statement", "text", "block", "from_year", "particular"],
    )
    pupils = roll.reindex(columns=_COLUMNS).dropna(subset=["year_group"])
    pairs = pupils.merge(statements, how="cross")
    pairs = pairs[pairs["from_year"] <= pairs["year_group"]].reset_index(drop=True)
    if pairs.empty:
        raise NoRecords(
            f"The standards '{standards.name}' expect nothing of this school's year groups",
            "the year groups on roll need statements",
        )
    own = pairs["from_year"].eq(pairs["year_group"])
    return pairs.assign(layer=own.map({False: LAYERS[0], True: LAYERS[1]}))
