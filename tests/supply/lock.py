"""What the locks hold: a bill of materials, and a check for versions with known faults.

    python tests/supply/lock.py sbom > writinggaps.cdx.json
    python tests/supply/lock.py audit

The bill is CycloneDX 1.6, and equal for equal locks. The check compares both locks with the floors
of `floors.toml`, and asks pip-audit where uv can run it; how many packages could be looked up is
said, and that some could not is no failure.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from packaging.version import Version

ROOT = Path(__file__).parents[2]
NO_LIST = "the index keeps no list of faults for the others: ask again with another"
LOCKS = ("requirements.lock", "requirements-dev.lock")


def locked(text):
    """Give the packages of a lock file: name, version, hashes; a package may have two versions."""
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        pinned = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", line)
        if pinned:
            found.append((pinned[1].lower(), pinned[2], sorted(re.findall(r"sha256:(\w+)", line))))
    return sorted(found)


def bill(packages, version):
    """Give the bill of materials of a release."""
    parts = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{release}",
            "name": name,
            "version": release,
            "purl": f"pkg:pypi/{name}@{release}",
            "hashes": [{"alg": "SHA-256", "content": value} for value in hashes],
        }
        for name, release, hashes in packages
    ]
    own = {"type": "application", "name": "writinggaps", "version": version}
    serial = uuid5(NAMESPACE_URL, json.dumps([own, parts], sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": {**own, "bom-ref": "writinggaps"}},
        "components": parts,
    }


def below_floors(packages, floors):
    """Name what is locked at a version with a known fault."""
    return [
        f"{name} {release} has a known fault, mended in {floors[name]['version']}: "
        f"{floors[name]['why']}"
        for name, release, _ in packages
        if name in floors and Version(release) < Version(floors[name]["version"])
    ]


def read_floors():
    return tomllib.loads((ROOT / "tests" / "supply" / "floors.toml").read_text(encoding="utf-8"))


def asked(lock):
    """Ask pip-audit about a lock, in the package index that pip is set to."""
    if shutil.which("uvx") is None:
        return ""
    told = ["uvx", "pip-audit", "--disable-pip", "--require-hashes", "--format", "json"]
    ran = subprocess.run(
        [*told, "-r", str(ROOT / lock)], capture_output=True, text=True, check=False
    )
    return ran.stdout


def answer(said):
    """Say what an answer of pip-audit means, and whether it names a fault.

    An index that keeps no list of faults skips every package and still ends with none found, so
    packages that could not be looked up are counted.
    """
    if not said.strip():
        return "pip-audit could not be asked; try again with uv, and connected", False
    told = json.loads(said)["dependencies"]
    known = [(p["name"], p["version"], p["vulns"]) for p in told if "skip_reason" not in p]
    faults = [f"{n} {v}: {', '.join(f['id'] for f in found)}" for n, v, found in known if found]
    lines = [f"{len(known)} of {len(told)} packages looked up, {len(faults)} with known faults"]
    if len(known) < len(told):
        lines += [NO_LIST]
    return "; ".join([*lines, *faults]), bool(faults)


def audit():
    """Check both locks; 1 where a known fault is locked."""
    bad = False
    for lock in LOCKS:
        faults = below_floors(locked((ROOT / lock).read_text(encoding="utf-8")), read_floors())
        said, known = answer(asked(lock))
        sys.stdout.write("\n".join([*faults, f"{lock}: {said}"]) + "\n")
        bad |= bool(faults) or known
    return int(bad)


def main():
    if sys.argv[1:] == ["audit"]:
        return audit()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = locked((ROOT / LOCKS[0]).read_text(encoding="utf-8"))
    sys.stdout.write(json.dumps(bill(packages, project["version"]), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
