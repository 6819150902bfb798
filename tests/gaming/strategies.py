# ruff: noqa: T201
"""What a school could do to look more inclusive than it is, over four censuses.

An invented primary school of about 300 pupils, with an authority's figures beside it. Every
strategy meets the same pupils and the same luck, so the difference is the strategy's own.

`make simulate-gaming` plays every game over the committed seeds and prints the table into
docs/inclusion-index.md; the tests play a few of them and hold them to that table.
"""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from writinggaps.measures.inclusion.facts import asked_of
from writinggaps.measures.inclusion.phase import scored
from writinggaps.readers import School

TERM = "2025-26-summer"
YEARS = (2022, 2023, 2024, 2025)
SIZE, ABSENT = 43, {"E": 0.11, "K": 0.085, "N": 0.05}
SHARES = {"E": 0.04, "K": 0.15, "N": 0.81}
RATES = {"access": 0.04, "welcome": 0.5, "stay": 0.05, "included": 0.06}


def reference():
    """Give the figures of an invented authority: the rates that the school is drawn from.

    One consultation a year for every fifty pupils: eighteen in three years for a school of 300.
    """
    rows = []
    for year in YEARS[1:]:
        for component, rate in RATES.items():
            rows.append((component, year, rate, 400 if component == "welcome" else 20_000))
        for name, code in (("ehcp", "E"), ("support", "K")):
            rows.append((f"present.{name}", year, ABSENT[code], 2_000_000))
    told = pd.DataFrame(rows, columns=["component", "year", "rate", "total"])
    return told.assign(
        la_code="000",
        year=told["year"].map(spoken),
        count=(told["rate"] * told["total"]).round(),
        source="invented",
    ).drop(columns="rate")


def spoken(year):
    return f"{year}-{(year + 1) % 100:02d}"


def pupils(random):
    """Give pupils with everything that luck decides about them."""
    entry = np.repeat(np.arange(2016, 2026), SIZE)
    n = len(entry)
    status = random.choice(list(SHARES), n, p=list(SHARES.values()))
    rate = np.clip(pd.Series(status).map(ABSENT) * random.gamma(1.4, 1 / 1.4, n), 0, 0.9)
    sen = status != "N"
    told = pd.DataFrame({"entry": entry, "status": status, "rate": rate})
    told["pupil_id"] = [f"P{i:04d}" for i in range(n)]
    for year in YEARS:
        told[f"suspended{year}"] = random.random(n) < np.where(sen, RATES["included"], 0.01)
        told[f"exit{year}"] = random.random(n) < np.where(sen, RATES["stay"], 0.02)
        told[f"register{year}"] = told["status"]
        told[f"lost{year}"] = random.binomial(380, told["rate"])
        told[f"events{year}"] = told[f"suspended{year}"].astype(int)
        told[f"hidden{year}"] = False
    answers = random.random(20)
    return told, pd.DataFrame({"luck": answers, "year": np.repeat(YEARS, 5)})


