"""The lines that docs/scheduling.md gives to schedulers, run as these run them."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = (Path(__file__).parents[2] / "docs" / "scheduling.md").read_text(encoding="utf-8")
PLACES = r"\S*writinggaps(?:\.exe)?\"? (run \S+ --show \w+)"


def commands():
    """Each line that runs a plan on this machine, by the heading it stands under."""
    for part in DOCS.split("\n## ")[1:]:
        for line in re.findall(PLACES, part):
            yield pytest.param(line, id=part.splitlines()[0].split(",")[0])


def test_every_scheduler_has_its_line():
    named = {c.id for c in commands()}
    assert named == {"cron", "systemd", "Windows Task Scheduler", "Airflow"}


@pytest.mark.skipif(sys.platform == "win32", reason="env is not there")
def test_each_line_runs_in_an_empty_environment(trust):
    plan = trust("100001")
    codes = []
    for command in commands():
        words = shlex.split(command.values[0].replace("\\", "/"))
        words[1] = str(plan)
        line = ["env", "-i", sys.executable, "-m", "writinggaps", *words]
        codes.append(subprocess.run(line, capture_output=True, cwd="/", check=False).returncode)
    assert codes == [0] * 4
