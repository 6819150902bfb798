"""Files as nasty as those that schools have, each with everything that should be found in it.

Run as a script it writes them out, to be looked at:  python tests/readers/nasty.py FOLDER
"""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

PUPILS = 30
PUPIL_HEAD = (
    "pupil_id,upn,name,year_group,class,sex,sen_provision,sen_need,disadvantaged,eal,joined,left"
)
JUDGED_HEAD = "pupil_id,date,term,subject,measure,value,kind,assessor,moderated_value"
SETTINGS = b'name = "Example"\nphase = "primary"\nages = [0, 6]\n'


def pupil_rows():
    """Thirty plainly invented pupils; the first stands in row 2."""
    return [
        f"P{n:02d},,Canary{n:02d},{n % 7},C{n % 7},{'FM'[n % 2]},{'NNK'[n % 3]},,"
        f"{'yn'[n % 2]},n,2020-09-01,"
        for n in range(PUPILS)
    ]


def judged_rows():
    """Two judgements for each pupil; the first stands in row 2."""
    return [
        f"P{n:02d},{day},{term},writing,writing,{('WTS', 'EXS', 'GDS')[n % 3]},summative,T1,"
        for day, term in (("2025-12-01", "2025-26-autumn"), ("2026-03-02", "2025-26-spring"))
        for n in range(PUPILS)
    ]


@dataclass
class Case:
    """A school's files, and every (rule, rows, column) that should be found, notes included."""

    name: str
    files: dict[str, bytes]
    expected: set[tuple[str, tuple[int, ...], str]] = field(default_factory=set)


def lines(head, rows, end="\n"):
    return (end.join([head, *rows]) + end).encode()


def school(pupils=None, judged=None, **others):
    files = {"school.toml": SETTINGS, "pupils.csv": lines(PUPIL_HEAD, pupil_rows())}
    if pupils is not None:
        files["pupils.csv"] = pupils if isinstance(pupils, bytes) else lines(PUPIL_HEAD, pupils)
    if judged is not None:
        files["judgements.csv"] = (
            judged if isinstance(judged, bytes) else lines(JUDGED_HEAD, judged)
        )
    return files | {name.replace("__", "."): data for name, data in others.items()}


def changed(rows, row, column, text, head):
    """Put a text into a cell; the row as Excel shows it."""
    made = [line.split(",") for line in rows]
    made[row - 2][head.split(",").index(column)] = text
    return [",".join(cells) for cells in made]


def pupil(row, column, text):
    return changed(pupil_rows(), row, column, text, PUPIL_HEAD)


def mark(row, column, text):
    return changed(judged_rows(), row, column, text, JUDGED_HEAD)


def book(sheets, after=None):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if after:
        after(made)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def cells(head, rows):
    return [head.split(","), *(row.split(",") for row in rows)]


def workbook(after=None, pupils=None):
    sheets = {"pupils": cells(PUPIL_HEAD, pupils or pupil_rows())}
    return {"school.toml": SETTINGS, "school.xlsx": book(sheets, after)}


