"""A trial in words."""

import numpy as np
import pandas as pd
import pytest

from writinggaps.disclosure import release
from writinggaps.measures.evaluation.trial import trial
from writinggaps.report.figures import evaluation as figures
from writinggaps.report.tables import evaluation as tables
from writinggaps.report.words import trial as words
from writinggaps.standards import load_standards


@pytest.fixture(scope="module")
def rows():
    random = np.random.default_rng(3)
    taught = np.repeat(np.arange(10) % 2 == 0, 12)
    pre = np.resize(np.linspace(80, 100, 17), 120)
    post = 0.7 * pre + 30 + 4 * taught + 5 * random.standard_normal(120)
    post[0] = np.nan
    sites = np.repeat([f"Site {n}" for n in range(10)], 12)
    return pd.DataFrame({"taught": taught, "pre": pre, "post": post, "school": sites})


def said(face, rows, edition="staff"):
    return face(release(trial(rows, standards=load_standards()), edition))


def test_the_result_names_the_model_and_why_it_counts(rows):
    text = said(words.result, rows)
    assert text.startswith("There is **strong evidence that the scheme helped**: pupils taught ")
    assert text.endswith(
        "This model counts because whole schools were drawn, so schools are what was compared."
    )


def test_harm_is_not_softened(rows):
    text = said(words.result, rows.assign(taught=~rows["taught"]))
    assert text.startswith("There is **evidence of harm**: pupils taught scored ")
    assert " standard deviations lower (" in text
    low, high = text.split("lower (")[1].split(")")[0].split(" to ")
    assert 0 < float(low) < float(high)


def test_chance_and_unlike_groups_are_reasons(rows):
    random = np.random.default_rng(4)
    level = rows.assign(post=0.7 * rows["pre"] + 30 + 5 * random.standard_normal(120))
    assert said(words.result, level).startswith(
        "**Nobody can tell from this trial whether the scheme helped**, because the difference is "
        "within chance: pupils taught scored "
    )
    shifted = rows.assign(pre=rows["pre"] + 5 * rows["taught"])
    assert ", because the groups had scored too differently before: " in said(words.result, shifted)
    assert "too far apart for the groups to be compared" in said(words.balance, shifted)


def test_balance_says_how_much_lies_between_schools(rows):
    text = said(words.balance, rows)
    assert "near enough for the groups to be compared, once it is allowed for." in text
    assert text.endswith(" lies between schools.")
    assert "between schools" not in said(words.balance, rows.drop(columns="school"))


def test_the_flow_and_the_models_stand_side_by_side(rows):
    flow = said(tables.flow, rows)
    assert flow.rows[0] == ("Taught", "5", "60", "60", "59", "59")
    assert flow.rows[1] == ("Comparison", "5", "60", "60", "60", "60")
    made = said(tables.models, rows)
    assert [row[3] for row in made.rows if row[3]] == [
        "yes: whole schools were drawn, so schools are what was compared"
    ]
    assert said(tables.models, rows.drop(columns="school")).rows[3][1:3] == ("x", "z")


def test_shared_editions_show_no_exact_count(rows):
    flow = said(tables.flow, rows, "public")
    assert flow.rows[0][2:] == ("about 60", *("all or nearly all",) * 3)


def test_the_picture_says_what_the_table_says(rows):
    figure = said(figures.models, rows)
    assert figure.title == "There is strong evidence that the scheme helped"
    assert figure.data == said(tables.models, rows)
    for label in words.MODELS.values():
        assert label in figure.alt
    assert "<svg" in figure.svg
