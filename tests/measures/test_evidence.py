"""Do we know enough: pieces, subjects, judgements, moderation."""

import pandas as pd
import pytest

from writinggaps.measures.evidence import evidence, judgement_mix
from writinggaps.measures.judging import moderation
from writinggaps.problems import NoRecords
from writinggaps.readers.school import School
from writinggaps.standards import load_standards

TERM = "2025-26-autumn"
STANDARDS = load_standards()


def school_of(**tables):
    pupils = pd.DataFrame({"pupil_id": ["P1", "P2", "P3", "P4"], "year_group": [3, 3, 4, 4]})
    return School(key="oak", name="Example", phase="primary", tables={"pupils": pupils, **tables})


def pieces(*rows):
    frame = pd.DataFrame(rows, columns=["pupil_id", "date", "subject", "independent"])
    return frame.assign(
        date=pd.to_datetime(frame["date"]), independent=frame["independent"].astype("boolean")
    )


WRITTEN = pieces(
    ("P1", "2025-11-20", "English", True),
    ("P1", "2025-10-20", "history", True),
    ("P2", "2025-11-20", "English", False),
    ("P2", "2025-09-20", "English", True),
    ("P3", "2025-09-25", None, True),
    ("P3", "2025-06-20", "English", True),
    ("P4", "2025-11-20", "English", None),
    ("P9", "2025-11-20", "English", True),
)


def test_how_often_pupils_write_alone_is_counted_by_hand():
    found = evidence(school_of(pieces=WRITTEN), term=TERM, standards=STANDARDS)

    assert (found.n, found.pieces, found.independent) == (4, 6, 4)
    assert found.per_pupil == 1.0
    assert [(s.label, s.pieces) for s in found.subjects] == [
        ("English", 2),
        ("history", 1),
        ("not recorded", 1),
    ]
    assert {k: (s.count, s.n) for k, s in found.enough.shares.items()} == {
        "Year 3": (1, 2),
        "Year 4": (0, 2),
    }


def test_recent_is_counted_back_from_the_schools_latest_piece():
    found = evidence(school_of(pieces=WRITTEN), term=TERM, standards=STANDARDS)

    # eight weeks before 20 November is 25 September: P3 is just in, P2's own piece is not
    assert found.not_recent_pupils == ("P2", "P4")
    assert (found.not_recent.whole.count, found.not_recent.whole.n) == (2, 4)


def test_a_term_without_pieces_is_said():
    with pytest.raises(NoRecords, match="No pieces of writing were recorded in spring 2026"):
        evidence(school_of(pieces=WRITTEN), term="2025-26-spring", standards=STANDARDS)


def judged(*rows):
    columns = ["pupil_id", "term", "date", "kind", "value", "moderated_value"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(date=pd.to_datetime(frame["date"]), subject="writing", measure="writing")


JUDGED = judged(
    ("P1", "2025-26-autumn", "2025-12-01", "summative", "EXS", "WTS"),
    ("P1", "2025-26-autumn", "2025-10-01", "formative", "WTS", "WTS"),
    ("P2", "2025-26-autumn", "2025-12-01", "summative", "WTS", "EXS"),
    ("P3", "2025-26-autumn", "2025-12-01", "summative", "GDS", "GDS"),
    ("P4", "2025-26-autumn", "2025-12-01", "summative", "GDS", None),
    ("P4", "2024-25-summer", "2025-07-01", "summative", "GDS", "EXS"),
)


def test_formative_and_summative_judgements_of_the_term_are_counted():
    found = judgement_mix(school_of(judgements=JUDGED), term=TERM)

    assert (found.n, found.formative, found.summative) == (4, 1, 4)


def test_judgements_of_another_subject_are_not_of_writing():
    reading = JUDGED.assign(subject="reading")

    with pytest.raises(NoRecords, match="No judgements of writing"):
        judgement_mix(school_of(judgements=reading), term=TERM)


def test_moderation_counts_each_pupils_latest_judgement_of_the_school_year_once():
    found = moderation(school_of(judgements=JUDGED), term=TERM, standards=STANDARDS)

    counts = {label: share.count for label, share in found.agreement.shares.items()}
    assert counts == {"the same": 1, "teacher higher": 1, "teacher lower": 1}
    assert (found.agreement.n, found.period) == (3, "2025-26")


def test_a_year_without_moderation_is_said():
    alone = JUDGED.assign(moderated_value=None)

    with pytest.raises(NoRecords, match="No judgements of 2025-26 hold what moderation agreed"):
        moderation(school_of(judgements=alone), term=TERM, standards=STANDARDS)
