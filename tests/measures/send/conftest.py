from __future__ import annotations

import pytest

from writinggaps.standards import load_standards


@pytest.fixture(scope="session")
def standards():
    return load_standards()