def school(told, asked):
    """Make the school's tables from its pupils and consultations."""
    census, attendance, suspensions, gone = [], [], [], pd.Series(pd.NaT, index=told.index)
    on = told["entry"].ge(2016)
    for year in YEARS:
        here = on & told["entry"].le(year) & told["entry"].gt(year - 7)
        rows = told[here & ~told[f"hidden{year}"]]
        census.append(
            pd.DataFrame(
                {
                    "pupil_id": rows["pupil_id"],
                    "date": pd.Timestamp(year + 1, 1, 15),
                    "sen_provision": rows[f"register{year}"],
                    "resourced_place": False,
                    "on_roll": True,
                }
            )
        )
        rows = told[here]
        attendance.append(
            pd.DataFrame(
                {
                    "pupil_id": rows["pupil_id"],
                    "period": spoken(year),
                    "possible": 380.0,
                    "absent": rows[f"lost{year}"].astype(float),
                }
            )
        )
        times = rows.loc[rows.index.repeat(rows[f"events{year}"])]
        days = pd.Timestamp(year, 10, 1) + pd.to_timedelta(times.groupby(level=0).cumcount(), "D")
        suspensions.append(
            pd.DataFrame({"pupil_id": times["pupil_id"], "date": days, "kind": "suspension"})
        )
        leaves = here & told[f"exit{year}"]
        gone[leaves & gone.isna()] = pd.Timestamp(year + 1, 3, 31)
        on &= ~leaves
    finished = pd.to_datetime((told["entry"] + 7).astype(str) + "-07-20")
    finished = finished.where(told["entry"].le(2018))
    people = pd.DataFrame(
        {
            "pupil_id": told["pupil_id"],
            "year_group": (2025 - told["entry"]).clip(upper=6),
            "left": gone.fillna(finished),
        }
    )
    tables = {
        "pupils": people,
        "census": pd.concat(census),
        "attendance": pd.concat(attendance),
        "suspensions": pd.concat(suspensions),
    }
    if asked is not None:
        tables["consultations"] = pd.DataFrame(
            {
                "date_sent": [pd.Timestamp(y, 11, 3) for y in asked["year"]],
                "date_answered": [pd.Timestamp(y, 11, 13) for y in asked["year"]],
                "answer": np.where(asked["luck"] < asked.get("yes", 0.5), "yes", "no"),
            }
        )
    return School(key="X", name="X", phase="primary", la_code="000", tables=tables)


def _sen(told):
    return told["status"].ne("N")


def _worst(told, n, status=("E", "K")):
    """The pupils with SEN whom a school would most like to lose."""
    here = told[told["status"].isin(status) & told["entry"].between(2019, 2023)]
    return here.nlargest(n, "rate").index


def honest(told, asked):
    return told, asked


def refuse_admissions(told, asked):
    plans = told[told["status"].eq("E")]
    return told.drop(plans.index[::3]).drop(plans.index[1::3]), asked.assign(yes=0.1)


def load_the_register(told, asked):
    chosen = told[told["status"].eq("N") & told["entry"].between(2019, 2024)].nsmallest(45, "rate")
    for year in YEARS[1:]:
        told.loc[chosen.index, f"register{year}"] = "K"
    return told, asked


def take_off_the_register(told, asked):
    chosen = _worst(told, 6, ("K",))
    for year in YEARS[1:]:
        told.loc[chosen, f"register{year}"] = "N"
    return told, asked


def off_roll(told, asked):
    told.loc[_worst(told, 3, ("E",)), f"exit{YEARS[1]}"] = True
    return told, asked


def hide_on_census_day(told, asked):
    told.loc[_worst(told, 3), f"hidden{YEARS[2]}"] = True
    return told, asked


def withhold_consultations(told, asked):
    return told, None


def show_one_consultation(told, asked):
    return told, asked.nsmallest(1, "luck")


def say_yes_on_paper(told, asked):
    return told, asked.assign(yes=1.0)


def suspend_one_child_often(told, asked):
    chosen = _worst(told, 1)
    for year in YEARS:
        told.loc[chosen, f"events{year}"] = 10
        told.loc[chosen, f"lost{year}"] = (told.loc[chosen, f"lost{year}"] + 60).clip(upper=380)
    return told, asked


def part_time_timetables(told, asked):
    """Nobody is suspended; who would have been comes half of the time."""
    for year in YEARS:
        chosen = told[f"suspended{year}"] & _sen(told)
        told.loc[chosen, f"events{year}"] = 0
        told.loc[chosen, f"lost{year}"] = told.loc[chosen, f"lost{year}"].clip(lower=190)
    return told, asked


def admit_nobody_exclude_nobody(told, asked):
    told = told[told["status"].ne("E")].copy()
    for year in YEARS:
        told[f"events{year}"] = 0
    return told, asked.assign(yes=0.0)


