from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from writinggaps.problems import BadArgument, BadInput, NotPublished, Unreadable
from writinggaps.standards import Bands, bands, load_standards
from writinggaps.withheld import Withheld, attempt

if TYPE_CHECKING:
    from pathlib import Path

MATHEMATICS = """
name = "Mathematical vocabulary"
subject = "mathematics"
source = "an example school's own list"
replace = ["blocks", "statements", "measures", "strands"]

[strands]
language = "Language"

[blocks.number_words]
label = "Number words"
strand = "language"
source = "own list"

[statements.Y3-NW1]
from_year = 3
block = "number_words"
text = "Uses 'multiple' and 'factor' in a written explanation"

[measures.maths_words]
label = "Mathematical vocabulary"
kind = "interval"
source = "own quiz"

[secure]
independent_pieces = 3
"""


def written(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_blocks_come_in_the_order_of_the_file_with_dfe_strands():
    blocks = load_standards().blocks

    assert [(b.id, b.strand) for b in blocks.values()] == [
        ("sentence_control", "sentence"),
        ("key_vocabulary", "composition"),
        ("transcription_spelling", "transcription"),
        ("transcription_handwriting", "transcription"),
        ("text_structures", "composition"),
    ]


def test_every_year_group_from_reception_to_year_9_has_expectations():
    standards = load_standards()

    counts = {year: len(standards.expected_in(year)) for year in range(10)}

    assert min(counts.values()) >= 5
    assert sum(counts.values()) == len(standards.statements)


def test_every_primary_year_group_has_a_statement_in_every_block():
    standards = load_standards()

    for year in range(7):
        assert {s.block for s in standards.expected_in(year)} == set(standards.blocks)


def test_a_statement_has_the_strand_of_its_block_and_its_source_in_full():
    statement = load_standards().statements["Y4-SP1"]

    assert (statement.strand, statement.phase, statement.from_year) == (
        "transcription",
        "primary",
        4,
    )
    assert statement.particular
    assert statement.source.startswith("National Curriculum in England (2014)")


def test_what_came_before_a_year_group_is_never_what_is_new_in_it():
    standards = load_standards()

    before = [s for year in range(5) for s in standards.expected_in(year)]

    assert not set(before) & set(standards.expected_in(5))
    assert {s.from_year for s in before} == {0, 1, 2, 3, 4}


def test_every_part_of_the_defaults_says_who_set_it():
    standards = load_standards()
    rules = [getattr(standards, r) for r in ("secure", "retained", "scaffold", "habitual", "gap")]

    parts = [standards, *rules, *standards.statements.values(), *standards.bands.values()]

    assert all(part.source for part in parts)


def test_a_school_file_changes_one_key_and_says_that_it_did(tmp_path):
    own = written(tmp_path, "[gap]\ngroup_minimum = 15\n")

    changed, default = load_standards(own), load_standards()

    assert changed.gap.group_minimum == 15
    assert changed.gap.match_share == default.gap.match_share
    assert changed.gap.source == "set in own.toml"
    assert changed.secure == default.secure


def test_a_changed_set_says_which_file_changed_it_unless_the_file_has_a_name(tmp_path):
    default = load_standards().name
    unnamed = written(tmp_path, "[gap]\ngroup_minimum = 15\n")
    named = written(tmp_path, 'name = "Our trust"\n', "named.toml")

    assert load_standards(unnamed).name == f"{default}, changed by own.toml"
    assert load_standards(named).name == "Our trust"


def test_statements_of_a_trusts_own_grid_take_the_source_of_their_file(tmp_path):
    statement = '[statements.Y4-X1]\nfrom_year = 4\nblock = "sentence_control"\ntext = "own"\n'
    told = written(tmp_path, 'source = "our grid"\n' + statement)
    untold = written(tmp_path, statement, "grid.toml")

    assert load_standards(told).statements["Y4-X1"].source == "our grid"
    assert load_standards(untold).statements["Y4-X1"].source == "set in grid.toml"


def test_the_later_file_wins(tmp_path):
    trust = written(tmp_path, "[retained]\nafter_weeks = 8\n", "trust.toml")
    school = written(tmp_path, "[retained]\nafter_weeks = 10\n", "school.toml")

    assert load_standards(trust, school).retained.after_weeks == 10
    assert load_standards(school, trust).retained.after_weeks == 8


def test_standards_of_another_subject_need_only_a_file(tmp_path):
    standards = load_standards(written(tmp_path, MATHEMATICS))

    assert list(standards.statements) == ["Y3-NW1"]
    assert standards.statements["Y3-NW1"].strand == "language"
    assert list(standards.measures) == ["maths_words"]
    assert standards.secure.independent_pieces == 3
    assert standards.subject == "mathematics"
    said = " ".join(
        [*(b.label for b in standards.blocks.values()), *standards.strands.values()]
    ).lower()
    assert "writing" not in said


def test_a_phase_has_its_own_rules_and_leaves_the_rest_alone():
    standards = load_standards()

    secondary = standards.for_phase("secondary")

    assert secondary.evidence.recent_weeks > standards.evidence.recent_weeks
    assert secondary.gap == standards.gap
    assert standards.for_phase("primary") == standards


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[gap]\ngroup_minimun = 5\n", "Did you mean 'group_minimum'?"),
        ("[gapp]\ngroup_minimum = 5\n", "Did you mean 'gap'?"),
        ("[gap]\ngroup_minimum = 5.5\n", "it must be a whole number"),
        ("[gap]\ngroup_minimum = true\n", "it must be a whole number"),
        ("[gap]\nlevel = '0.95'\n", "it must be a number"),
        ("gap = 3\n", "it must be a table: [gap]"),
        ("name = 3\n", "it must be a text in quotes"),
        ("[measures.writing]\nexpected = 'EXS'\n", "it must be a list of values of one type"),
        ("[statements.Y4-SC1]\nblock = 'sentence_contrl'\n", "Did you mean 'sentence_control'?"),
        ("[blocks.spelling]\nlabel = 'x'\n", "The key 'strand' is missing"),
        ("[phases.secondary.gap]\nlevle = 0.9\n", "Did you mean 'level'?"),
        ("[bands.brooks-2007]\nedges = [1.4, 1.2, 3.0]\n", "edges must rise, with one label more"),
        ("[gap]\nlevel = 95\n", "it must be between 0 and 1"),
        ("[gap]\ngroup_minimum = -1\n", "it must not be below 0"),
        ("[gap]\nreliability = [0.7, 1.1]\n", "it must be between 0 and 1"),
        ("[gap]\nreliability = [0.7]\n", "it must be a list of values of one type"),
        ("[phases.secondary]\ngap = 3\n", "it must be a table: [gap]"),
        ("[phases]\nsecondary = 3\n", "it must be a table: [secondary]"),
        ("statements.Y4-SC1 = 3\n", "it must be a table: [Y4-SC1]"),
        ("replace = 'blocks'\nphases = 3\n", "it must be a table: [phases]"),
        ("replace = ['statement']\n", "Did you mean 'statements'?"),
        ("replace = 3\n", "'3' is not known to replace"),
        ("[measures.writing]\nkind = 'ordnal'\n", "Did you mean 'ordinal'?"),
        ("[measures.writing]\nexpected = ['EXP']\n", "'EXP' is not known in the order"),
        ("[bands.brooks-2007]\nedges = [1.4, 2.0]\n", "There are 2 edges and 4 labels"),
    ],
)
def test_a_wrong_key_or_value_is_refused_with_file_and_key(tmp_path, text, says):
    own = written(tmp_path, text)

    with pytest.raises(BadInput, match=re.escape(says)) as refused:
        load_standards(own)

    assert "own.toml" in refused.value.where


