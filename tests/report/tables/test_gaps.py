from writinggaps.disclosure import release
from writinggaps.estimates import share, share_difference
from writinggaps.estimates.breakdown import breakdown
from writinggaps.estimates.gate import CHECKS
from writinggaps.measures.attainment import Attainment
from writinggaps.measures.gaps.history import GapHistory, GapRow, Gaps, GapYear
from writinggaps.measures.gaps.results import Check, GapChange, PointsMoved
from writinggaps.report.figures import gaps as figures
from writinggaps.report.tables import attainment as attainment_table
from writinggaps.report.tables import gaps as tables
from writinggaps.withheld import Withheld

FEW = Withheld(reason="too_few_pupils", found="There are only 4 boys")


def points(group, others):
    return share_difference(share(*group), share(*others), group_name="boys", others_name="girls")


GAPS = Gaps(
    behind_level=0.98,
    measure="Writing (teacher assessment)",
    period="2025-26-autumn",
    rows=(
        GapRow(
            label="boys",
            history=GapHistory(
                by="sex",
                measure="Writing (teacher assessment)",
                period="2025-26-autumn",
                group_name="boys",
                others_name="girls",
                pooled=points((30, 70), (100, 150)),
                years=(
                    GapYear(period="2023-24", points=FEW),
                    GapYear(period="2024-25", points=points((9, 23), (33, 50))),
                    GapYear(period="2025-26", points=points((13, 24), (25, 50))),
                ),
            ),
        ),
        GapRow(label="pupils with EAL", history=FEW),
    ),
)


def change(*failed):
    return GapChange(
        by="sex", group_name="boys", others_name="girls", measure="Writing",
        since="2024-25-autumn", period="2025-26-autumn", design="same pupils", verdict="closing",
        checks=tuple(Check(name=name, held=name not in failed) for name in CHECKS),
        moved=PointsMoved(narrowed=5, low=1, high=9, detectable=4, margin=4, before=-9, after=-4),
        standard_deviations=0.1, n_group=30, n_others=60, joined=0, gone=0, cohorts=0,
        level=0.9875, statements=4,
    )  # fmt: skip


def test_groups_stand_below_each_other_with_all_years_first():
    table = tables.gaps(release(GAPS, "staff"))

    assert table.columns == (
        "Group", "In the group", "The others", "All years together",
        "2023-24", "2024-25", "2025-26",
    )  # fmt: skip
    assert table.rows[0] == (
        "Boys", "30 of 70 (43%)", "100 of 150 (67%)", "−24 (−37 to −10)",
        "x", "−27 (−47 to −2)", "4 (−19 to 27)",
    )  # fmt: skip
    assert table.rows[1] == ("Pupils with EAL", "x", "x", "x", "x", "x", "x")


def test_every_check_of_the_gate_is_listed_in_order():
    table = tables.gate(release(change(), "staff"))

    assert table.caption == (
        "Is the gap between boys and girls closing? What was checked, autumn 2024 to autumn 2025"
    )
    assert len(table.rows) == len(CHECKS)
    assert {held for _, held in table.rows} == {"yes"}


def test_two_pupils_are_not_asked_about_where_nothing_is_beyond_chance():
    rows = dict(tables.gate(release(change("beyond_chance", "not_two_pupils"), "staff")).rows)

    assert rows["The change is more than chance gives"] == "no"
    assert rows["It holds without any one or two pupils"] == "not asked"


def test_the_same_data_draw_the_same_picture_with_letters_as_letters():
    one, other = (figures.gaps(release(GAPS, "staff")) for _ in range(2))

    assert one.svg == other.svg
    assert ">Boys<" in one.svg
    assert "Pupils with EAL" not in one.svg
    assert one.title == "No group was behind in every year shown"
    assert one.data == tables.gaps(release(GAPS, "staff"))


def test_in_a_shared_picture_a_gap_between_bands_is_not_drawn():
    banded = Gaps(
        behind_level=0.98,
        measure="Writing",
        period="2025-26-autumn",
        rows=(
            GapRow(
                label="boys",
                history=GapHistory(
                    by="sex",
                    measure="Writing",
                    period="2025-26-autumn",
                    group_name="boys",
                    others_name="girls",
                    pooled=points((20, 22), (40, 60)),
                    years=tuple(GapYear(period=y, points=FEW) for y in ("2024", "2025", "2026")),
                ),
            ),
        ),
    )
    shown = figures.gaps(release(banded, "public"))

    assert "all years together" not in shown.svg
    assert shown.data.rows[0][3] == "c"


def test_year_groups_stand_below_the_whole():
    counts = {"Year 5": (20, 30), "Year 6": (25, 32)}
    value = Attainment(
        measure="Writing", period="2025-26-autumn", who="all year groups judged",
        expected=breakdown("year group", counts), of_eligible=breakdown("year group", counts),
        greater_depth=breakdown("year group", {"Year 5": (4, 30), "Year 6": (6, 32)}),
    )  # fmt: skip
    table = attainment_table.attainment(release(value, "staff"))

    assert table.caption == (
        "Pupils at the standards in writing by year group, all year groups judged, up to autumn "
        "2025"
    )
    assert table.rows[0] == (
        "All together", "45 of 62 (73%)", "60 to 82%", "45 of 62 (73%)",
        "10 of 62 (16%)",
    )  # fmt: skip
    assert [row[0] for row in table.rows] == ["All together", "Year 5", "Year 6"]
