"""Published studies are read with a citation in every row."""

import pytest

from writinggaps.problems import BadInput, MissingColumn, Unreadable
from writinggaps.readers.published import read_gap_reductions, read_studies


def test_every_shipped_row_is_cited_and_named_once():
    studies = read_studies()
    assert studies["citation"].str.len().min() > 10
    assert studies["study"].is_unique
    assert read_gap_reductions()["citation"].ne("").all()


def test_a_missing_figure_says_why():
    studies = read_studies()
    bare = studies["published_ratio_gain"].isna() & studies["effect"].isna()
    assert studies.loc[bare, "why_not"].ne("").all()


def test_a_table_of_ones_own_is_read(tmp_path):
    path = tmp_path / "own.csv"
    read_studies().head(2).to_csv(path, index=False)
    assert read_studies(path)["n"].tolist() == [51.0, 58.0]


@pytest.mark.parametrize(
    ("change", "problem", "said"),
    [
        ({"citation": ""}, BadInput, "2 rows have no citation"),
        ({"n": "many"}, BadInput, "rows 2 and 3: 2 rows have no number in 'n'"),
    ],
)
def test_a_table_that_is_not_sound_is_refused(tmp_path, change, problem, said):
    path = tmp_path / "own.csv"
    read_studies().head(2).astype(object).assign(**change).to_csv(path, index=False)
    with pytest.raises(problem, match=said):
        read_studies(path)


def test_a_column_or_a_file_that_is_missing_is_named(tmp_path):
    path = tmp_path / "own.csv"
    read_studies().drop(columns="dose").to_csv(path, index=False)
    with pytest.raises(MissingColumn, match="no column 'dose'"):
        read_studies(path)
    with pytest.raises(Unreadable, match="There is no file"):
        read_studies(tmp_path / "nowhere.csv")
