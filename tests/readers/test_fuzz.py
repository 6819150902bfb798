"""Five hundred files changed at random; ten thousand by hand (see fuzz.py)."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path


def load(name):
    found = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(found)
    sys.modules[name] = module
    found.loader.exec_module(module)
    return module


def test_whatever_comes_is_said_in_words_and_names_no_pupil(tmp_path):
    nasty, fuzz = load("nasty"), load("fuzz")
    faults = [fuzz.fault(files, tmp_path) for files in fuzz.mutants(nasty, 500, seed=2)]

    assert len(faults) == 500
    assert [fault for fault in faults if fault] == []