def cell_cases():
    """One bad or odd cell in a column that may be blank."""
    for column, text, rule in (
        ("sen_provision", "Q", "unknown_code"),
        ("sen_provision", "S", "not_current"),
        ("sen_provision", "EHC plan", "decoded"),
        ("sen_provision", "None", "decoded"),
        ("sen_need", "BESD", "unknown_code"),
        ("sex", "X", "unknown_code"),
        ("disadvantaged", "maybe", "not_yes_or_no"),
        ("disadvantaged", "2", "not_yes_or_no"),
        ("eal", "N/A", "read_as_blank"),
        ("joined", "soon", "not_a_date"),
        ("joined", "13/13/2020", "not_a_date"),
        ("joined", "31/02/2021", "not_a_date"),
        ("joined", "1899-01-01", "date_out_of_range"),
        ("joined", "01/09/2020", "day_first"),
        ("joined", "1/9/20", "short_year"),
        ("joined", "44075", "serial_date"),
        ("joined", "#REF!", "excel_error"),
        ("upn", "A801200005001", "upn_letter"),
        ("upn", "12345", "upn_form"),
        ("upn", "b801 2000 05001", "tidied"),
        ("class", " C1 ", "tidied"),
        ("left", "2019-01-01", "dates_out_of_order"),
        ("year_group", "Year 3", "decoded"),
        ("year_group", "31", "not_a_year_group"),
        ("year_group", "", "blank_wanted"),
    ):
        expected = {(rule, (9,), column)}
        yield Case(f"pupils {column} {text!r}", school(pupil(9, column, text)), expected)
    for column, text, rule in (
        ("date", "yesterday", "not_a_date"),
        ("date", "2023-12-01", "date_outside_term"),
        ("term", "Michaelmas", "not_a_term"),
        ("kind", "sumative", "unknown_code"),
        ("term", "Autumn 2025/26", "decoded"),
    ):
        expected = {(rule, (9,), column)} | (
            {("term_from_date", (9,), "")} if rule == "not_a_term" else set()
        )
        yield Case(f"judgements {column} {text!r}", school(None, mark(9, column, text)), expected)
    yield Case(
        "judgement without a value",
        school(None, mark(9, "value", "")),
        {("blank_needed", (9,), "value")},
    )
    yield Case(
        "judgement of nobody known",
        school(None, mark(9, "pupil_id", "P99")),
        {("unlisted_pupil", (9,), "pupil_id")},
    )
    rows = mark(9, "date", "")
    yield Case(
        "judgement without date and term",
        school(None, changed(rows, 9, "term", "", JUDGED_HEAD)),
        {("no_date_or_term", (9,), "")},
    )
    yield Case(
        "two problems in one column hide nothing",
        school(changed(pupil(9, "joined", "97%"), 12, "joined", "2104-05-01", PUPIL_HEAD)),
        {("not_a_date", (9,), "joined"), ("date_out_of_range", (12,), "joined")},
    )


def attendance_cases():
    head = "pupil_id,period,possible,absent"
    rows = [f"P{n:02d},2025-26-autumn,140,{n % 9}" for n in range(PUPILS)]

    def made(row, text):
        return lines(head, [*rows[: row - 2], text, *rows[row - 1 :]])

    for text, rule, column in (
        ("P07,2025-26-autumn,140,150", "more_than_whole", "absent"),
        ("P07,2025-26-autumn,140,-1", "out_of_range", "absent"),
        ("P07,2025-26-autumn,140,5%", "not_a_number", "absent"),
        ("P07,2025-26-autumn,,5", "blank_needed", "possible"),
        ("P07,2025-26-autumn,#DIV/0!,5", "excel_error", "possible"),
        ("P06,2025-26-autumn,140,6", "repeated_row", ""),
        ("P06,2025-26-autumn,140,5", "conflicting_row", ""),
        ('P07,2025-26-autumn,"1,140",7', "tidied", "possible"),
    ):
        files = school(attendance__csv=made(9, text))
        yield Case(f"attendance {text}", files, {(rule, (9,), column)})


