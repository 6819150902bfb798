"""Arrows run one way: each storey imports only those above it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "writinggaps"
STOREYS = [
    "lazy",
    "problems",
    "glance",
    "withheld",
    "results",
    "standards",
    "official",
    "readers",
    "estimates",
    "measures",
    "disclosure",
    "findings",
    "report",
    "run",
    "cli",
]
ONLY_THERE = {
    "seaborn": "report/figures/",
    "matplotlib": "report/figures/",
    "papermill": "run/",
    "nbconvert": "run/",
    "nbclient": "run/",
}
INSIDE_FUNCTIONS = ("seaborn", "matplotlib", "statsmodels")


def imports(path):
    """Each imported module with whether the import stands at the top of the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, id(node) in top


def modules():
    return sorted(p for p in SRC.rglob("*.py") if p.name not in ("__init__.py", "__main__.py"))


def storey(module):
    parts = module.split(".")
    return STOREYS.index(parts[1]) if len(parts) > 1 and parts[1] in STOREYS else None


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SRC)))
def test_a_storey_imports_only_those_above_it(path):
    here = storey("writinggaps." + path.relative_to(SRC).with_suffix("").as_posix().split("/")[0])
    for module, _ in imports(path):
        if module == "writinggaps" or not module.startswith("writinggaps."):
            continue
        assert storey(module) is not None, f"{path.name} imports {module}, which is in no storey"
        assert storey(module) <= here, f"{path.name} imports {module} from below"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SRC)))
def test_heavy_packages_stay_in_their_rooms(path):
    place = path.relative_to(SRC).as_posix()
    for module, at_top in imports(path):
        package = module.split(".")[0]
        assert place.startswith(ONLY_THERE.get(package, "")), f"{place} imports {package}"
        assert not (at_top and package in INSIDE_FUNCTIONS), f"{place} imports {package} at the top"


def test_measures_use_each_other_only_through_estimates():
    for path in (SRC / "measures").rglob("*.py"):
        room = path.relative_to(SRC / "measures").with_suffix("").parts[0]
        for module, _ in imports(path):
            if path.name != "__init__.py" and module.startswith("writinggaps.measures."):
                assert module.split(".")[2] == room, f"{path.name} imports {module}"


def test_importing_the_library_loads_nothing_heavy():
    heavy = ["seaborn", "matplotlib", "statsmodels", "papermill", "nbconvert"]
    code = f"import sys, writinggaps; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
