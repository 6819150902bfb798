"""Each notebook that comes with the library shows the same here as in a kernel."""

from dataclasses import replace
from pathlib import Path

import pytest

from writinggaps.run.execute import execute
from writinggaps.run.gate import refused
from writinggaps.run.jobs import Job
from writinggaps.run.page import Heading, render
from writinggaps.run.parameters import declared
from writinggaps.run.shipped import shipped
from writinggaps.run.worker import work

ROOT = Path(__file__).parents[2]
TABLES = ROOT.parent / "shared" / "data" / "ks2"
SCHOOL = shipped("sample") / "schools" / "S02"
TERM = "2025-26-autumn"
EDITIONS = ("governors", "public", "staff")


def job(path):
    """A job on the sample, or on published tables for the report of an area."""
    names = {parameter.name: parameter for parameter in declared(path)}
    area, own = path.stem == "area_report", path.stem != "published_evaluations"
    if area and not TABLES.exists():
        pytest.skip("the published tables are not here")
    data = str(TABLES if area else SCHOOL) if own else ""
    edition = next(e for e in EDITIONS if names["edition"].accepts(e))
    given = {"data": data, "term": TERM, "edition": edition}
    return Job(
        key="trust" if area or not own else "S02",
        name="Sample One-Form Primary",
        report=path.stem,
        edition=edition,
        term=TERM,
        notebook=str(path),
        parameters={name: value for name, value in given.items() if name in names},
        inputs=(),
    )


def notebooks():
    """Those that read one school or one area; what reads findings is tried in whole runs."""
    found = sorted(shipped("notebooks").glob("*.ipynb"))
    return [path for path in found if "findings" not in {p.name for p in declared(path)}]


@pytest.mark.slow
@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_notebook_shows_the_same_in_a_forked_child_and_in_a_kernel(path):
    planned = job(path)
    assert work(planned, "", "fork") == work(planned, "", "kernel")


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_notebook_passes_the_publish_gate(path, edition):
    planned = job(path)
    if not {p.name: p for p in declared(path)}["edition"].accepts(edition):
        pytest.skip(f"{path.stem} is not made for {edition} readers")
    planned = replace(
        planned, edition=edition, parameters={**planned.parameters, "edition": edition}
    )
    ran = execute(planned.notebook, planned.parameters)
    html = render(ran, Heading(planned.name, TERM, edition))
    assert refused(planned, ran, html) is None