def be_inclusive(told, asked):
    chosen = told[told["status"].eq("N")].nlargest(14, "entry").index
    more = told.sample(n=12, random_state=1).index if len(chosen) == 0 else chosen
    for year in YEARS:
        told.loc[more, f"register{year}"] = "E"
        stays = _sen(told) & (told["pupil_id"].str[-1].isin(list("01234567")))
        told.loc[stays, f"exit{year}"] = False
        told.loc[stays, f"events{year}"] = 0
        told[f"lost{year}"] = (told[f"lost{year}"] * 0.8).round().astype(int)
    return told, asked.assign(yes=0.85)


STRATEGIES = (
    honest,
    refuse_admissions,
    load_the_register,
    take_off_the_register,
    off_roll,
    hide_on_census_day,
    withhold_consultations,
    show_one_consultation,
    say_yes_on_paper,
    suspend_one_child_often,
    part_time_timetables,
    admit_nobody_exclude_nobody,
    be_inclusive,
)


REFERENCE = reference()
SEEDS = range(25)
DOCS = Path(__file__).parents[2] / "docs" / "inclusion-index.md"
BESIDE = {
    "load_the_register": "SEN Support at the first and the last census; said where it grew faster "
    "than the roll beyond chance",
    "take_off_the_register": "SEN Support at the first and the last census",
    "show_one_consultation": "how many are usual for its size; said where there must have been "
    "more, and these count as not positive",
    "say_yes_on_paper": "who came with a plan; said where nobody did",
    "part_time_timetables": "how many pupils with SEN missed at least half of their sessions",
    "withhold_consultations": "that they are held back, by name",
}
"""What the report shows where a game is not wholly in the score."""


def score(strategy, seed):
    """Give the school's index under a strategy, without its interval."""
    schools = [played(strategy, seed)]
    return float(scored(schools, asked_of(schools, REFERENCE, TERM, draws=1)).scores.index[0])


def played(strategy, seed):
    """Give the school that plays a strategy."""
    return school(*strategy(*pupils(np.random.default_rng(seed))))


def moves(strategy, seeds, base):
    """Give how far a strategy moves the index, for each seed."""
    return [score(strategy, seed) - base[seed] for seed in seeds]


def table(seeds):
    """Give the table of all games in Markdown, with what an honest school's index is."""
    base = {seed: score(honest, seed) for seed in seeds}
    rows = [
        f"{len(base)} schools, whose honest index is {np.mean(list(base.values())):.1f}.",
        "",
        "| strategy | moves the index by | lowest to highest | raises it in | the report shows |",
        "|---|---|---|---|---|",
    ]
    for strategy in STRATEGIES[1:]:
        moved = np.array(moves(strategy, seeds, base))
        name = strategy.__name__.replace("_", " ")
        beside = BESIDE.get(strategy.__name__, "its parts")
        ends = f"{moved.min():+.1f} to {moved.max():+.1f}"
        often = f"{(moved > 0.05).sum()} of {len(moved)}"
        rows.append(f"| {name} | {moved.mean():+.1f} | {ends} | {often} | {beside} |")
    return "\n".join(rows).replace("| -", "| \N{MINUS SIGN}").replace("to -", "to \N{MINUS SIGN}")


def printed():
    """Read the lowest and highest move of each game as the docs print them."""
    row = r"^\| ([a-z ]+) \| [^|]*\d \| (\S+) to (\S+) \|"
    rows = re.findall(row, DOCS.read_text("utf-8"), re.MULTILINE)
    told = {name: [float(e.replace("\N{MINUS SIGN}", "-")) for e in ends] for name, *ends in rows}
    return {s: told[s.__name__.replace("_", " ")] for s in STRATEGIES[1:]}


if __name__ == "__main__":
    before, after = (f"<!-- {word} of the table of games -->" for word in ("start", "end"))
    text = DOCS.read_text(encoding="utf-8")
    found = f"{before}\n{table(SEEDS)}\n{after}"
    text = re.sub(f"{before}.*{after}", lambda _: found, text, flags=re.DOTALL)
    DOCS.write_text(text, encoding="utf-8")
    print(found)
