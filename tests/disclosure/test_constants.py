"""A field marked as constant is shown exactly: each is set, or was published, and is known here."""

import importlib
import pkgutil

import writinggaps
from writinggaps.disclosure import release
from writinggaps.estimates.means import mean_difference
from writinggaps.estimates.ratio_gain import ratio_gain
from writinggaps.results import kinds

SET = {
    "level", "weight", "reference", "reliability", "large_points", "share", "expected", "weeks",
    "chance", "target", "scale", "notional_pounds", "whole_pounds", "terms", "everywhere",
    "nowhere", "taught_often", "secured_rarely", "often", "half", "enough", "behind_level",
}  # fmt: skip
"""Thresholds, levels, weights, targets and budgets."""


def results():
    for room in pkgutil.walk_packages(writinggaps.__path__, "writinggaps."):
        if ".measures" in room.name or ".estimates" in room.name:
            for made in vars(importlib.import_module(room.name)).values():
                if isinstance(made, type) and getattr(made, "__is_result__", False):
                    yield made


def _annotation(of, name):
    """As written where the field was declared, in the class or in one that it builds on."""
    said = (vars(base).get("__annotations__", {}) for base in of.__mro__)
    return next(names[name] for names in said if name in names)


def test_every_number_that_is_shown_exactly_is_known_to_be_set_or_published():
    found = {
        (of.__module__.partition(".")[2], of.__name__, name)
        for of in results()
        for name, kind in kinds(of).items()
        if kind and kind.name == "constant" and "Constant" in _annotation(of, name)
    }
    official = (
        "official",
        "measures.area",
        "measures.evaluation.published",
        "measures.inclusion.beside",
        "estimates.shrinkage",
    )

    unknown = {f for f in found if f[2] not in SET and not f[0].startswith(official)}
    assert len(found) > 20
    assert unknown == set()


def test_degrees_of_freedom_do_not_tell_how_many_pupils_there_are():
    taught, others = list(range(23)), list(range(5, 41))
    exact = mean_difference(taught, others, equal_spread=True)

    assert exact.df == len(taught) + len(others) - 2
    assert release(exact, "governors").value.df == 60


def test_the_mean_time_between_tests_does_not_tell_how_many_pupils_there_are():
    exact = ratio_gain(
        [4.0, 6.0, 8.0] * 7, elapsed_months=[3.0] * 20 + [4.0], scale="age in months"
    )

    assert exact.elapsed_months != 3.0
    assert release(exact, "governors").value.elapsed_months == 3.0
