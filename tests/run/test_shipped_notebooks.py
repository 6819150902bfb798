"""Each notebook that comes with the library shows the same here as in a kernel."""

import shutil
import sys
from pathlib import Path

import pytest

from writinggaps.findings import write_findings
from writinggaps.run.execute import execute
from writinggaps.run.gate import refused
from writinggaps.run.jobs import Job, Product
from writinggaps.run.page import Heading, render
from writinggaps.run.parameters import declared
from writinggaps.run.shipped import shipped
from writinggaps.run.worker import work

sys.path.insert(0, str(Path(__file__).parents[1] / "measures" / "trust"))
from said import TERM, at_expected, by_year, in_groups, moderated, secure

ROOT = Path(__file__).parents[2]
TABLES = ROOT.parent / "shared" / "data" / "ks2"
SAMPLE = shipped("sample") / "schools"
EDITIONS = ("governors", "public", "staff")
WITHOUT_SCHOOL = ("published_evaluations", "trust_report", "inclusion_index", "area_report")


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """A small school, two schools for an index, and what reports of schools have found."""
    place = tmp_path_factory.mktemp("given")
    few = place / "S02"
    shutil.copytree(SAMPLE / "S02", few)
    for table in few.glob("*.csv"):
        first, *rows = table.read_text().splitlines()
        if "pupil_id" in first.split(","):
            at = first.split(",").index("pupil_id")
            rows = [row for row in rows if int(row.split(",")[at][-1]) % 3]
            table.write_text("\n".join([first, *rows, ""]))
    for key in ("S02", "S06"):
        (place / "schools").mkdir(exist_ok=True)
        (place / "schools" / key).symlink_to(SAMPLE / key)
    found = []
    for n, name in enumerate(("Alpha Example", "Beta Example", "Gamma Example")):
        found += at_expected(name, {"Year 5": (21 + n, 31), "Year 6": (23 - n, 29)})
        found += by_year(name, (20, 30), (21, 30), (23 - n, 29)) + moderated(name, 31, 1, 1)
        found += in_groups(name, (30, 100), (160, 200)) + secure(name, "Vocabulary", 92, 101)
    write_findings(place / "findings.json", found)
    return place


def job(path, given, edition=""):
    """A job on the small school, or on what the report reads instead."""
    names = {parameter.name: parameter for parameter in declared(path)}
    if path.stem == "area_report" and not TABLES.exists():
        pytest.skip("the published tables are not here")
    data = {"area_report": TABLES, "inclusion_index": given / "schools"}.get(path.stem, "")
    if path.stem not in WITHOUT_SCHOOL:
        data = given / "S02"
    edition = edition or first_edition(path)
    told = {"data": str(data), "term": TERM, "edition": edition}
    told["findings"] = str(given / "findings.json")
    return Job(
        key="trust" if path.stem in WITHOUT_SCHOOL else "S02",
        name="Sample One-Form Primary",
        report=path.stem,
        edition=edition,
        term=TERM,
        notebook=str(path),
        parameters={name: value for name, value in told.items() if name in names},
        inputs=(),
    )


def editions(path):
    (own,) = (parameter for parameter in declared(path) if parameter.name == "edition")
    return [edition for edition in EDITIONS if own.accepts(edition)]


def first_edition(path):
    return editions(path)[0]


NOTEBOOKS = sorted(shipped("notebooks").glob("*.ipynb"))
OTHER_EDITIONS = [(path, e) for path in NOTEBOOKS for e in editions(path)[1:]]


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_makes_the_same_report_in_a_forked_child_and_in_a_kernel(path, given):
    planned = job(path, given)
    made = work(planned, "", "fork")
    assert isinstance(made, Product), made
    assert made == work(planned, "", "kernel")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "edition"), OTHER_EDITIONS, ids=lambda part: getattr(part, "stem", part)
)
def test_every_other_edition_of_a_notebook_passes_the_publish_gate(path, edition, given):
    planned = job(path, given, edition)
    ran = execute(planned.notebook, planned.parameters)
    html = render(ran, Heading(planned.name, TERM, edition))
    assert refused(planned, ran, html) is None
