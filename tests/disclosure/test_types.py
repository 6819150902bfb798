"""A type checker stops an exact result from reaching a face, before any test runs."""

from pathlib import Path

import pytest

FACE = """
from typing import Any
from writinggaps.disclosure import Released, release
from writinggaps.estimates import Share, share
from writinggaps.report.faces import sentence

@sentence
def secure(value: Share, released: Released[Share]) -> str:
    return str(value.count)

"""


@pytest.mark.slow
def test_a_type_checker_refuses_an_exact_result_and_accepts_a_released_one(tmp_path, monkeypatch):
    mypy = pytest.importorskip("mypy.api")
    monkeypatch.chdir(Path(__file__).parents[2])  # for its settings and what it remembers
    files = {"exact": "secure(share(7, 23))", "shown": 'secure(release(share(7, 23), "public"))'}
    for name, last in files.items():
        (tmp_path / f"{name}.py").write_text(f"{FACE}{last}\n")

    said, _, _ = mypy.run([str(tmp_path / f"{name}.py") for name in files])

    errors = [line for line in said.splitlines() if ": error:" in line and str(tmp_path) in line]
    assert len(errors) == 1, said
    assert "exact.py" in errors[0]
    assert 'incompatible type "Share"; expected "Released[Share]"' in errors[0]
