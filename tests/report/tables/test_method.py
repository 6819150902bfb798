from writinggaps.report.tables.method import evaluation, rules
from writinggaps.standards import load_standards


def test_every_rule_is_in_words_with_its_numbers_and_who_set_it(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        'name = "Ours"\n[secure]\nindependent_pieces = 3\nsource = "agreed by us"\n'
        "[phases.secondary.retained]\nafter_weeks = 11\n",
        encoding="utf-8",
    )
    found = {row[0]: row[1:] for row in rules(load_standards(own), "secondary").rows}

    assert found["secure"] == (
        (
            "Shown in three pieces of independent writing within 26 weeks; lost when the latest "
            "two all fail to show it."
        ),
        "agreed by us",
    )
    assert found["retained"][0] == (
        "Shown independently again, 11 weeks or more after it was first secure."
    )
    assert found["relies on scaffolds"][0] == (
        "50% or more of at least four observations were made with support."
    )
    assert found["habitual error"][0] == (
        "Made by one pupil three times or more, in at least three pieces, over at least four weeks."
    )
    assert found["stopped"][0] == "Not seen for eight weeks, in at least two later pieces."
    assert found["enough evidence"][0] == (
        "Two independent pieces a term; evidence counts as recent for 10 weeks."
    )
    assert found["taught often, secured rarely"][0] == (
        "At least six lessons to a class, and fewer than 34% of its pupils secure."
    )
    assert found["closing"][0] == (
        "The same pupils at both times (90% of each group or more), at least 10 in each group; "
        "narrower by 0.1 standard deviations or more, beyond what chance gives once all four "
        "groups of this report are allowed for; so on every scale; the group's own level rose; "
        "and not because of two pupils."
    )


def test_the_caption_names_the_standards():
    assert rules(load_standards(), "primary").caption == (
        "The rules of this report, from the standards called writinggaps defaults"
    )


def test_the_rules_of_an_evaluation_hold_its_numbers_and_who_set_them():
    table = evaluation(load_standards(), "primary")
    found = {row[0]: row[1:] for row in table.rows}

    assert found["strong evidence"][0] == (
        "At least 10 pupils in each group, and no more than 20% of either without a score from "
        "both ends."
    )
    assert found["alike once allowed for"][0] == "By more than that, and by 0.25 or less."
    assert table.columns == ("Word", "What it takes")
    assert table.note.startswith("Who set them: baseline equivalence: What Works Clearinghouse")
