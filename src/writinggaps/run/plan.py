"""A plan: which reports, of which schools, for whom.

A plan is a TOML file. All its faults are listed at once, before anything runs, and paths in it are
relative to the file. A report is a notebook: one that declares a parameter `data` is written for
each school, unless the plan itself sets that parameter; one that declares `findings` reads what
other reports found, and runs after them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook

from writinggaps.problems import BadPlan, Problem, hint
from writinggaps.run.parameters import Parameter, declared, faults_in
from writinggaps.run.plan_faults import content_faults, shape_faults
from writinggaps.run.shipped import shipped
from writinggaps.standards import load_standards

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["TRUST", "Plan", "PlannedSchool", "Report", "read_plan"]

TRUST = "trust"
"""The folder of reports that are about no single school."""

OFFERED = ("data", "term", "edition", "standards", "findings", "plan")
"""The parameters that a run itself gives to notebooks that declare them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSchool:
    """A school of a plan: its key, where its data are, its name, and its URN if its data say it."""

    key: str
    data: str
    name: str = ""
    urn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report of a plan: its notebook, what the notebook declares, what the plan sets."""

    name: str
    notebook: Path
    parameters: tuple[Parameter, ...]
    given: Mapping[str, object] = field(default_factory=dict)

    def takes(self, name: str) -> bool:
        """Whether the notebook declares a parameter of this name."""
        return any(p.name == name for p in self.parameters)

    def is_for(self, edition: str) -> bool:
        """Whether the notebook's own `edition` may be this one."""
        return all(p.accepts(edition) for p in self.parameters if p.name == "edition")

    @property
    def per_school(self) -> bool:
        """Whether it is written once for each school."""
        return self.takes("data") and "data" not in self.given

    @property
    def reads_findings(self) -> bool:
        """Whether it needs what other reports found, and so runs after them."""
        return self.takes("findings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is to do; made by `read_plan`."""

    path: Path
    term: str
    editions: tuple[str, ...]
    reports: tuple[Report, ...]
    schools: tuple[PlannedSchool, ...]
    out: Path
    standards: str = ""
    name: str = ""
    shapes: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the reports of the term go."""
        return self.out / self.term


def read_plan(path: str | Path, *, out: Path | None = None) -> Plan:
    """Read and check a plan.

    Parameters
    ----------
    path : str or Path
        A TOML file.
    out : Path, optional
        Where reports go, instead of where the plan says.

    Raises
    ------
    BadPlan
        With every fault of the plan as a line of `remedy`.
    """
    path = Path(path).resolve()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise BadPlan(
            "The plan cannot be opened", "it is a file such as plan.toml", str(path)
        ) from None
    except UnicodeDecodeError:
        raise BadPlan("The plan is no text", "it is a file such as plan.toml", path.name) from None
    except tomllib.TOMLDecodeError as why:
        raise BadPlan(f"The plan is not TOML: {why}", where=path.name) from None
    faults = shape_faults(found)
    if not faults:
        reports = _reports(found, path.parent, faults)
        faults += content_faults(found) + _standards_faults(found, path.parent)
    if faults:
        raise _refused(path, faults)
    plan = _plan(found, path, reports)
    return plan if out is None else replace(plan, out=out.resolve())


def _refused(path: Path, faults: list[str]) -> BadPlan:
    count = "1 thing is" if len(faults) == 1 else f"{len(faults)} things are"
    listed = "\n".join(f"- {fault}" for fault in faults)
    return BadPlan(f"The plan cannot be run: {count} wrong", where=path.name, remedy=listed)


def _reports(found: dict[str, Any], folder: Path, faults: list[str]) -> list[Report]:
    """Find the notebooks of a plan and check what they are given; faults are added."""
    parameters = found.get("parameters", {})
    faults += [
        f"[parameters.{name}] is for no report of the plan. {hint(name, found['reports'])}"
        for name in sorted(parameters.keys() - set(found["reports"]))
    ]
    reports = []
    for name in dict.fromkeys(found["reports"]):
        try:
            notebook = _notebook(name, folder)
            report = Report(
                name=name,
                notebook=notebook,
                parameters=declared(notebook),
                given=_given(parameters.get(name, {}), folder),
            )
        except Problem as why:
            faults.append(str(why).removesuffix("."))
            continue
        reports.append(report)
        if not any(report.is_for(str(edition)) for edition in found["editions"]):
            faults.append(f"{name} is written for none of the plan's editions")
        faults += [f"{name}: {fault}" for fault in _misgiven(report, "standards" in found)]
    return reports


def _standards_faults(found: dict[str, Any], folder: Path) -> list[str]:
    try:
        load_standards(*([folder / found["standards"]] if "standards" in found else []))
    except Problem as why:
        return [str(why).removesuffix(".")]
    return []


def _notebook(name: str, folder: Path) -> Path:
    places = [folder / "notebooks", shipped("notebooks")]
    known = {p.stem: p for place in reversed(places) for p in sorted(place.glob("*.ipynb"))}
    if name not in known:
        raise BadPlan(f"There is no report '{name}'", remedy=hint(name, known))
    return known[name]


def _given(values: object, folder: Path) -> dict[str, object]:
    """Take a report's own parameters, with a path to data made absolute."""
    given = dict(values) if isinstance(values, dict) else {"": values}
    if isinstance(given.get("data"), str) and given["data"]:
        given["data"] = _place(str(given["data"]), folder)
    return given


def _misgiven(report: Report, standards: bool) -> list[str]:
    faults = faults_in(report.given, report.parameters)
    faults += [
        f"'{name}' is set by the run, not in [parameters.{report.name}]"
        for name in OFFERED[1:]
        if name in report.given
    ]
    ours = report.per_school or report.reads_findings
    needed = (
        ["term"] * ("data" not in report.given) + ["edition"] + ["standards"] * (standards and ours)
    )
    return faults + [
        f"its notebook declares no parameter '{name}', and so would ignore it"
        for name in needed
        if not report.takes(name)
    ]


def _place(text: str, folder: Path) -> str:
    """Make a path absolute; a database URL stays as it is."""
    return text if "://" in text else str((folder / text).resolve())


def _plan(found: dict[str, Any], path: Path, reports: list[Report]) -> Plan:
    folder = path.parent
    return Plan(
        path=path,
        term=found["term"],
        editions=tuple(found["editions"]),
        reports=tuple(reports),
        schools=tuple(_school(s, _place(s["data"], folder)) for s in found["school"]),
        out=(folder / found.get("out", "reports")).resolve(),
        standards=_place(found["standards"], folder) if "standards" in found else "",
        name=found.get("name", ""),
        shapes=tuple(found.get("shapes", ())),
    )


def _school(found: dict[str, str], data: str) -> PlannedSchool:
    own = _settings_in(Path(data))
    name = found.get("name") or own.get("name") or found["key"]
    return PlannedSchool(key=found["key"], data=data, name=name, urn=own.get("urn", ""))


def _settings_in(place: Path) -> dict[str, str]:
    """Give what a school's own settings say, if there are any that can be read."""
    try:
        if place.suffix.lower() == ".xlsx":
            rows = CalamineWorkbook.from_path(place).get_sheet_by_name("school").to_python()
            told = {str(row[0]).strip().lower(): row[1] for row in rows if len(row) > 1}
        else:
            told = tomllib.loads((place / "school.toml").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, CalamineError):
        return {}
    return {name: str(value).strip().removesuffix(".0") for name, value in told.items()}
