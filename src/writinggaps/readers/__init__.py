"""Files, workbooks and databases become a `School`."""

from typing import TYPE_CHECKING

from writinggaps.lazy import lazily

if TYPE_CHECKING:
    from writinggaps.readers.changes import movers
    from writinggaps.readers.front import check_school, read_school, read_schools
    from writinggaps.readers.school import School
    from writinggaps.readers.starter import write_starter

__all__ = ["School", "check_school", "movers", "read_school", "read_schools", "write_starter"]

__getattr__ = lazily(__name__)
