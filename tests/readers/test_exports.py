"""Exports of other programs: by a map, with every row pointing to the export itself."""

from __future__ import annotations

import openpyxl
import pytest

from writinggaps.problems import BadInput
from writinggaps.readers import check_school, read_school
from writinggaps.readers.maps import parse_map, shipped_maps

PUPILS = "pupil_id,upn,year_group\nP1,B801200005001,4\nP2,P207000016049,6\n"


def school(folder, **files):
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / name.replace("__", ".")).write_bytes(data)
    return read_school(folder)


def rows(read, table, *columns):
    return read.tables[table][list(columns)].to_numpy().tolist()


def rules(read):
    return {issue.rule for issue in read.reading.issues}


def test_a_wide_marksheet_becomes_one_row_for_each_mark(tmp_path):
    sheet = (
        "UPN,Name,Autumn 2025 Writing,,Spring 2026 Writing\n"
        "B801200005001,A,EXS,,GDS\nP207000016049,B,,,WTS\n"
    )
    read = school(tmp_path, pupils__csv=PUPILS, marks__csv=sheet)

    assert rows(read, "judgements", "pupil_id", "term", "measure", "value") == [
        ["P1", "2025-26-autumn", "writing", "EXS"],
        ["P1", "2025-26-spring", "writing", "GDS"],
        ["P2", "2025-26-spring", "writing", "WTS"],
    ]
    assert {"mapped_unconfirmed", "matched_by_upn"} <= rules(read)
    assert "read as a report of pupils or a marksheet" in " ".join(map(str, read.reading.issues))


def test_a_map_that_nothing_gives_away_is_used_only_where_it_is_named(tmp_path):
    grid = "UPN,Y4-SC1,Y4-SP1\nB801200005001,y,n\n"
    read = school(tmp_path, pupils__csv=PUPILS, grid__csv=grid)

    assert "not_a_table" in rules(read)
    assert list(read.tables) == ["pupils"]


def test_two_rows_of_headings_are_joined_and_the_upper_one_carried_to_the_right(tmp_path):
    sheet = (
        "Report of marks,,,,\n\n"
        ",,Autumn 2025,,Spring 2026\n"
        "Admission No,Name,Writing,Reading,Writing\n"
        "P1,A,EXS,GDS,EXS\n"
        "Average,,1,2,3\n"
        "Report created by somebody\n"
    )
    read = school(tmp_path, pupils__csv=PUPILS, marks__csv=sheet)

    assert rows(read, "judgements", "term", "measure", "value") == [
        ["2025-26-autumn", "writing", "EXS"],
        ["2025-26-autumn", "reading", "GDS"],
        ["2025-26-spring", "writing", "EXS"],
    ]
    assert "totals_row" in rules(read)


