"""What was planted, as a file: tests hold the reports against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from making import authority, lessons, schemes, scores, support, voices
from making.roll import on_roll, two_pupils, year_group
from making.scores import CLOSING, LENIENT, LENIENT_SHARE, MOVED, POINTS_PER_SD
from making.trust import NOW, SCHOOLS, TERMS, days_of, judged_on, term_name

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

TERM, YEAR_AGO = term_name(*NOW), term_name(NOW[0] - 1, NOW[1])


def planted(stays: pd.DataFrame) -> list[dict[str, Any]]:
    """List everything that was planted: school, what, where, how much."""
    return [
        *_gaps(stays),
        *_security(stays),
        *_habits(stays),
        {
            "what": "repeatedly_withdrawn",
            "school": support.WITHDRAWN_SCHOOL,
            "pupils": support.withdrawn(stays),
            "terms": [term_name(*term) for term in support.WITHDRAWN_TERMS],
            "subjects": list(dict.fromkeys(support.WITHDRAWN_FROM)),
            "gain": "none: the last score is below the first",
        },
        {
            "what": "lenient_judgements",
            "school": LENIENT,
            "measure": "writing",
            "lowered_share": LENIENT_SHARE,
            "raised_share": MOVED,
        },
        *_progress(stays),
        _doubted(stays),
        {"what": "writing_in_one_subject", "school": lessons.ONE_SUBJECT, "subject": "English"},
        *_schemes(),
        *_send(stays),
        *voices.planted(),
        *_inclusion(stays),
        {"what": "nothing", "school": "S07", "size": "no group differs, nothing changes"},
    ]


def _gaps(stays: pd.DataFrame) -> list[dict[str, Any]]:
    same = {"measure": "cj_writing", "group": "disadvantaged", "from": YEAR_AGO, "to": TERM}
    steady = next(s for s in SCHOOLS if s.key == "S04").shifts["disadvantaged"]
    return [
        {
            "what": "closing_gap",
            "school": "S03",
            **same,
            "narrowed_points": round(POINTS_PER_SD * CLOSING[NOW], 1),
        },
        {
            "what": "steady_gap",
            "school": "S04",
            **same,
            "gap_points": round(POINTS_PER_SD * -steady, 1),
            "narrowed_points": 0.0,
        },
        {
            "what": "two_pupils",
            "school": "S01",
            "measure": "cj_writing",
            "group": "disadvantaged",
            "term": TERM,
            "pupils": sorted(stays.loc[two_pupils(stays), "pupil_id"]),
        },
        {
            "what": "changing_rolls",
            "school": "S06",
            **same,
            "size": "fewer than nine in ten pupils were there at both times",
        },
    ]


def _doubted(stays: pd.DataFrame) -> dict[str, Any]:
    here = stays[on_roll(stays, judged_on(*NOW))]
    here = here.assign(group=year_group(here, NOW[0]))
    pupils = scores.doubted_pupils(here, scores.standing(stays, NOW))
    return {
        "what": "doubtful_judgements",
        "school": scores.DOUBTED[0],
        "year_group": scores.DOUBTED[1],
        "pupils": sorted(stays.loc[pupils, "pupil_id"]),
    }


def _progress(stays: pd.DataFrame) -> list[dict[str, Any]]:
    school, group, form = scores.ADDED_CLASS
    steps = scores.points(stays)
    place = steps["value"].map({code: n for n, code in enumerate(scores.POINTS)})
    by_pupil = place.groupby([steps["pupil_id"], steps["term"]]).first().unstack()
    now = by_pupil.pop(TERM)
    up = (now - by_pupil.bfill(axis=1).iloc[:, 0]).dropna()
    return [
        {
            "what": "class_that_added",
            "school": school,
            "class": f"{group}{form}",
            "points": round(POINTS_PER_SD * scores.ADDED, 1),
        },
        {
            "what": "points",
            "school": scores.POINTS_SCHOOL,
            "start": "the end of Reception",
            "pupils": len(up),
            "up_four_or_more": int((up >= 4).sum()),
        },
    ]


def _security(stays: pd.DataFrame) -> list[dict[str, Any]]:
    school, group, form, block = lessons.WEAK_BLOCK
    other, year, other_block = lessons.WEAK_YEAR_BLOCK
    often, often_year, statement = lessons.OFTEN_TAUGHT
    leans, leans_year, leans_form = lessons.SCAFFOLDED_CLASS
    return [
        {
            "what": "block_not_secured",
            "school": school,
            "year_group": group,
            "class": f"{group}{form}",
            "block": block,
        },
        {"what": "block_not_secured", "school": other, "year_group": year, "block": other_block},
        {
            "what": "taught_often_secured_rarely",
            "school": often,
            "year_group": often_year,
            "statement": statement,
            "lessons": 9,
        },
        {
            "what": "scaffold_reliant",
            "school": leans,
            "class": f"{leans_year}{leans_form}",
            "pupils": lessons.reliant(stays),
        },
    ]


def _schemes() -> list[dict[str, Any]]:
    return [
        {
            "what": "scheme_that_helped",
            "school": schemes.PARAGRAPH_SCHOOL,
            "scheme": schemes.PARAGRAPH,
            "points": schemes.POINTS,
            "comparison": "the other of each pair of like pupils, by a fair draw",
        },
        {
            "what": "scheme_that_only_looks_useful",
            "school": schemes.AGES_SCHOOL,
            "scheme": schemes.AGES,
            "months_behind": schemes.BEHIND,
            "reliability": schemes.RELIABILITY,
            "weeks": schemes.WEEKS_BETWEEN,
            "effect": "none: the gain is time and regression to the mean",
        },
        {
            "what": "scheme_left_on_success",
            "school": schemes.LADDER_SCHOOL,
            "scheme": schemes.LADDER,
            "sessions": "those with the fewest gained most; sessions did nothing",
        },
    ]


def _send(stays: pd.DataFrame) -> list[dict[str, Any]]:
    more = round(support.SUSPENDED_SEN / support.SUSPENDED_OTHERS, 2)
    return [
        {
            "what": "need_away",
            "school": support.AWAY_SCHOOL,
            "need": support.AWAY_NEED,
            "missed": "between 14 % and 26 % of sessions",
        },
        {
            "what": "two_away",
            "school": support.TWO_AWAY_SCHOOL,
            "pupils": support.two_away(stays),
            "missed_share": support.TWO_AWAY,
        },
        {"what": "suspended_more", "school": "S05", "group": "sen", "times": more},
        {
            "what": "internal_sanctions",
            "school": support.INTERNAL_SCHOOL,
            "term": TERM,
            "events": len(support.internal(stays)),
        },
        {
            "what": "reading_and_maths",
            "school": scores.SUBJECTS_SCHOOL,
            "measures": list(scores.SUBJECTS),
            "terms": [term_name(*term) for term in TERMS[-2:]],
            "tests": [f"ks2_{subject}" for subject in scores.SUBJECTS],
            "year_group": 6,
        },
    ]


def _inclusion(stays: pd.DataFrame) -> list[dict[str, Any]]:
    census = support.census(stays)
    here = census[census["school"].eq(authority.PLACES_SCHOOL) & census["sen_provision"].eq("E")]
    moves = next(s for s in SCHOOLS if s.key == authority.LEAVES_SCHOOL).moves
    return [
        {
            "what": "pupils_with_sen_leave",
            "school": authority.LEAVES_SCHOOL,
            "component": "stay",
            "leave_in_a_year": moves,
            "usual": authority.RATES["primary"]["stay.support"],
        },
        {
            "what": "resourced_places",
            "school": authority.PLACES_SCHOOL,
            "pupils": authority.in_places(here),
        },
    ]


def _habits(stays: pd.DataFrame) -> list[dict[str, Any]]:
    days = [day for term, weeks in lessons.WRITTEN.items() for day in days_of(*term, weeks)]
    found = []
    for school, group, count, kind, item, first, last in lessons.HABITS:
        secondary = school == "S05"
        found.append(
            {
                "what": "habitual_error" if last == len(days) - 1 else "stopped_error",
                "school": school,
                "year_group": group,
                "kind": kind,
                "item": item,
                "since": days[4 if secondary else first].isoformat(),
                "last": days[last].isoformat(),
                "pupils": lessons.habit_pupils(stays, school, group, count),
            }
        )
    return found


def write(found: list[dict[str, Any]], path: Path) -> None:
    """Write the truth as TOML."""
    lines = [
        "# What was planted in the sample trust. Whatever is not here must not be claimed.",
        "",
    ]
    for entry in found:
        lines += ["[[planted]]", *(f"{key} = {_toml(value)}" for key, value in entry.items()), ""]
    path.write_bytes("\n".join(lines).rstrip("\n").encode() + b"\n")


def _toml(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
