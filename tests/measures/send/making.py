"""Small invented schools with pupils with SEN."""

from __future__ import annotations

import pandas as pd

from writinggaps.readers import School
from writinggaps.standards import load_standards

TERM = "2025-26-autumn"
RULES = load_standards()
COLUMNS = ("pupil_id", "sen_provision", "sen_need", "year_group", "sex", "disadvantaged")


def pupils(*groups):
    """Make pupils from (count, provision, need), in Years 1 to 6 in turn."""
    rows = [(provision, need) for count, provision, need in groups for _ in range(count)]
    told = [
        (f"p{n:03d}", provision, need, n % 6 + 1, "MF"[n % 2], n % 4 == 0)
        for n, (provision, need) in enumerate(rows)
    ]
    return pd.DataFrame(told, columns=COLUMNS)


def school(of, phase="primary", **tables):
    return School(
        key="1", name="Example", phase=phase, la_code="850", tables={"pupils": of, **tables}
    )


def sessions(of, missed, period=TERM, possible=100.0):
    """Make attendance: how many sessions each pupil missed."""
    told = {"pupil_id": of["pupil_id"], "period": period, "possible": possible, "absent": missed}
    return pd.DataFrame(told).assign(part_time=0.0)