def test_a_file_that_is_not_toml_is_unreadable(tmp_path):
    with pytest.raises(Unreadable, match="cannot be read"):
        load_standards(written(tmp_path, "[gap\n"))
    with pytest.raises(Unreadable, match="cannot be read"):
        load_standards(tmp_path / "absent.toml")


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (-0.5, "very small impact, doubtful educational significance"),
        (1.39999, "very small impact, doubtful educational significance"),
        (1.4, "small impact, modest"),
        (1.99999, "small impact, modest"),
        (2.0, "medium impact, useful"),
        (2.99999, "medium impact, useful"),
        (3.0, "large impact, substantial"),
        (4.0, "large impact, substantial"),
    ],
)
def test_brooks_2007_is_half_open(value, label):
    assert bands("brooks-2007").label(value) == label


# Education Endowment Foundation, toolkit page: 0: -.01-.01; 1: .02-.09; ... 12: .96-1.00
TOOLKIT = [
    (-0.01, 0.01),
    (0.02, 0.09),
    (0.10, 0.18),
    (0.19, 0.26),
    (0.27, 0.35),
    (0.36, 0.44),
    (0.45, 0.52),
    (0.53, 0.61),
    (0.62, 0.69),
    (0.70, 0.78),
    (0.79, 0.87),
    (0.88, 0.95),
    (0.96, 1.00),
]


@pytest.mark.parametrize(("months", "ends"), list(enumerate(TOOLKIT)))
def test_the_toolkit_table_of_months_is_the_published_one(months, ends):
    assert [bands("eef-toolkit-months").label(end) for end in ends] == [str(months)] * 2


def test_effects_are_rounded_to_two_decimals_before_months_are_read():
    assert bands("eef-toolkit-months").label(0.0949) == "1"
    assert bands("eef-toolkit-months").label(0.0951) == "2"


def test_negative_effects_mirror_positive_ones():
    assert bands("eef-toolkit-months").label(-0.25) == "-3"
    assert bands("eef-toolkit-months").label(-0.01) == "0"


def test_the_toolkit_table_ends_at_one():
    with pytest.raises(NotPublished, match="ends at 1"):
        bands("eef-toolkit-months").label(1.2)


@pytest.mark.parametrize(
    "name", ["brooks-2016", "eef-project-months", "eef-padlocks-mdes", "eef-padlocks-attrition"]
)
def test_bands_that_nobody_has_confirmed_are_refused_and_can_be_withheld(name):
    with pytest.raises(NotPublished, match="unconfirmed"):
        bands(name)
    assert isinstance(attempt(bands, name), Withheld)
    with pytest.raises(NotPublished):
        load_standards().bands[name].label(1.0)


def test_an_unknown_band_set_suggests_the_nearest():
    with pytest.raises(BadArgument, match="Did you mean 'brooks-2007'"):
        bands("brooks-2008")


def test_no_number_has_no_band():
    with pytest.raises(BadArgument):
        bands("brooks-2007").label(float("nan"))


def test_a_trust_can_add_a_confirmed_set(tmp_path):
    text = '[bands.brooks-2016]\nenabled = true\nsource = "the book"\nedges = [1, 2, 3, 4]\n'

    found = load_standards(written(tmp_path, text)).bands["brooks-2016"]

    assert isinstance(found, Bands)
    assert found.label(4.5) == "remarkable"


def test_the_edges_of_every_set_rise():
    for found in load_standards().bands.values():
        assert all(low < high for low, high in pairwise(found.edges))
