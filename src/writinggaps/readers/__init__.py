"""Files, workbooks and databases become a `School`."""

from typing import TYPE_CHECKING

from writinggaps.lazy import lazily

if TYPE_CHECKING:
    from writinggaps.readers.front import check_school, read_school
    from writinggaps.readers.school import School
    from writinggaps.readers.starter import write_starter

__all__ = ["School", "check_school", "read_school", "write_starter"]

__getattr__ = lazily(__name__)
