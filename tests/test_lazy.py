import subprocess
import sys

import pytest

import writinggaps


def test_planning_a_run_loads_no_table_library():
    libraries = "{'pandas', 'numpy', 'scipy'}"
    code = f"import sys, writinggaps.run.runner; print({libraries} & {{*sys.modules}})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_everything_offered_is_there_and_listed():
    assert dir(writinggaps) == sorted(writinggaps.__all__)
    assert all(callable(getattr(writinggaps, name)) for name in writinggaps.__all__)


def test_a_name_that_is_not_offered_is_told_as_anywhere():
    with pytest.raises(AttributeError, match="module 'writinggaps' has no attribute 'hedges'"):
        getattr(writinggaps, "hedges")  # noqa: B009