def test_merged_headings_of_a_workbook_are_carried_too(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Marks"
    sheet.append(["UPN", "Autumn 2025", None, "Spring 2026"])
    sheet.append([None, "Writing", "Reading", "Writing"])
    sheet.append(["B801200005001", "EXS", "WTS", "GDS"])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    book.save(tmp_path / "marks.xlsx")
    read = school(tmp_path, pupils__csv=PUPILS)

    assert rows(read, "judgements", "term", "measure", "value") == [
        ["2025-26-autumn", "writing", "EXS"],
        ["2025-26-autumn", "reading", "WTS"],
        ["2025-26-spring", "writing", "GDS"],
    ]


def test_bromcom_headings_are_read_by_their_dollars(tmp_path):
    sheet = (
        "UPN,Teacher$Autumn$Year 4$Writing,Teacher$Spring$Year 4$Writing\nB801200005001,3EXS,3GDS\n"
    )
    settings = '[[export]]\nname = "sheet"\nyear = "2025-26"\n'
    read = school(tmp_path, pupils__csv=PUPILS, sheet__csv=sheet, school__toml=settings)

    assert rows(read, "judgements", "term", "measure", "value") == [
        ["2025-26-autumn", "writing", "3EXS"],
        ["2025-26-spring", "writing", "3GDS"],
    ]
    assert "mapped" in rules(read)


def test_a_term_without_its_year_is_refused_and_not_guessed(tmp_path):
    sheet = (
        "UPN,Teacher$Autumn$Year 4$Writing,Teacher$Spring$Year 4$Writing\nB801200005001,3EXS,3GDS\n"
    )
    (tmp_path / "pupils.csv").write_text(PUPILS)
    (tmp_path / "sheet.csv").write_text(sheet)

    assert {issue.rule for issue in check_school(tmp_path).of("error")} >= {
        "not_a_term",
        "no_date_or_term",
    }


def test_a_sims_report_gives_pupils_with_names_from_two_columns(tmp_path):
    sheet = (
        "Class list\nPrinted for the office\n\n"
        "Legal Surname,Legal Forename,UPN,Reg Group,Year,SEN Status\n"
        "Null,Ann,B801200005001,4B,Year  4,No Special Educational Need\n"
        'Zed,Bo,P207000016049,6A,Year  6,"Education, Health and Care Plan"\n'
    )
    read = school(tmp_path, classlist__csv=sheet.encode("utf-16"))

    assert rows(read, "pupils", "pupil_id", "name", "year_group", "class", "sen_provision") == [
        ["B801200005001", "Null, Ann", 4, "4B", "N"],
        ["P207000016049", "Zed, Bo", 6, "6A", "E"],
    ]
    assert {"mapped_unconfirmed", "encoding", "title_rows"} <= rules(read)


def test_comparative_judgement_scores_keep_their_measures(tmp_path):
    sheet = "UPN,Scaled Score,Writing Age,Grade\nB801200005001,525,8.2,WTS\n"
    settings = '[[export]]\nname = "judging"\nterm = "2025-26-autumn"\n'
    read = school(tmp_path, pupils__csv=PUPILS, judging__csv=sheet, school__toml=settings)

    assert rows(read, "judgements", "measure", "value", "term") == [
        ["cj_writing", "525", "2025-26-autumn"],
        ["cj_writing_age", "8.2", "2025-26-autumn"],
        ["cj_grade", "WTS", "2025-26-autumn"],
    ]


def test_a_statement_grid_becomes_one_row_for_each_statement(tmp_path):
    sheet = "UPN,Y4-SC1,Y4-SP1\nB801200005001,y,n\nP207000016049,,y\n"
    settings = '[[export]]\nname = "grid"\nmap = "statement-grid"\ndate = "2025-12-01"\n'
    read = school(tmp_path, pupils__csv=PUPILS, grid__csv=sheet, school__toml=settings)

    assert rows(read, "statements", "pupil_id", "statement", "secure") == [
        ["P1", "Y4-SC1", True],
        ["P1", "Y4-SP1", False],
        ["P2", "Y4-SP1", True],
    ]


def test_the_ks2_pupil_file_counts_only_pupils_marked_201(tmp_path):
    sheet = (
        "UPN,SURNAME,FORENAME,Sex,SEN,LANG1ST,FSM,FSM6_P,ENTRYDAT,PINCL_Flag,WRITTAOUTCOME,ACADYR\n"
        "B801200005001,Null,Ann,F,K,OTH,1,1,01/09/2019,201,EXS,2024/2025\n"
        "P207000016049,Zed,Bo,M,N,ENB,0,0,01/09/2019,202,GDS,2024/2025\n"
        "R674123101121,Wye,Cy,M,E,REF,0,0,01/09/2019,201,PK6,2024/2025\n"
    )
    read = school(tmp_path, ks2__csv=sheet)

    assert rows(read, "pupils", "name", "sen_provision", "fsm", "year_group") == [
        ["Null, Ann", "K", True, 6],
        ["Wye, Cy", "E", False, 6],
    ]
    assert read.pupils["eal"].astype(object).where(read.pupils["eal"].notna(), None).to_list() == [
        True,
        None,
    ]
    assert rows(read, "judgements", "term", "measure", "value") == [
        ["2024-25-summer", "writing", "EXS"],
        ["2024-25-summer", "writing", "PK6"],
    ]
    assert "not_counted" in rules(read)


def test_absences_are_added_up_from_their_kinds(tmp_path):
    sheet = (
        "UPN,Possible Sessions,Authorised Absences,Unauthorised Absences\nB801200005001,140,7,2\n"
    )
    settings = '[[export]]\nname = "register"\nperiod = "2025-26-autumn"\n'
    read = school(tmp_path, pupils__csv=PUPILS, register__csv=sheet, school__toml=settings)

    assert rows(read, "attendance", "pupil_id", "possible", "absent") == [["P1", 140.0, 9.0]]


def test_issues_point_to_the_rows_of_the_export(tmp_path):
    sheet = "Title\nUPN,Autumn 2025 Writing,Spring 2026 Writing\nB801200005001,EXS,GDS\n,WTS,\n"
    read = None
    (tmp_path / "pupils.csv").write_text(PUPILS)
    (tmp_path / "marks.csv").write_text(sheet)
    read = check_school(tmp_path)

    assert [i.rows for i in read.issues if i.rule == "blank_needed"] == [(4,)]


def test_a_row_of_an_export_that_is_too_short_is_set_aside_aloud(tmp_path):
    sheet = (
        "UPN,Autumn 2025 Writing,Spring 2026 Writing\nB801200005001,EXS\nP207000016049,EXS,EXS\n"
    )
    read = school(tmp_path, pupils__csv=PUPILS, marks__csv=sheet)

    assert [i.rows for i in read.reading.issues if i.rule == "short_row"] == [(2,)]


def test_the_same_pupils_in_two_files_are_counted_once(tmp_path):
    head = "Legal Surname,Legal Forename,UPN,Reg Group,Year\n"
    one = head + "A,B,B801200005001,4B,4\nC,D,P207000016049,6A,6\n"
    read = school(tmp_path, autumn__csv=one, spring__csv=one)

    assert len(read.pupils) == 2
    assert [i.message for i in read.reading.issues if i.rule == "given_before"] == [
        "2 rows of the pupils table were given by another file too, which was used"
    ]


def test_a_school_may_bring_its_own_map(tmp_path):
    mine = (
        '[judgements.columns]\npupil_id = ["Kid"]\n'
        '[judgements.wide]\nheading = "(?P<term>.+): (?P<measure>.+)"\ncell = "value"\n'
    )
    sheet = "Kid,Autumn 2025: writing\nP1,secure\n"
    settings = '[[export]]\nname = "ours"\nmap = "our-tracker.toml"\n'
    read = school(
        tmp_path,
        **{
            "pupils__csv": PUPILS,
            "ours__csv": sheet,
            "school__toml": settings,
            "our-tracker__toml": mine,
        },
    )

    assert rows(read, "judgements", "pupil_id", "term", "value") == [
        ["P1", "2025-26-autumn", "secure"]
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[pupil]", "'pupil' is not known"),
        ("[pupils.colums]", "'colums' is not known"),
        ('[pupils.columns]\npupil = "x"', "'pupil' is not known"),
        ('[pupils.columns]\neal = { form = "x" }', "'form' is not known"),
        ('[judgements.wide]\nheading = "("\ncell = "value"', "cannot be read"),
        ('like = "nothing"', "no such map"),
        ("x", "cannot be read"),
    ],
)
def test_a_wrong_map_says_what_is_wrong(text, message):
    with pytest.raises(BadInput, match=message):
        parse_map("mine", text)


