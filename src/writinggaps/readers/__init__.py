"""Files, workbooks and databases become a `School`."""

from __future__ import annotations

from writinggaps.readers.front import check_school, read_school
from writinggaps.readers.school import School
from writinggaps.readers.starter import write_starter

__all__ = ["School", "check_school", "read_school", "write_starter"]
