"""Who still needs support to write: by hand, with the defaults (half of at least 4)."""

import pandas as pd
import pytest

from writinggaps.measures.scaffolds import scaffold_reliance
from writinggaps.problems import NoRecords
from writinggaps.readers.school import School
from writinggaps.standards import load_standards

TERM = "2025-26-autumn"
STANDARDS = load_standards()


def seen(pupil, alone, helped, date="2025-10-01", secure=True):
    """So many statements seen in a piece written alone, and in a scaffolded one."""
    return [
        {
            "pupil_id": pupil,
            "date": pd.Timestamp(date),
            "piece": f"{pupil} {kind}",
            "statement": f"S{number}",
            "secure": secure,
            "support": kind,
        }
        for kind, count in (("independent", alone), ("scaffolded", helped))
        for number in range(count)
    ]


def asked(*rows):
    pupils = pd.DataFrame(
        {"pupil_id": ["A1", "A2", "B1"], "year_group": 4, "class": ["4A", "4A", "4B"]}
    )
    statements = pd.DataFrame([row for part in rows for row in part])
    school = School(
        key="oak",
        name="Example",
        phase="primary",
        tables={"pupils": pupils, "statements": statements},
    )
    return scaffold_reliance(school, term=TERM, standards=STANDARDS)


def test_the_share_of_independent_evidence_is_counted_by_class():
    found = asked(seen("A1", 6, 2), seen("A2", 2, 2), seen("B1", 4, 0))

    by_class = {c.label: (c.observed.independent, c.observed.observations) for c in found.classes}
    assert by_class == {"4A": (8, 12), "4B": (4, 4)}
    assert (found.whole.n, found.whole.independent, found.whole.observations) == (3, 12, 16)
    assert found.whole.share == 0.75


@pytest.mark.parametrize(
    ("alone", "helped", "reliant"),
    [
        pytest.param(2, 2, ("A1",), id="exactly-half"),
        pytest.param(3, 2, (), id="less-than-half"),
        pytest.param(0, 3, (), id="too-few-to-tell"),
    ],
)
def test_a_pupil_relies_on_scaffolds_from_half_of_four_observations(alone, helped, reliant):
    found = asked(seen("A1", alone, helped), seen("B1", 4, 0))

    assert found.reliant_pupils == reliant
    assert found.reliant.whole.count == len(reliant)


def test_of_the_reliant_those_secure_only_with_support_are_told_apart():
    weeks = ("2025-10-01", "2025-10-08")
    only = [row for day in weeks for row in seen("A1", 0, 4, day)]
    both = [row for day in weeks for row in seen("A2", 4, 4, day)]

    found = asked(only, both)

    assert found.reliant_pupils == ("A1", "A2")
    assert found.only_supported_pupils == ("A1",)
    assert (found.only_supported.count, found.only_supported.n) == (1, 2)


def test_where_nobody_relies_on_scaffolds_there_is_no_share_of_them():
    assert asked(seen("B1", 4, 0)).only_supported.reason == "too_few_pupils"


def test_exercises_are_no_evidence_of_writing():
    drill = [{**row, "piece": None} for row in seen("A1", 4, 0)]

    assert asked(seen("A1", 1, 3), drill).whole.observations == 4


def test_earlier_terms_do_not_count():
    with pytest.raises(NoRecords, match="No statements were seen in writing in autumn 2025"):
        asked(seen("A1", 4, 4, date="2025-06-10"))
