"""Arrows run one way: each storey imports only those above it."""

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
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
    "findings",
    "measures",
    "disclosure",
    "report",
    "run",
    "cli",
]
FRONTS = ["writinggaps.estimates", "writinggaps.standards", "writinggaps.readers",
          "writinggaps.disclosure"]  # fmt: skip
"""Packages whose names are imported from the package; all others from the module they stand in."""
ONLY_THERE = {
    "seaborn": "report/figures/",
    "matplotlib": "report/figures/",
    "papermill": "run/",
    "nbconvert": "run/",
    "nbclient": "run/",
}
INSIDE_FUNCTIONS = ("seaborn", "matplotlib", "statsmodels")


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path):
    """Each imported module with whether the import stands at the top of the file."""
    tree = parsed(path)
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


def test_no_two_modules_import_each_other_and_outside_the_runner_not_even_for_a_type():
    order = TopologicalSorter()
    for path in modules():
        tree = parsed(path)
        for node in tree.body if path.parent.name == "run" else ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                order.add(path, *filter(None, (home(node.module, a.name) for a in node.names)))
    order.prepare()


def test_names_are_imported_from_the_module_that_defines_them():
    for path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.module not in FRONTS:
                for name in (alias.name for alias in node.names):
                    place = home(node.module, name)
                    stands = place is None or {name, "__getattr__"} & defined(place)
                    assert stands, f"{path.name} imports {name} from {node.module}"


def test_what_a_module_offers_is_asked_for_by_somebody():
    """Classes apart: a result's rows are met through the result."""
    told = {path: words(path.read_text(encoding="utf-8")) for path in asking()}
    for path in modules():
        classes = {n.name for n in parsed(path).body if isinstance(n, ast.ClassDef)}
        for name in set(offered(path)) - classes:
            asked = (name in said for other, said in told.items() if other != path)
            assert any(asked), f"nobody asks {path.name} for {name}"


def asking():
    """Give every file in which a name may be asked for."""
    for folder in ("src", "tests", "notebooks", "docs", "benchmarks", "data"):
        for ending in ("py", "ipynb", "md"):
            yield from (SRC.parents[1] / folder).rglob(f"*.{ending}")


def offered(path):
    found = (n for n in parsed(path).body if isinstance(n, ast.Assign))
    lists = (n.value for n in found if getattr(n.targets[0], "id", "") == "__all__")
    return [name for names in lists for name in ast.literal_eval(names)]


def words(text):
    return set(re.findall(r"\w+", text))


@cache
def home(module, name):
    """Give the file that an import reads; None where it is not ours."""
    if not (module or "").startswith("writinggaps."):
        return None
    place = SRC.joinpath(*module.split(".")[1:])
    tried = (place / f"{name}.py", place / "__init__.py", place.with_suffix(".py"))
    return next(file for file in tried if file.exists())


@cache
def defined(path):
    """Give what stands at the top of a file, and its own name for who imports it as a whole."""
    found = {path.stem}
    for node in parsed(path).body:
        targets = getattr(node, "targets", [getattr(node, "target", node)])
        found |= {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
        found.add(getattr(node, "name", ""))
    return found


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
