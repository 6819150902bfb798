"""A trial's file is read whatever its columns are called, and refused where it is not sound."""

import pytest

from writinggaps.problems import BadArgument, BadInput, MissingColumn, Unreadable
from writinggaps.readers.published import read_evaluation, read_trial

COLUMNS = "pupil_id=id, group=arm, taught=T, pre=t1, post=t2, school=site"


@pytest.fixture
def file(tmp_path):
    def made(text):
        path = tmp_path / "trial.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return made


def test_columns_are_called_as_said(file):
    rows = read_trial(file("site,id,arm,t1,t2\nA,1,T,8,9.5\nB,2,C,7,\n"), COLUMNS)
    assert list(rows) == ["pupil_id", "taught", "pre", "post", "school"]
    assert rows["taught"].tolist() == [True, False]
    assert rows["post"].isna().tolist() == [False, True]
    assert rows["pupil_id"].tolist() == ["1", "2"]


def test_a_file_in_our_own_names_needs_no_columns_and_no_schools(file):
    rows = read_trial(file("pupil_id,group,pre,post\n1,taught,8,9\n2,comparison,7,8\n"))
    assert list(rows) == ["pupil_id", "taught", "pre", "post"]


@pytest.mark.parametrize(
    ("text", "columns", "problem", "said"),
    [
        ("id,arm,t1,t2\n1,T,8,9\n2,C,7,8\n", COLUMNS, MissingColumn, "no column 'site'"),
        ("site,id,arm,t1,t2\nA,1,T,8,9\nB,1,C,7,8\n", COLUMNS, BadInput, "stands there already"),
        ("site,id,arm,t1,t2\n,1,T,8,9\nB,2,C,7,8\n", COLUMNS, BadInput, "row 2: 1 row has no s"),
        (
            "site,id,arm,t1,t2\nA,1,T,x,9\nB,2,C,7,8\n",
            COLUMNS,
            BadInput,
            "1 row has no number in 't1'",
        ),
        ("site,id,arm,t1,t2\nA,1,T,8,9\nB,2,C,7,8\nC,3,D,7,8\n", COLUMNS, BadInput, "3 groups"),
        ("site,id,arm,t1,t2\nA,1,X,8,9\nB,2,C,7,8\n", COLUMNS, BadArgument, "group is 'T'"),
        ("site,id,arm,t1,t2\n", "grup=arm", BadArgument, "Did you mean 'group'"),
        ("site,id,arm,t1,t2\n", "group", BadArgument, "'group' does not say"),
        ("", "", Unreadable, "It is empty"),
    ],
)
def test_what_is_not_sound_is_refused_in_words(file, text, columns, problem, said):
    with pytest.raises(problem, match=said):
        read_trial(file(text), columns)


def test_what_is_not_given_is_empty_and_something_must_be(file):
    school, rows = read_evaluation("", str(file("pupil_id,group,pre,post\n1,taught,8,9\n")))
    assert (school.name, school.pupils.empty, len(rows)) == ("", True, 1)
    with pytest.raises(BadInput):
        read_evaluation("")
    with pytest.raises(Unreadable, match="There is no file"):
        read_evaluation("", "nowhere.csv")