def test_a_map_that_does_not_exist_stops_the_school(tmp_path):
    settings = '[[export]]\nname = "marks"\nmap = "arbr"\n'
    (tmp_path / "school.toml").write_text(settings)
    (tmp_path / "pupils.csv").write_text(PUPILS)
    (tmp_path / "marks.csv").write_text("UPN,x\n1,2\n")

    stops = check_school(tmp_path).stops
    assert [(i.rule, i.remedy) for i in stops] == [
        ("bad_map", "arbr: There is no such map. Did you mean 'arbor'?")
    ]


@pytest.mark.parametrize("name", list(shipped_maps()))
def test_each_shipped_map_cites_where_it_is_from(name):
    assert shipped_maps()[name].source
    assert shipped_maps()[name].tables


def test_a_file_that_is_neither_table_nor_export_is_named_and_left(tmp_path):
    read = school(tmp_path, pupils__csv=PUPILS, lunch__csv="", menu__csv="dish,day\nsoup,1\n")

    assert sorted(i.file for i in read.reading.issues if i.rule == "not_a_table") == [
        "lunch.csv",
        "menu.csv",
    ]


def test_a_map_that_finds_nothing_of_its_own_stops_the_school(tmp_path):
    (tmp_path / "school.toml").write_text('[[export]]\nname = "marks"\nmap = "arbor"\n')
    (tmp_path / "pupils.csv").write_text(PUPILS)
    (tmp_path / "marks.csv").write_text("UPN,x\nB801200005001,2\n")

    assert [i.rule for i in check_school(tmp_path).stops] == ["nothing_mapped"]


@pytest.mark.parametrize("text", ["95%", "95", "0.95", "95.0 %"])
def test_percentages_attended_become_sessions_missed(tmp_path, text):
    sheet = (
        f"UPN,Possible Sessions,% Attendance\nB801200005001,140,{text}\nP207000016049,100,{text}\n"
    )
    settings = '[[export]]\nname = "register"\nperiod = "2025-26-autumn"\n'
    read = school(tmp_path, pupils__csv=PUPILS, register__csv=sheet, school__toml=settings)

    assert rows(read, "attendance", "absent") == [[7.0], [5.0]]


