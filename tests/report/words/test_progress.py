from writinggaps.disclosure import release
from writinggaps.estimates.breakdown import split_breakdown
from writinggaps.measures.progress import Part, PartAdded, Transitions, ValueAdded
from writinggaps.report.tables import progress as tables
from writinggaps.report.words import progress as words

WHEN = {"since": "2024-25-autumn", "period": "2025-26-autumn"}


def moves(counts):
    both = {"start_measure": "Writing", "measure": "Writing", **WHEN}
    return Transitions(**both, moves=split_breakdown("start", counts))


def added(*parts):
    return ValueAdded(
        by="class",
        start_measure="Scale",
        measure="Scale",
        **WHEN,
        n=60,
        slope=0.8,
        schools=1,
        parts=tuple(
            Part(label=label, added=PartAdded(n=30, estimate=d, drawn=d, low=d - 3, high=d + 3))
            for label, d in parts
        ),
    )


def test_where_most_went_is_said_for_each_start():
    value = moves({"WTS": {"WTS": 3, "EXS": 9}, "EXS": {"WTS": 1, "EXS": 19}})

    assert words.transitions(release(value, "staff")) == (
        "From Writing in autumn 2024 to Writing in autumn 2025, the most are: of those at WTS, "
        "9 of 12 pupils (75%) at EXS and of those at EXS, 19 of 20 pupils (95%) at EXS."
    )


def test_small_starts_are_not_shown():
    value = moves({"WTS": {"WTS": 1, "EXS": 2}, "EXS": {"WTS": 1, "EXS": 3}})

    assert words.transitions(release(value, "governors")) == (
        "This cannot be said. The group, or one side of it, is so small that a child could be "
        "recognised."
    )


def test_a_class_above_and_one_below_are_named_with_their_ranges():
    assert words.value_added(release(added(("4A", 5.0), ("4B", -5.0), ("4C", 1.0)), "staff")) == (
        "Of 60 pupils with scores in autumn 2024 and in autumn 2025, beside others with the same "
        "starting score: 4A is 5 points above (2 to 8) and 4B is 5 points below (2 to 8)."
    )


def test_no_class_known_to_differ_is_not_said_to_be_alike():
    assert words.value_added(release(added(("4A", 1.0)), "staff")) == (
        "Of 60 pupils with scores in autumn 2024 and in autumn 2025, no class is known to have "
        "come further, or less far, than others with the same starting score."
    )


def test_tables_lay_starts_below_each_other_and_parts_with_ranges():
    value = moves({"WTS": {"WTS": 3, "EXS": 9}, "EXS": {"WTS": 1, "EXS": 19}})
    assert tables.transitions(release(value, "staff")).rows == (
        ("WTS", "3 of 12", "9 of 12"),
        ("EXS", "1 of 20", "19 of 20"),
        ("All", "4 of 32", "28 of 32"),
    )
    assert tables.value_added(release(added(("4A", 5.0)), "staff")).rows == (
        ("4A", "30", "5.0", "5.0", "2.0 to 8.0"),
    )
