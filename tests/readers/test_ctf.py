"""Common transfer files: invented pupils, the shape as DfE describes it."""

from __future__ import annotations

import pytest

from writinggaps.problems import Unreadable
from writinggaps.readers import read_school

CTF = """<?xml version="1.0" encoding="UTF-8"?>
<CTfile>
 <Header><DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>
  <SourceSchool><LEA>999</LEA><Estab>9999</Estab><AcademicYear>2024</AcademicYear></SourceSchool>
 </Header>
 <CTFpupilData>
  <Pupil><UPN>B801200005001</UPN><Surname>NULL</Surname><Forename>ANN</Forename>
   <DOB>2013-09-01</DOB><Sex>F</Sex>
   <StageAssessments><KeyStage><Stage>KS2</Stage>
    <StageAssessment><Locale>ENG</Locale><Year>2025</Year><Subject>ENG</Subject>
     <Method>TA</Method><Component>WRI</Component><ResultStatus>R</ResultStatus>
     <ResultQualifier>NC</ResultQualifier><Result>EXS</Result></StageAssessment>
    <StageAssessment><Locale>ENG</Locale><Year>2025</Year><Subject>MAT</Subject>
     <Method>TT</Method><Component>MTC</Component><ResultStatus>R</ResultStatus>
     <ResultQualifier>MT</ResultQualifier><Result>21</Result></StageAssessment>
   </KeyStage></StageAssessments></Pupil>
  <Pupil><UPN>P207000016049</UPN><Surname>ZED</Surname><Forename>BO</Forename>
   <DOB>2013-08-31</DOB><Gender>M</Gender></Pupil>
 </CTFpupilData>
</CTfile>
"""


def read(folder, data):
    (folder / "school.xml").write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_school(folder)


def test_pupils_and_their_assessments_are_read(tmp_path):
    school = read(tmp_path, CTF)

    assert school.pupils["name"].to_list() == ["NULL, ANN", "ZED, BO"]
    assert school.pupils["sex"].to_list() == ["F", "M"]
    assert school.tables["judgements"][["measure", "value", "term"]].to_numpy().tolist() == [
        ["writing", "EXS", "2024-25-summer"],
        ["mtc", "21", "2024-25-summer"],
    ]


def test_the_year_group_follows_from_the_age_on_31_august(tmp_path):
    # the school year 2024-25: born on 31 August 2013 is eleven, born a day later is ten
    assert read(tmp_path, CTF).pupils["year_group"].to_list() == [6, 7]


def test_a_namespace_and_another_order_change_nothing(tmp_path):
    spaced = CTF.replace("<CTfile>", '<CTfile xmlns="urn:example">').replace(
        "<DOB>2013-09-01</DOB><Sex>F</Sex>", "<Sex>F</Sex><DOB>2013-09-01</DOB>"
    )

    assert read(tmp_path, spaced).pupils["year_group"].to_list() == [6, 7]


def test_windows_characters_under_a_declaration_of_utf8_are_read(tmp_path):
    assert read(tmp_path, CTF.replace("ZED", "ZÉD").encode("cp1252")).pupils["name"][1] == "ZÉD, BO"


@pytest.mark.parametrize(
    "data",
    [
        b"<CTfile>",
        b"<other/>",
        b"not xml",
        b"",
        b'<!DOCTYPE x [<!ENTITY a "b">]><CTfile><x>&a;</x></CTfile>',
    ],
)
def test_what_is_no_ctf_is_refused_in_words(tmp_path, data):
    with pytest.raises(Unreadable):
        read(tmp_path, data)


def test_outside_entities_are_never_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("canary")
    data = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret}">]>' + CTF.split("?>", 1)[1].replace(
        "ZED", "&a;"
    )

    with pytest.raises(Unreadable) as problem:
        read(tmp_path, data)
    assert "canary" not in str(problem.value)
