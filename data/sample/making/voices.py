"""What pupils, families, staff and professionals say, and what schools plan and note.

Answers are drawn alike for every role, except where a difference is planted: in one school parents
say far less often than professionals that contact has increased, in another teaching assistants
agree far less often than leaders that support is there in class, and in the village hardly any
parents answer.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from making.trust import SCHOOLS, dice

DAY = date(2025, 11, 18)
QUESTIONS = (
    "I know what makes a good sentence",
    "Writing lessons help me get better",
    "I get help that works when I am stuck",
)
CONTACT = "Contact between school and families has increased"
CONTACT_SCHOOL = "S03"
CONTACT_SAID = {"professional": (68, 101, 130), "parent": (60, 140, 190)}
"""By role: how many said yes, how many answered, how many were asked."""
AUDIT_SCHOOL, AUDIT_AREA = "S04", "Teaching"
AUDIT_SAID = {"leader": 11, "teaching assistant": 3}
AUDIT_ROLES = {"leader": 12, "teacher": 20, "teaching assistant": 16, "governor": 5}
"""How many of each role answered the self-audit; governors are too few to be compared."""
AUDIT = {
    "What pupils with SEND achieve": "We know what each pupil with SEND has learnt this term",
    "Leadership": "SEND is on the agenda of every leaders' meeting",
    "Teaching": "Support is given in the lesson by whoever teaches it",
    "Working with pupils and parents": "Families hear from us before there is a problem",
    "Finding out who needs what": "We find needs early, and know what we look for",
    "Keeping track": "We stop support that does not help",
    "Using what we have": "We know what our support costs",
    "Belonging: clubs, trips, friendships": "Every pupil with SEND belongs to a club",
}
QUIET_SCHOOL, QUIET_ANSWERED, QUIET_ASKED = "S01", 11, 60
COLUMNS = ["respondent", "date", "role", "area", "question", "answer", "scale", "asked"]
LAST_YEAR, THIS_YEAR = date(2025, 7, 18), date(2026, 7, 17)
WON = ("S03", "secure: Transcription: handwriting", 40)
"""One priority of last year that surely reached its target: its measure and baseline."""


def surveys() -> pd.DataFrame:
    """Make answers: of pupils and staff everywhere, and of others where something is planted."""
    rows: list[tuple[object, ...]] = []
    for school in SCHOOLS:
        random = dice("surveys", school.key)
        for number in range(1, 31):
            role = "staff" if number > 24 else "pupil"
            for question in QUESTIONS:
                answer = min(max(round(3.6 + random.standard_normal()), 1), 5)
                told = (f"R{number:02d}", DAY, role, "", question, answer, "1-5", "")
                rows.append((school.key, *told))
    return pd.DataFrame([*rows, *_contact(), *_audit(), *_quiet()], columns=["school", *COLUMNS])


def _contact() -> list[tuple[object, ...]]:
    return [
        (
            CONTACT_SCHOOL,
            f"{role[:2].upper()}{n:03d}",
            DAY,
            role,
            "",
            CONTACT,
            "yes" if n <= yes else "no",
            "",
            asked,
        )
        for role, (yes, answered, asked) in CONTACT_SAID.items()
        for n in range(1, answered + 1)
    ]


def _audit() -> list[tuple[object, ...]]:
    """Make the self-audit: about two in three of every role agree, save where it is planted."""
    rows: list[tuple[object, ...]] = []
    for role, people in AUDIT_ROLES.items():
        for area, question in AUDIT.items():
            planted = area == AUDIT_AREA and role in AUDIT_SAID
            agree = AUDIT_SAID[role] if planted else round(people * 0.65)
            order = dice("audit", role, area).permutation(people)
            for n in range(people):
                answer = 4 if order[n] < agree else 2
                told = (f"{role[:2].upper()}{role[-1]}{n:02d}", DAY, role, area, question, answer)
                rows.append((AUDIT_SCHOOL, *told, "1-5", people + 2))
    return rows


def _quiet() -> list[tuple[object, ...]]:
    return [
        (
            QUIET_SCHOOL,
            f"P{n:02d}",
            DAY,
            "parent",
            "",
            CONTACT,
            "yes" if n % 2 else "no",
            "",
            QUIET_ASKED,
        )
        for n in range(QUIET_ANSWERED)
    ]


def requests(stays: pd.DataFrame) -> pd.DataFrame:
    """Make requests for an assessment: of every fifth pupil on SEN Support this school year."""
    here = stays[stays["left"].isna() & stays["sen_provision"].eq("K")].sort_values("pupil_id")
    chosen = here[here.groupby("school").cumcount() % 5 == 0]
    made = chosen[["school", "pupil_id"]].assign(date=date(2025, 9, 29))
    place = made.groupby("school").cumcount() % 3
    decided = place.map({0: date(2025, 11, 10), 1: date(2025, 11, 10), 2: ""})
    return made.assign(decided=decided, answer=place.map({0: "agreed", 1: "refused", 2: ""}))


def priorities() -> pd.DataFrame:
    """Make the development plan of each school: last year's two lines, and this year's three."""
    literacy, sendco = "Literacy lead", "SENDCO"
    status = ("on track", "started", "not started")
    rows: list[tuple[object, ...]] = []
    for n, school in enumerate(SCHOOLS):
        won = school.key == WON[0]
        then = WON[1:] if won else ("secure: Transcription: handwriting", 70)
        rows += [
            (
                school.key,
                "Handwriting that does not get in the way",
                *then,
                60 if won else 95,
                literacy,
                LAST_YEAR,
                "closed",
                "Invented: ten minutes a day since January.",
                "",
                "",
            ),
            (
                school.key,
                "Families are met before there is a problem",
                "",
                "",
                "",
                sendco,
                LAST_YEAR,
                "closed",
                "Invented: two evenings, well attended.",
                "Belonging",
                "",
            ),
            (
                school.key,
                "Sentences are marked in independent writing",
                "secure: Sentence control",
                60,
                62,
                literacy,
                THIS_YEAR,
                status[n % 3],
                "",
                "Writing in all subjects",
                "Subject leads",
            ),
            (
                school.key,
                "Support is given in the lesson",
                "relies on scaffolds",
                40,
                20,
                sendco,
                THIS_YEAR,
                status[(n + 1) % 3],
                "",
                "Teaching first",
                "Teaching assistants",
            ),
            (
                school.key,
                "Pupils on SEN Support are in school",
                "persistent absence, pupils on SEN Support",
                35,
                10,
                sendco,
                THIS_YEAR,
                status[(n + 2) % 3],
                "",
                "Attendance",
                "Link governor",
            ),
        ]
    columns = ["school", "priority", "measure", "baseline", "target", "owner", "by", "status"]
    return pd.DataFrame(rows, columns=[*columns, "last_year", "aligned", "tell"])


def notes() -> pd.DataFrame:
    """Make notes of each school, in words that a person might keep: two for staff alone."""
    lines = (
        (
            "school_report",
            "in_brief",
            "Literacy lead",
            "",
            "Invented note: a new spelling sequence began in September in all year groups.",
        ),
        (
            "send_report",
            "attendance",
            "SENDCO",
            "governors",
            "Invented note: we ring home on the first day and meet families after five.",
        ),
        (
            "send_report",
            "story",
            "SENDCO",
            "",
            "Invented note: a new quiet room opened in October, and is full at lunchtime.",
        ),
        (
            "development_plan",
            "plan",
            "SENDCO",
            "governors",
            "Invented note: we chose three priorities because five were too many last year.",
        ),
    )
    rows = [
        (school.key, report, section, text, author, date(2025, 12, 15), edition)
        for school in SCHOOLS
        for report, section, author, edition, text in lines
    ]
    columns = ["school", "report", "section", "text", "author_role", "date", "edition"]
    return pd.DataFrame(rows, columns=columns)


def planted() -> list[dict[str, object]]:
    """List what was planted here."""
    yes, n, _ = CONTACT_SAID["parent"]
    others_yes, others, _ = CONTACT_SAID["professional"]
    return [
        {
            "what": "views_apart",
            "school": CONTACT_SCHOOL,
            "question": CONTACT,
            "parent": f"{yes} of {n}",
            "professional": f"{others_yes} of {others}",
        },
        {
            "what": "audit_apart",
            "school": AUDIT_SCHOOL,
            "area": AUDIT_AREA,
            "more": "leader",
            "fewer": "teaching assistant",
        },
        {"what": "few_answered", "school": QUIET_SCHOOL, "role": "parent", "asked": QUIET_ASKED},
        {"what": "priority_reached", "school": WON[0], "measure": WON[1], "baseline": WON[2]},
    ]