def test_a_percentage_above_a_hundred_is_never_taken_for_sessions(tmp_path):
    lines = "".join(f"P{n},100,95%\n" for n in range(9))
    pupils = "pupil_id,upn,year_group\n" + "".join(f"P{n},,4\n" for n in range(10))
    sheet = f"Pupil ID,Possible Sessions,% Attendance\n{lines}P9,100,104.5\n"
    settings = '[[export]]\nname = "register"\nperiod = "2025-26-autumn"\n'
    read = school(tmp_path, pupils__csv=pupils, register__csv=sheet, school__toml=settings)

    assert [i.rows for i in read.reading.issues if i.rule == "not_a_number"] == [(11,)]
    assert len(read.tables["attendance"]) == 9


def test_the_period_of_attendance_is_read_in_any_spelling(tmp_path):
    sheet = (
        "UPN,Possible Sessions,Absences,Period\n"
        "B801200005001,140,7,Autumn 2025\nP207000016049,140,7,2024/25\n"
    )
    read = school(tmp_path, pupils__csv=PUPILS, register__csv=sheet)

    assert rows(read, "attendance", "period") == [["2025-26-autumn"], ["2024-25"]]


def test_of_two_half_terms_the_later_mark_counts(tmp_path):
    head = "UPN,Autumn 1 2025 Writing,Autumn 2 2025 Writing\n"
    sheet = head + "B801200005001,WTS,EXS\nP207000016049,WTS,\n"
    read = school(tmp_path, pupils__csv=PUPILS, marks__csv=sheet)

    assert sorted(rows(read, "judgements", "pupil_id", "value")) == [["P1", "EXS"], ["P2", "WTS"]]
    assert [i.message for i in read.reading.issues if i.rule == "superseded"] == [
        "1 mark was followed by a later one of the same term, which was used"
    ]


def test_another_programs_list_may_be_called_pupils(tmp_path):
    sheet = "UPN,Name,Year,Class,SEN,House\nB801200005001,Null,Year 4,4A,,Red\n"
    read = school(tmp_path, pupils__csv=sheet)

    assert rows(read, "pupils", "pupil_id", "name", "year_group") == [["B801200005001", "Null", 4]]
    unread = next(i for i in read.reading.issues if i.rule == "unmapped_column")
    assert (unread.message, unread.values) == (
        "1 column is not in the map and was not read",
        ("House",),
    )


def test_our_own_pupils_table_is_never_read_by_a_map(tmp_path):
    read = school(tmp_path, pupils__csv="Pupil ID,Year Group,UPN\nP1,4,B801200005001\n")

    assert rows(read, "pupils", "pupil_id") == [["P1"]]
    assert not [i for i in read.reading.issues if i.rule.startswith("mapped")]


def test_a_map_may_say_what_a_sign_and_a_blank_mean(tmp_path):
    told = (
        "[pupils.columns]\npupil_id = 'Roll No'\nyear_group = 'Yr'\n"
        "disadvantaged = { from = 'Disadv?', values = { PP = 'y', '' = 'n' } }\n"
    )
    settings = '[[export]]\nname = "pupils"\nmap = "own.toml"\n'
    sheet = "Roll No,Yr,Disadv?\nP1,4,pp\nP2,4,\nP3,5,maybe\nP4,5,PP\nP5,5,PP\nP6,5,PP\n"
    read = school(tmp_path, pupils__csv=sheet, own__toml=told, school__toml=settings)

    assert read.pupils["disadvantaged"].to_list()[:2] == [True, False]
    assert [i.rows for i in read.reading.issues if i.rule == "not_yes_or_no"] == [(4,)]


def test_marks_of_ones_own_are_kept_and_counted_in_a_note(tmp_path):
    sheet = (
        "UPN,Autumn 2025 Writing,Spring 2026 Writing\n"
        "B801200005001,5b,\nP207000016049,Greater depth,\n"
    )
    read = school(tmp_path, pupils__csv=PUPILS, marks__csv=sheet)

    assert rows(read, "judgements", "value") == [["5b"], ["Greater depth"]]
    assert [(i.rows, i.message) for i in read.reading.issues if i.rule == "own_mark"] == [
        ((2,), "1 mark of writing is none of the official codes")
    ]
