from writinggaps.disclosure import release
from writinggaps.estimates.breakdown import breakdown, split_breakdown
from writinggaps.measures.progress.added import Part, PartAdded, ValueAdded
from writinggaps.measures.progress.moves import Jumps, Transitions
from writinggaps.report.tables import progress as tables
from writinggaps.report.words import progress as words
from writinggaps.withheld import Withheld

START = {"start": "the end of Reception", "period": "2025-26-autumn"}
MOVES = {"emerging": {"WTS": 3, "EXS": 9}, "expected": {"WTS": 1, "EXS": 19}}
NONE = Withheld(reason="no_records", found="Nobody was judged")


def moves(counts):
    named = {"start_measure": "Early learning goal", "measure": "Writing", **START}
    return Transitions(**named, moves=split_breakdown("start", counts))


def up(years):
    return Jumps(**START, measure="Points", enough=4, reached=breakdown("year_group", years))


def added(*parts):
    return ValueAdded(
        by="class",
        start_measure="Scale",
        measure="Scale",
        start="the same term last year",
        period="2025-26-autumn",
        n=60,
        slope=0.8,
        schools=1,
        parts=tuple(
            Part(label=label, added=PartAdded(n=30, estimate=d, drawn=d, low=d - 3, high=d + 3))
            for label, d in parts
        ),
    )


def test_where_most_went_is_said_for_each_start():
    assert words.transitions(release(moves(MOVES), "staff")) == (
        "Since the end of Reception, from early learning goal to writing: 9 of 12 pupils (75%) who "
        "were “emerging” are now “EXS” and 19 of 20 pupils (95%) who were “expected” are now “EXS”."
    )


def test_small_starts_are_not_shown():
    value = moves({"emerging": {"WTS": 1, "EXS": 2}, "expected": {"WTS": 1, "EXS": 3}})

    assert words.transitions(release(value, "governors")) == (
        "This cannot be said. The group, or one side of it, is so small that a child could be "
        "recognised."
    )


def test_points_gone_up_are_counted_and_never_averaged():
    value = up({"Year 1": (10, 26), "Year 2": (20, 26)})

    assert words.jumps(release(value, "staff")) == (
        "Since the end of Reception, **30 of 52 pupils (58%)** have gone up four or more of the "
        "school's points."
    )
    assert tables.jumps(release(value, "staff")).rows == (
        ("Year 1", "10 of 26"),
        ("Year 2", "20 of 26"),
        ("All together", "30 of 52"),
    )


def test_a_class_above_and_one_below_are_named_with_their_ranges():
    assert words.value_added(release(added(("4A", 5.0), ("4B", -5.0), ("4C", 1.0)), "staff")) == (
        "Of 60 pupils with a score now and one from the same term last year, beside others with "
        "the same starting score: **4A** is about 5 points above (2 to 8) and **4B** is about 5 "
        "points below (2 to 8). This does not say what made the difference."
    )


def test_no_class_known_to_differ_is_not_said_to_be_alike():
    assert words.value_added(release(added(("4A", 1.0)), "staff")) == (
        "Of 60 pupils with a score now and one from the same term last year, no class is known to "
        "have come further, or less far, than others with the same starting score."
    )


def test_only_the_starting_points_that_a_school_has_are_spoken_of():
    none, known = release(NONE, "staff"), release(added(("4A", 1.0)), "staff")

    assert words.progress(none, none, known) == words.value_added(known)
    assert tables.progress(none, none, known) == tables.value_added(known)
    assert words.progress(none, none, none) == words.transitions(none)
    moved, gone_up = release(moves(MOVES), "staff"), release(up({"Year 1": (10, 26)}), "staff")
    assert words.progress(moved, gone_up, known) == " ".join(
        (words.jumps(gone_up), words.transitions(moved), words.value_added(known))
    )
    assert tables.progress(moved, gone_up, known) == tables.jumps(gone_up)


def test_tables_lay_starts_below_each_other_and_parts_with_ranges():
    assert tables.transitions(release(moves(MOVES), "staff")).rows == (
        ("emerging", "3 of 12", "9 of 12"),
        ("expected", "1 of 20", "19 of 20"),
        ("All", "4 of 32", "28 of 32"),
    )
    assert tables.value_added(release(added(("4A", 5.0)), "staff")).rows == (
        ("4A", "30", "5.0", "5.0", "2.0 to 8.0"),
    )
