"""Reliance on scaffolds, in words: every branch in full."""

import pytest

from writinggaps.disclosure import release
from writinggaps.estimates import share
from writinggaps.estimates.breakdown import breakdown
from writinggaps.measures.scaffolds import ClassEvidence, Observed, ScaffoldReliance
from writinggaps.report.words import scaffolds as words
from writinggaps.withheld import Withheld

NOBODY = Withheld(reason="too_few_pupils", found="The group has no pupils")
START = (
    "In autumn 2025, 72% of what was looked for in pupils' writing was seen in pieces written "
    "alone."
)


def reliance(only=NOBODY, **classes):
    classes = {k.strip("_"): v for k, v in classes.items()}
    n = sum(n for _, n in classes.values())
    whole = Observed(n=n, independent=720, observations=1000)
    return ScaffoldReliance(
        period="2025-26-autumn",
        share=0.5,
        whole=whole,
        classes=tuple(ClassEvidence(label=label, observed=whole) for label in classes),
        reliant=breakdown("class", classes),
        only_supported=only,
        reliant_pupils=(),
        only_supported_pupils=(),
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(
            reliance(share(7, 8), _4A=(8, 26), _4B=(0, 26)),
            f"{START} **8 of 52 pupils (15%) rely on scaffolds**: at least 50% of what they "
            f"showed was with support; all of them are in 4A. Of these, 7 have shown more with "
            f"support than secured alone.",
            id="all-in-one-class",
        ),
        pytest.param(
            reliance(share(8, 8), _4A=(8, 26), _4B=(0, 26)),
            f"{START} **8 of 52 pupils (15%) rely on scaffolds**: at least 50% of what they "
            f"showed was with support; all of them are in 4A. All of these have shown more with "
            f"support than secured alone.",
            id="each-more-with-support",
        ),
        pytest.param(
            reliance(share(0, 8), _4A=(6, 26), _4B=(2, 26)),
            f"{START} **8 of 52 pupils (15%) rely on scaffolds**: at least 50% of what they "
            f"showed was with support; 6 of them are in 4A.",
            id="most-in-one-class",
        ),
        pytest.param(
            reliance(_4A=(4, 26), _4B=(4, 26)),
            f"{START} **8 of 52 pupils (15%) rely on scaffolds**: at least 50% of what they "
            f"showed was with support.",
            id="spread-over-classes",
        ),
        pytest.param(
            reliance(_4A=(1, 26)),
            f"{START} **1 of 26 pupils (4%) relies on scaffolds**: at least 50% of what they "
            f"showed was with support.",
            id="one-pupil",
        ),
        pytest.param(
            reliance(_4A=(0, 26), _4B=(0, 26)),
            f"{START} No pupil relies on scaffolds.",
            id="nobody",
        ),
    ],
)
def test_reliance_is_said_in_children_and_classes(value, expected):
    assert words.scaffold_reliance(release(value, "staff")) == expected


def test_shared_editions_say_about_how_many():
    found = release(reliance(share(12, 12), _4A=(10, 26), _4B=(2, 26)), "governors")

    assert words.scaffold_reliance(found) == (
        "In autumn 2025, about 72% of what was looked for in pupils' writing was seen in "
        "pieces written alone. **About 10 of 50 pupils (a fifth) rely on scaffolds**: "
        "at least 50% of what they showed was with support; about 10 of them are in 4A. Of these, "
        "all or nearly all have shown more with support than secured alone."
    )


def test_nobody_and_a_few_read_the_same_in_shared_editions():
    def said(count):
        return words.scaffold_reliance(release(reliance(_4A=(count, 50)), "public"))

    assert (
        said(0)
        == said(3)
        == (
            "In autumn 2025, about 72% of what was looked for in pupils' writing was seen in "
            "pieces written alone. **None or very few of about 50 pupils rely on scaffolds**."
        )
    )


def test_what_may_not_be_shown_is_said():
    hidden = reliance(_4A=(3, 30))
    value = release(
        type(hidden)(**{f: getattr(hidden, f) for f in hidden.__slots__} | {"reliant": NOBODY}),
        "staff",
    )

    assert words.scaffold_reliance(value) == (
        f"{START} Who relies on scaffolds is not shown: the numbers are too small."
    )
