import pytest

from writinggaps.results import (
    Count,
    Label,
    Number,
    Points,
    PupilIds,
    Score,
    is_result,
    kinds,
    may_be_withheld,
    result,
)
from writinggaps.withheld import Withheld


@result
class Inner:
    n: Count


@result
class Outer:
    label: Label
    schools: Number
    change: Points | None
    scores: tuple[Score, ...]
    who: PupilIds
    inner: Inner
    rows: tuple[Inner | Withheld, ...]


def test_every_field_says_how_it_may_be_shown():
    found = {name: kind and kind.name for name, kind in kinds(Outer).items()}

    assert found == {
        "label": "label",
        "schools": "constant",
        "change": "measured",
        "scores": "measured",
        "who": "pupils",
        "inner": None,
        "rows": None,
    }


def test_a_measured_kind_carries_its_step():
    assert kinds(Outer)["change"].step == 5.0
    assert kinds(Outer)["scores"].step == 1.0


@pytest.mark.parametrize(
    "hint",
    [
        int,
        float,
        str,
        object,
        dict[str, int],
        tuple[int, ...],
        list[str],
        int | None,
        float | Withheld,  # would be shown as it is beside a kind of its own
        Inner | int,
        tuple[Inner, float],
        Count | Score,  # two kinds: which one?
        Withheld,
    ],
)
def test_a_field_without_a_kind_of_its_own_is_refused_when_the_class_is_made(hint):
    with pytest.raises(TypeError, match=r"Bad\.field does not say how it may be shown"):
        result(type("Bad", (), {"__annotations__": {"field": hint}}))


def test_a_result_is_frozen_and_keyword_only_and_has_no_room_for_more():
    made = Inner(n=3)

    with pytest.raises(AttributeError):
        made.n = 4
    with pytest.raises(TypeError):
        Inner(3)
    assert not hasattr(made, "__dict__")


def test_only_what_is_made_as_a_result_is_one():
    assert is_result(Inner(n=3))
    assert not is_result(Withheld(reason="x", found=""))
    assert not is_result(Inner)
    assert not is_result(7)


def test_a_field_may_be_withheld_only_where_it_says_so():
    assert may_be_withheld(Outer, "rows")
    assert not may_be_withheld(Outer, "inner")
