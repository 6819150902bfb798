import pytest

from writinggaps.problems import BadPlan
from writinggaps.run.jobs import first_pass, second_pass
from writinggaps.run.plan import read_plan
from writinggaps.run.plan_faults import file_safe

PARAMETERS = 'data: str = ""\nterm: str = ""\nedition: str = "public"\nstandards: str = ""'
FINDINGS = 'findings: str = ""\nterm: str = ""\nedition: str = "public"'


def faults(path):
    with pytest.raises(BadPlan) as why:
        read_plan(path)
    return why.value.remedy.splitlines()


def test_a_plan_is_read_with_paths_relative_to_its_file(trust, tmp_path):
    plan = read_plan(trust("100001", "01", out="published"))
    assert [s.key for s in plan.schools] == ["100001", "01"]
    assert plan.schools[0].data == str(tmp_path / "schools" / "100001")
    assert plan.schools[0].name == "Invented 100001"
    assert plan.folder == tmp_path / "published" / "2025-26-autumn"


def test_all_faults_of_shape_are_listed_at_once(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text('editoins = ["staff"]\nterm = 2025\nreports = []\n[[school]]\nkey = 100001\n')
    assert faults(path) == [
        "- 'editoins' is not a key of a plan. Did you mean 'editions'?",
        "- 'editions' is missing: it is a list, such as editions = [\"staff\"]",
        "- 'term' must be text, such as term = \"2025-26-autumn\"",
        (
            "- 'reports' must be a list, such as reports = [\"school_report\"],"
            " with at least one item, all text"
        ),
        "- school 1: 'data' is missing: it is a folder, workbook or database URL",
        "- school 1: 'key' is 100001, but must be the URN, in quotes",
    ]


def test_all_faults_of_content_are_listed_at_once(trust):
    path = trust("100001", "100001", editions=["staf", "staff"], reports=["tinny"])
    path.write_text(path.read_text().replace("2025-26-autumn", "2025-27-autumn"))
    told = faults(path)
    assert told[0] == "- There is no report 'tinny'."
    assert told[1] == "Did you mean 'tiny'?"
    assert told[2].startswith("- 'term': The term is written '2025-27-autumn'")
    assert told[3] == "- 'staf' is not an edition. Did you mean 'staff'?"
    assert told[4] == "- the key '100001' stands there 2 times"


def test_parameters_of_a_report_are_checked_against_its_notebook(trust, notebook):
    notebook(parameters=PARAMETERS + '\nscheme: str = ""', name="tiny")
    path = trust("100001")
    path.write_text(
        path.read_text() + '\n[parameters.tiny]\nscheem = "x"\nterm = "y"\n[parameters.other]\n'
    )
    assert faults(path) == [
        "- [parameters.other] is for no report of the plan. Known names: tiny.",
        "- tiny: there is no parameter 'scheem'. Did you mean 'scheme'?",
        "- tiny: 'term' is set by the run, not in [parameters.tiny]",
    ]


def test_a_notebook_that_would_ignore_the_plan_is_refused(trust, notebook, tmp_path):
    (tmp_path / "own.toml").write_text("")
    notebook(parameters='data: str = ""\nterm: str = ""\nedition: str = ""', name="tiny")
    assert faults(trust("100001", standards="own.toml")) == [
        "- tiny: its notebook declares no parameter 'standards', and so would ignore it"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [(None, "own.toml: "), ("[evaluaton]\nlevel = 0.9", "Did you mean 'evaluation'?")],
)
def test_standards_that_every_report_would_refuse_are_a_fault_of_the_plan(
    trust, tmp_path, text, told
):
    if text:
        (tmp_path / "own.toml").write_text(text)
    assert told in "\n".join(faults(trust("100001", standards="own.toml")))


def test_a_report_on_published_figures_needs_no_standards_of_the_trust(trust, notebook, tmp_path):
    (tmp_path / "own.toml").write_text("")
    notebook(parameters=PARAMETERS, name="tiny")
    notebook(parameters='data: str = ""\nedition: str = ""', name="wide")
    path = trust("100001", reports=["tiny", "wide"], standards="own.toml")
    path.write_text(path.read_text() + '\n[parameters.wide]\ndata = "tables"\n')
    assert [r.name for r in read_plan(path).reports] == ["tiny", "wide"]


@pytest.mark.parametrize(
    "key",
    [
        *("..", "../x", "a/b", "a\\b", "", " ", ".hidden", "-x", "con", "NUL", "lpt1", "{x}"),
        *("http://x", "St Mary's", "École", "x" * 41, "trust", "_private", "a.b", "a\n"),
    ],
)
def test_keys_that_cannot_name_a_folder_are_refused(key):
    assert not file_safe(key)


def test_keys_that_differ_in_capitals_only_are_one_folder_on_some_systems(trust):
    assert faults(trust("ab", "AB")) == ["- the key 'ab' stands there 2 times"]


def test_a_file_that_is_no_plan_is_refused(tmp_path):
    with pytest.raises(BadPlan, match="The plan cannot be opened"):
        read_plan(tmp_path / "none.toml")
    (tmp_path / "plan.toml").write_text("term =")
    with pytest.raises(BadPlan, match="The plan is not TOML"):
        read_plan(tmp_path / "plan.toml")
    (tmp_path / "plan.toml").write_bytes(b"PK\xfd")
    with pytest.raises(BadPlan, match="The plan is no text"):
        read_plan(tmp_path / "plan.toml")


def test_there_is_a_job_for_each_school_report_and_edition(trust):
    jobs = first_pass(read_plan(trust("1", "2", editions=["staff", "public"])))
    assert [j.id for j in jobs] == [
        "1/tiny.staff",
        "1/tiny.public",
        "2/tiny.staff",
        "2/tiny.public",
    ]
    assert jobs[1].parameters["edition"] == "public"
    assert jobs[0].strangers == ("Invented 2",)


def test_other_schools_keys_are_strangers_unless_they_stand_within_its_own(trust):
    jobs = first_pass(read_plan(trust("100001", "1000012")))
    assert jobs[0].strangers == ("Invented 1000012", "1000012")
    assert jobs[1].strangers == ()


def test_other_schools_are_strangers_by_their_urn_too(trust, tmp_path):
    path = trust("S02", "S03")
    (tmp_path / "schools" / "S03" / "school.toml").write_text('name = "Another"\nurn = "100003"')
    assert first_pass(read_plan(path))[0].strangers == ("Another", "S03", "100003")


def test_reports_that_read_findings_come_second_and_exact_findings_are_made_for_them(
    trust, notebook
):
    notebook(parameters=FINDINGS, name="sums")
    notebook(parameters=PARAMETERS, name="tiny")
    plan = read_plan(trust("1", editions=["public"], reports=["tiny", "sums"]))
    assert [(j.id, j.published) for j in first_pass(plan)] == [
        ("1/tiny.public", True),
        ("1/tiny.staff", False),
    ]
    assert [j.id for j in second_pass(plan)] == ["trust/sums.public"]


def test_a_report_whose_data_the_plan_sets_is_written_once(trust, tmp_path):
    path = trust("1", "2")
    path.write_text(path.read_text() + '\n[parameters.tiny]\ndata = "area"\n')
    jobs = first_pass(read_plan(path))
    assert [j.id for j in jobs] == ["trust/tiny.staff"]
    assert jobs[0].parameters["data"] == str(tmp_path / "area")


ONE_EDITION = PARAMETERS.replace("edition: str", 'edition: Literal["public"]')


def test_a_report_for_one_edition_is_written_for_no_other(trust, notebook):
    notebook(parameters="from typing import Literal\n" + ONE_EDITION)
    jobs = first_pass(read_plan(trust("1", editions=["staff", "public"])))
    assert [j.id for j in jobs] == ["1/tiny.public"]

    with pytest.raises(BadPlan, match="tiny is written for none of the plan's editions"):
        read_plan(trust("1", editions=["staff"]))


def test_a_report_that_brings_its_own_data_reads_no_folder(trust):
    path = trust("1")
    path.write_text(path.read_text() + '\n[parameters.tiny]\ndata = ""\n')
    (job,) = first_pass(read_plan(path))
    assert (job.parameters["data"], job.inputs) == ("", ())


def test_a_school_is_called_what_its_workbook_says(trust, tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "data.xlsx") as book:
        sheet = book.add_worksheet("school")
        sheet.write_row(0, 0, ["phase", "primary"])
        sheet.write_row(1, 0, ["name", "Invented in Excel"])
        sheet.write_row(2, 0, ["URN", 100001])
    path = trust("1")
    path.write_text(path.read_text().replace("schools/1", "data.xlsx"))
    school = read_plan(path).schools[0]
    assert (school.name, school.urn) == ("Invented in Excel", "100001")


@pytest.mark.parametrize("data", ["none.xlsx", "plan.toml", "none", "sqlite:///x.db"])
def test_a_school_whose_name_cannot_be_read_is_called_by_its_key(trust, data):
    path = trust("1")
    path.write_text(path.read_text().replace("schools/1", data))
    assert read_plan(path).schools[0].name == "1"


def test_a_shape_that_is_not_known_or_stands_twice_is_a_fault(trust):
    path = trust("1", shapes=["pfd", "xlsx", "xlsx"])
    with pytest.raises(BadPlan) as said:
        read_plan(path)
    assert "'pfd' is not a shape of a report. Did you mean 'pdf'?" in str(said.value)
    assert "the shape 'xlsx' stands there 2 times" in str(said.value)


def test_what_is_not_published_has_no_other_shapes(trust, notebook):
    notebook(parameters=FINDINGS, name="sums")
    notebook(parameters=PARAMETERS, name="tiny")
    plan = read_plan(trust("1", editions=["public"], reports=["tiny", "sums"], shapes=["xlsx"]))
    assert {j.id: j.shapes for j in first_pass(plan)} == {
        "1/tiny.public": ("xlsx",),
        "1/tiny.staff": (),
    }
