"""What is secured, as tables: rows for people."""

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.estimates.breakdown import breakdown, split_breakdown
from writinggaps.measures.security.blocks import BlockSecurity, Security
from writinggaps.measures.security.statements import LeastSecure, Next, NextRow, StatementRow
from writinggaps.report.tables import security as tables
from writinggaps.report.tables.cells import cell as cell_of
from writinggaps.withheld import Withheld

TERM = "2025-26-autumn"
BLANK = "too little evidence"


def states(secure, not_yet, blank=0):
    return {"secure": secure, "only with support": 0, "not yet": not_yet, BLANK: blank}


YEARS = split_breakdown("year_group", {"Year 3": states(20, 10), "Year 4": states(0, 2, 28)})
SECURITY = Security(
    by="year_group",
    layer="earlier years",
    period=TERM,
    standards="own",
    blocks=(BlockSecurity(label="Sentence control", split=YEARS, retained=share(12, 60)),),
)


def test_security_has_a_row_a_block_and_a_column_a_part():
    table = tables.security(release(SECURITY, "staff"))

    assert table.columns == ("Block", "All pupils", "Of these retained", "Year 3", "Year 4")
    assert table.rows == (("Sentence control", "20 of 60", "12 of 60", "20 of 30", BLANK),)
    assert table.caption == (
        "Pupils who are secure in what earlier years taught, by block, autumn 2025"
    )


def test_each_share_is_a_record_that_other_reports_can_read():
    records = tables.security(release(SECURITY, "staff")).findings

    assert [(f.measure, f.group, f.n, f.status, f.reason) for f in records] == [
        ("secure: Sentence control", "all pupils", 60, "given", ""),
        ("secure: Sentence control", "Year 3", 30, "given", ""),
        ("secure: Sentence control", "Year 4", None, "withheld", "too_little_evidence"),
    ]
    assert (records[0].estimate, records[0].source) == (20 / 60, "own")


def test_cells_of_shared_editions_are_no_more_exact_than_they_may_be():
    shared = release(share(12, 60), "governors")

    def cell(count, n):
        return cell_of(release(share(count, n), "governors").value, shared)

    assert [cell(c, 23) for c in (2, 12, 22)] == [
        "none or very few of about 25",
        "about 10 of 25",
        "all or nearly all of about 25",
    ]
    assert cell_of(Withheld(reason="suppressed", found="hidden"), shared) == "not shown"


def test_the_least_secure_come_with_classes_the_most_pupils_first():
    row = StatementRow(
        label="Marks boundaries",
        statement="s",
        year_group="Year 4",
        block="Sentence control",
        since="",
        not_secure=breakdown("class", {"4A": (5, 15), "4B": (9, 15), "4C": (0, 15)}),
    )
    value = LeastSecure(layer="earlier years", period=TERM, rows=(row,))

    assert tables.least_secure(release(value, "staff")).rows == (
        ("Marks boundaries", "Year 4", "14 of 45", "4B: 9, 4A: 5", "this term"),
    )


def test_a_table_without_rows_is_not_shown():
    empty = LeastSecure(layer="this year", period=TERM, rows=())

    assert tables.least_secure(release(empty, "staff")) == ""


def test_next_steps_have_a_row_each():
    step = NextRow(
        label="Uses 'and'", statement="s", year_groups=("Year 3", "Year 4"), reached=share(9, 20)
    )
    nexts = Next(layer="earlier years", period=TERM, rows=(step,))

    assert tables.best_next(release(nexts, "staff")).rows == (
        ("Uses 'and'", "Year 3 and Year 4", "9 of 20"),
    )