def row_cases():
    rows = pupil_rows()
    yield Case("nothing wrong", school(rows, judged_rows()))
    yield Case("blank rows", school([*rows[:5], "", ",,,,,,,,,,,", *rows[5:]]))
    yield Case(
        "short row", school([*rows[:5], "P90,,Canary90,4", *rows[5:]]), {("short_row", (7,), "")}
    )
    yield Case(
        "long row", school([*rows[:5], rows[5] + ",stray", *rows[6:]]), {("long_row", (7,), "")}
    )
    yield Case("repeated row", school([*rows, rows[3]]), {("repeated_row", (32,), "")})
    other = rows[3].replace("C3", "C9")
    yield Case("pupil twice, differently", school([*rows, other]), {("conflicting_row", (32,), "")})
    yield Case(
        "no pupil_id", school(pupil(9, "pupil_id", "")), {("blank_needed", (9,), "pupil_id")}
    )
    yield Case("totals row", school([*rows, "Total,,30,,,,,,,,,"]), {("totals_row", (32,), "")})
    yield Case("average row", school([*rows, ",,Average,3,,,,,,,,"]), {("totals_row", (32,), "")})
    yield Case(
        "footer", school([*rows, "Report created by the office"]), {("totals_row", (32,), "")}
    )
    yield Case(
        "headings again",
        school([*rows[:9], PUPIL_HEAD, *rows[9:]]),
        {("repeated_header", (11,), "")},
    )
    title = b"Pupils of the school\n\n" + lines(PUPIL_HEAD, rows)
    yield Case("title above", school(title), {("title_rows", (1,), "")})
    shared = changed(pupil(9, "upn", "B801200005001"), 12, "upn", "B801200005001", PUPIL_HEAD)
    yield Case("two pupils with one UPN", school(shared), {("shared_upn", (12,), "upn")})
    yield Case(
        "comma in quotes", school([*rows[:-1], rows[-1].replace("Canary29", '"Canary, 29"')])
    )
    yield Case(
        "line break in quotes", school([rows[0].replace("Canary00", '"Canary\n00"'), *rows[1:]])
    )
    yield Case(
        "surnames Null, NA and None",
        school(changed(pupil(9, "name", "Null"), 10, "name", "None", PUPIL_HEAD)),
    )
    few = school()
    few["pupils.csv"] = lines(
        PUPIL_HEAD, ["," + row.split(",", 1)[1] if n > 20 else row for n, row in enumerate(rows)]
    )
    yield Case(
        "a third without pupil_id",
        few,
        {("blank_needed", tuple(range(23, 32)), "pupil_id"), ("too_many_set_aside", (), "")},
    )
    unlisted = [row.replace("P", "X", 1) for row in judged_rows()]
    yield Case(
        "another school's judgements",
        school(None, unlisted),
        {("no_pupil_listed", (), ""), ("unlisted_pupil", tuple(range(2, 62)), "pupil_id")},
    )


def file_cases():
    rows = pupil_rows()
    good = lines(PUPIL_HEAD, rows)
    yield Case("UTF-8 with BOM", school(b"\xef\xbb\xbf" + good))
    yield Case("UTF-16", school(good.decode().encode("utf-16")), {("encoding", (), "")})
    bare = good.decode().encode("utf-16-le")
    yield Case("UTF-16 without BOM", school(bare), {("encoding", (), "")})
    curly = good.replace(b"Canary03", b"Canary\x92s")
    yield Case("cp1252 quotes", school(curly), {("encoding", (), "")})
    mixed = good.replace(b"Canary03", "éèê".encode() + b"\xff")
    yield Case("one broken sign", school(mixed), {("bad_encoding", (5,), "")})
    yield Case("Windows line ends", school(lines(PUPIL_HEAD, rows, "\r\n")))
    yield Case("old Mac line ends", school(lines(PUPIL_HEAD, rows, "\r")))
    yield Case("semicolons", school(good.replace(b",", b";")), {("delimiter", (), "")})
    yield Case("tabs", school(good.replace(b",", b"\t")), {("delimiter", (), "")})
    yield Case("bars", school(good.replace(b",", b"|")), {("delimiter", (), "")})
    yield Case("no last line end", school(good[:-1]))
    yield Case("cut in a row", school(good[: good.rindex(b"Canary")]), {("cut", (31,), "")})
    yield Case(
        "NUL bytes", school(good.replace(b"Canary07", b"Can\x00ry07")), {("nul_bytes", (9,), "")}
    )
    opened = good.replace(b"Canary07", b'"Canary07')
    yield Case("quotation mark never closed", school(opened), {("unclosed_quote", (9,), "")})
    inches = good.replace(b"Canary07", b'Can"ary07')
    yield Case("quotation mark inside a word", school(inches))
    yield Case("empty file", school(b""), {("empty", (), "")})
    yield Case("only blank lines", school(b"\n\n,,,\n"), {("empty", (), "")})
    yield Case("only strange blanks", school("\ufeff\u2003\n\xa0".encode()), {("empty", (), "")})
    yield Case("only headings", school(lines(PUPIL_HEAD, [])), {("no_pupils", (), "")})
    yield Case("no headings", school(lines(rows[0], rows[1:])), {("no_header", (), "")})
    missing = PUPIL_HEAD.replace("year_group", "yaer_group")
    yield Case(
        "misspelt heading",
        school(lines(missing, rows)),
        {("missing_column", (), "year_group"), ("extra_column", (), "")},
    )
    both = [f"{row},{row.split(',')[4]}" for row in rows]
    yield Case(
        "same column twice",
        school(lines(PUPIL_HEAD + ",class", both)),
        {("same_column_twice", (), "class")},
    )
    two = [f"{row},other{n}" for n, row in enumerate(rows)]
    yield Case(
        "two columns, one heading",
        school(lines(PUPIL_HEAD + ",class", two)),
        {("duplicate_column", (), "class")},
    )
    yield Case(
        "a column of their own",
        school(lines(PUPIL_HEAD + ",house", two)),
        {("extra_column", (), "")},
    )
    yield Case(
        "values under no heading",
        school(lines(PUPIL_HEAD + ",", two)),
        {("column_without_heading", (), "")},
    )
    named = PUPIL_HEAD.replace("sen_provision", "SEN Status").replace("year_group", "NC Year")
    yield Case(
        "their own headings",
        school(lines(named, rows)),
        {("renamed_column", (), "sen_provision"), ("renamed_column", (), "year_group")},
    )
    yield Case(
        "no pupils",
        {"school.toml": SETTINGS, "pieces.csv": b"piece,pupil_id,date\na,b,2025-12-01\n"},
        {("table_missing", (), "")},
    )
    yield Case("two pupils files", school(rows, Pupils__txt=good), {("table_twice", (), "")})
    yield Case(
        "a strange file", school(rows, lunch__csv=b"dish,day\nsoup,1\n"), {("not_a_table", (), "")}
    )
    yield Case("a picture of no use", school(rows, scan__bmp=b"x"), {("not_read", (), "")})
    yield Case(
        "wrong settings",
        school(rows) | {"school.toml": b"name = \n"},
        {("unreadable", (), ""), ("assumed_setting", (), "")},
    )


