import json
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.version import Version

sys.path.insert(0, str(Path(__file__).parent))

import lock

PROJECT = tomllib.loads((lock.ROOT / "pyproject.toml").read_text())["project"]
TWO = """numpy==2.4.1 ; python_full_version < '3.12' \\
    --hash=sha256:bb \\
    --hash=sha256:aa
psycopg[binary]==3.2.0 \\
    --hash=sha256:cc
"""


def test_a_lock_is_read_with_its_hashes():
    assert lock.locked(TWO) == [("numpy", "2.4.1", ["aa", "bb"]), ("psycopg", "3.2.0", ["cc"])]


@pytest.mark.parametrize("name", lock.LOCKS)
def test_nothing_is_locked_at_a_version_with_a_known_fault(name):
    packages = lock.locked((lock.ROOT / name).read_text())

    assert len(packages) > 60
    assert all(hashes for _, _, hashes in packages)
    assert lock.below_floors(packages, lock.read_floors()) == []


def test_a_version_below_its_floor_is_named():
    (said,) = lock.below_floors([("nbconvert", "7.17.0", [])], lock.read_floors())

    assert said == (
        "nbconvert 7.17.0 has a known fault, mended in 7.17.1: "
        "CVE-2025-53000, CVE-2026-39377, CVE-2026-39378"
    )


def test_what_is_installed_may_not_be_older_than_the_floors():
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["lab"]]
    least = dict(re.fullmatch(r"([a-z-]+)[^>]*>=([\d.]+).*", line).groups() for line in asked)

    for name, floor in lock.read_floors().items():
        assert Version(least[name]) >= Version(floor["version"]), name


def test_a_batch_machine_locks_no_server():
    names = {name for name, _, _ in lock.locked((lock.ROOT / "requirements.lock").read_text())}

    assert not names & {"jupyter-server", "jupyterlab", "notebook"}


def test_the_bill_of_materials_names_every_locked_package_and_is_equal_for_equal_locks():
    packages = lock.locked(TWO)
    made = lock.bill(packages, "0.1.0")

    assert made == lock.bill(packages, "0.1.0")
    assert made["serialNumber"] != lock.bill(packages[:1], "0.1.0")["serialNumber"]
    assert [part["purl"] for part in made["components"]] == [
        "pkg:pypi/numpy@2.4.1",
        "pkg:pypi/psycopg@3.2.0",
    ]
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")


def test_packages_that_could_not_be_looked_up_are_not_called_sound():
    skipped = {"name": "pandas", "skip_reason": "not found"}
    sound = {"name": "numpy", "version": "2.4.1", "vulns": []}
    faulty = {"name": "mistune", "version": "2.0.2", "vulns": [{"id": "CVE-2022-34749"}]}

    assert lock.answer(json.dumps({"dependencies": [sound, skipped]})) == (
        "1 of 2 packages looked up, 0 with known faults; " + lock.NO_LIST,
        False,
    )
    assert lock.answer(json.dumps({"dependencies": [sound, faulty]})) == (
        "2 of 2 packages looked up, 1 with known faults; mistune 2.0.2: CVE-2022-34749",
        True,
    )
    assert lock.answer("") == (
        "pip-audit could not be asked; try again with uv, and connected",
        False,
    )