def _put(cell, value):
    def after(made):
        made["pupils"][cell] = value

    return after


def _merge(made):
    made["pupils"].merge_cells("E9:E11")


def _merge_beyond(made):
    made["pupils"].merge_cells("ZA40:ZB41")


def _hide(made):
    made["pupils"].sheet_state = "hidden"
    made.create_sheet("guide")


def _hide_row(made):
    made["pupils"].row_dimensions[9].hidden = True


def _title(made):
    made["pupils"].insert_rows(1, 2)
    made["pupils"]["A1"] = "Pupils of the school"


def _sheet(made):
    made.create_sheet("Sheet2")["A1"] = "something"


def workbook_cases():
    long = 123456789012345678
    for name, after, expected in (
        ("a good workbook", None, None),
        ("formula without a value", _put("E9", "=1+1"), ("formula_without_value", (9,), "class")),
        ("an Excel error", _put("D9", "#N/A"), ("excel_error", (9,), "year_group")),
        ("merged cells", _merge, ("merged_cells", (9, 10, 11), "")),
        ("merged cells beyond the data", _merge_beyond, None),
        ("a hidden sheet", _hide, ("hidden_sheet", (), "")),
        ("a hidden row", _hide_row, ("hidden_rows", (9,), "")),
        ("a number too long", _put("A9", long), ("digits_lost", (9,), "pupil_id")),
        ("a title above", _title, ("title_rows", (1,), "")),
        ("a blank far away", _put("Z40", " "), None),
        ("a cell at the end of the world", _put("XFD1048576", 1), ("too_spread", (), "")),
        ("another sheet", _sheet, ("not_a_table", (), "")),
    ):
        yield Case(name, workbook(after), {expected} if expected else set())
    whole = workbook()["school.xlsx"]
    for name, data, rule in (
        ("a cut workbook", whole[: len(whole) // 2], "unreadable"),
        ("an empty workbook", b"", "empty"),
        ("text called a workbook", b"pupil_id,year_group\nP1,4\n", "unreadable"),
        ("an old workbook", b"\xd0\xcf\x11\xe0" + bytes(600), "old_workbook"),
        ("a workbook with a password", _protected(), "locked"),
        ("a zip that is no workbook", _zip(), "unreadable"),
    ):
        yield Case(name, {"school.toml": SETTINGS, "school.xlsx": data}, {(rule, (), "")})


def _protected():
    """A compound file that holds an encrypted package, as Excel writes one under a password."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", fat, end, *range(3, 10), end, *[free] * 118)
    entries = b"".join(
        struct.pack(
            "<64sHBB3I16x20xIII",
            name.encode("utf-16-le"),
            2 * len(name) + 2,
            kind,
            1,
            free,
            free,
            child,
            start,
            size,
            0,
        )
        for name, kind, child, start, size in (
            ("Root Entry", 5, 1, end, 0),
            ("EncryptedPackage", 2, free, 2, 4096),
        )
    )
    return head + table + entries + bytes(256 + 4096)


def export_cases():
    """Files of other programs under our own names, and all faults at once."""
    settings = {"school.toml": SETTINGS}
    office = [
        ["Example School: pupils", *[None] * 6],
        ["Filter: all"],
        [],
        ["Pupil", None, None, "School", None, "Support", None],
        ["UPN", "Name", "Date of birth", "Year", "Class", "SEN", "Pupil Premium"],
        *[[_UPNS[n], f"Canary{n}", "1/5/2016", "Year 4", "4A", "K", "Y"] for n in range(3)],
        ["Total", "3 pupils", None, None, None, 3, 3],
        ["Report created by the office"],
    ]

    def merge(made):
        for cells in ("A1:G1", "A4:C4", "D4:E4", "F4:G4"):
            made["pupils"].merge_cells(cells)

    mapped = {("mapped_unconfirmed", (), ""), ("unmapped_column", (), "")}
    read = {("title_rows", (1, 2), ""), ("totals_row", (9, 10), "")}
    yield Case(
        "an office's list with titles, merged headings and totals",
        settings | {"school.xlsx": book({"pupils": office}, merge)},
        mapped | read | {("decoded", (6, 7, 8), "year_group")},
    )
    shares = [f"P{n:02d},140,{'95%' if n % 2 else 95},Autumn 2025" for n in range(PUPILS)]
    shares[7], shares[9] = "P07,140,0.95,Autumn 2025", "P09,140,104.5,Autumn 2025"
    report = lines("Student ID,Possible Sessions,% Attendance,Period", shares)
    yield Case(
        "95%, 95, 0.95 and 104.5 in one column",
        school(attendance__csv=report),
        {
            ("mapped_unconfirmed", (), ""),
            ("decoded", tuple(range(2, PUPILS + 2)), "period"),
            ("share_or_percentage", (9,), "absent"),
            ("not_a_number", (11,), "absent"),
        },
    )
    pupils = changed(pupil(5, "joined", "97%"), 9, "upn", "12345", PUPIL_HEAD)
    judged = changed(mark(8, "date", "yesterday"), 9, "kind", "sumative", JUDGED_HEAD)
    yield Case(
        "six faults in three files",
        school(
            [*pupils, "P90,short"],
            judged,
            attendance__csv=lines(
                "pupil_id,period,possible,absent",
                [f"P{n:02d},2025-26-autumn,140,{150 if n == 6 else 0}" for n in range(PUPILS)],
            ),
        ),
        {
            ("not_a_date", (5,), "joined"),
            ("upn_form", (9,), "upn"),
            ("short_row", (32,), ""),
            ("not_a_date", (8,), "date"),
            ("unknown_code", (9,), "kind"),
            ("more_than_whole", (8,), "absent"),
        },
    )


_UPNS = ("B801200005001", "P207000016049", "R674123101121")


def _zip():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("hello.txt", "hello")
    return held.getvalue()


def cases():
    """Every nasty school."""
    return [
        *cell_cases(),
        *attendance_cases(),
        *row_cases(),
        *file_cases(),
        *workbook_cases(),
        *export_cases(),
    ]


def write(case, folder):
    """Write a school's files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in case.files.items():
        (folder / name).write_bytes(data)
    return folder


if __name__ == "__main__":
    for number, made in enumerate(cases()):
        write(made, Path(sys.argv[1]) / f"{number:03d}")
        sys.stdout.write(f"{number:03d} {made.name}: {sorted(made.expected)}\n")
