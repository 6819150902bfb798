"""The SENDCO's report runs by plain papermill, for every sort of school, and hides what it must."""

import json
import re
from pathlib import Path
from runpy import run_path
from shutil import copytree

import pandas as pd
import papermill
import pytest

from writinggaps.official import lines
from writinggaps.run.execute import HERE

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "schools"
TERM = "2025-26-autumn"
GAP_OF = "absence_rate_two_terms"
GAP = f"gap in {GAP_OF}"
_MADE = run_path(str(Path(__file__).with_name("plan_pages.py")))
MOST = _MADE["MOST"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def run(data, out, edition):
    papermill.execute_notebook(
        ROOT / "notebooks" / "send_report.ipynb",
        out / "report.ipynb",
        parameters={"data": str(data), "term": TERM, "edition": edition},
        engine_name=HERE,
        progress_bar=False,
    )
    book = json.loads((out / "report.ipynb").read_text(encoding="utf-8"))
    shown = [o["data"] for cell in book["cells"] for o in cell.get("outputs", ()) if "data" in o]
    return ["".join(d.get("text/markdown", d.get("text/html", ""))) for d in shown]


def sound(shown):
    page = re.sub(r"<svg.*?</svg>", "", "\n".join(shown), flags=re.DOTALL)
    assert not re.search(r"\bnan\b|None(?! (?:or|of))|Withheld|pupil_id", page)
    return page


ASKED = (
    ("Who are our pupils with SEN?", "Three years, and the latest official figures"),
    ("Who are our pupils with SEN?", "By SEN status and primary need"),
    ("Who are our pupils with SEN?", "an assessment for a plan was requested for"),
    ("Who attends", "**Is it one or two pupils?**"),
    ("Who is suspended", "**Is there a gap, and is it moving?**"),
    ("How do pupils with SEN do", "At the expected standard, and mean scores"),
    ("What do we provide", "Provision from spring 2025 to autumn 2025"),
    ("what do we work on?", "This year's priorities: "),
)
"""What governors ask of a SENCO: where it is answered, and by what."""


def sections(book):
    """Give what is shown under each heading of a run."""
    found, heading = {}, ""
    for cell in book["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and source.startswith("## "):
            heading = source.splitlines()[0]
        said = [o["data"] for o in cell.get("outputs", ()) if "data" in o]
        told = ["".join(d.get("text/markdown", d.get("text/html", ""))) for d in said]
        found[heading] = "\n".join([found.get(heading, ""), *told])
    return found


GROUPS = ("ehcp", "sen_support", "no_sen")
IN_ROWS = {
    "SEN Support": "sen_support_share",
    "EHCP": "ehcp_share",
    "Pupils suspended": "pupils_suspended",
    "Writing, Reception": "eyfs_writing_expected",
    "Good level of development, Reception": "eyfs_good_level_of_development",
    "Phonics screening check, Year 1": "phonics_year1_expected",
    "Writing, Year 2": "ks1_writing_expected",
    "Writing, Year 6": "ks2_writing_expected",
    "Grammar, punctuation and spelling, Year 6": "ks2_gps_expected",
    "Attainment 8, summer 2025": "attainment8",
    "Progress 8, summer 2025": "progress8",
}
"""Which measure England's figure in a row of a table is of."""
IN_WORDS = (
    (r"it was ([\d.]+)% and [\d.]+% in England \((\d{4})-\d\d\)", "sen_support_share", "all"),
    (r"it was [\d.]+% and ([\d.]+)% in England \((\d{4})-\d\d\)", "ehcp_share", "all"),
    (r"schools it was ([\d.]+)% in England \((\d{4})-\d\d\)", "pupils_suspended", "all"),
    (r"attended ([\d.]+)% in England \((\d{4})-\d\d\)", "absence_rate", "all"),
    *(
        (rf"there were {before}([\d.]+){after} \((\d{{4}})-", "suspension_rate", group)
        for before, after, group in (
            ("", ".*? without SEN", "ehcp"),
            ("[^,]*, ", " on SEN Support and .*? without SEN", "sen_support"),
            (".*? and ", " without SEN", "no_sen"),
        )
    ),
    *(
        (rf"the gap was {before}([\d.]+) points for {whom}.*?spring of (\d{{4}})-", GAP, group)
        for before, whom, group in (
            ("", "pupils with an EHCP", "ehcp"),
            (".*? and ", "pupils on SEN Support", "sen_support"),
        )
    ),
)
"""Where a sentence tells a figure of England with its school year, and which it is."""


def in_rows(page):
    """Give each figure with a school year in the last cell of a row."""
    for row in re.findall(r'<th scope="row">.*?</tr>', page):
        name, *cells = re.findall(r">([^<]*)</t[hd]>", row)
        told = re.fullmatch(r"(all pupils )?(.+) \((\d{4})-\d\d\)", cells[-1])
        if told:
            values = told[2].replace("%", "").split(" / ")
            for group, value in zip(GROUPS if len(values) > 1 else ("all",), values, strict=True):
                if value != "–":
                    yield IN_ROWS[name], group, float(value), int(told[3]) + 1


def attended(page):
    """Give England's attendance in the table of three years: status and figure, and the year."""
    year = int(re.search(r"England: autumn and spring of (\d{4})-", page)[1]) + 1
    row = r'<th scope="row">Attended: ([^<]*)</th>(?:<td>[^<]*</td>){3}<td>([\d.]+)%</td></tr>'
    return re.findall(row, page), year


def in_words(page):
    """Give each figure that a sentence tells of England."""
    for pattern, measure, group in IN_WORDS:
        for value, year in re.findall(pattern, page):
            told = round(100 - float(value), 4) if measure == "absence_rate" else float(value)
            yield measure, group, told, int(year) + 1


def england():
    """Give every published figure of England: measure, group, phase and year to value, release."""
    found = {}
    for measure, group, phase, _, _, year, value, version, *_ in lines("england.csv"):
        if value:
            found.setdefault((measure, group, phase, int(year)), {})[float(value)] = version
    for group in GROUPS[:2]:  # a gap is the difference of two published figures
        for phase, year in {key[2:] for key in found if key[0] == GAP_OF}:
            (here, version), (others, _) = (
                next(iter(found[GAP_OF, of, phase, year].items())) for of in (group, "no_sen")
            )
            found[GAP, group, phase, year] = {round(here - others, 1): version}
    return found


@pytest.mark.parametrize(("key", "phase"), [("S03", "primary"), ("S05", "secondary")])
def test_every_official_figure_is_its_row_with_year_and_phase_whose_source_is_named(
    tmp_path, key, phase
):
    page = sound(run(SAMPLE / key, tmp_path, "governors"))
    page = page.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-")
    page = re.sub(r"<(ul|li|p|br)[^>]*>", " ", page)
    known = england()
    named = {(of, version): rest for of, version, *rest in lines("series.csv")}
    shown = {*in_rows(page), *in_words(page)}
    assert len(shown) >= 12
    for measure, group, value, year in shown:
        rows = known.get((measure, group, phase, year)) or known[measure, group, "all", year]
        version = rows[value]
        label, _, source, _ = named[GAP_OF if measure == GAP else measure, version]
        assert f"{source.split(' (')[0]}, release {version}, " in page
        assert f"{label[:1].lower()}{label[1:]}" in page
    statuses, year = attended(page)
    assert [status for status, _ in statuses] == ["EHCP", "SEN Support", "no SEN"]
    for group, (_, value) in zip(GROUPS, statuses, strict=True):
        assert round(100 - float(value), 2) in known[GAP_OF, group, "all", year]
    told = len(re.findall(r" \((?:autumn and spring of )?\d{4}-\d\d", page))
    sentences = [m.span(2) for p, *_ in IN_WORDS for m in re.finditer(p, page)]
    cells = re.findall(r"\(\d{4}-\d\d\)</td></tr>", page)
    assert told == len(set(sentences)) + len(cells)


@pytest.mark.parametrize("key", ["S01/S01.xlsx", "S02", "S05"])
def test_the_staff_edition_tells_every_question(tmp_path, key):
    page = sound(run(SAMPLE / key, tmp_path, "staff"))
    assert page.startswith("- In autumn 2025, **")
    assert "Invented note: a new quiet room opened" in page
    assert page.count("private lists of this report") >= 1


def test_the_governors_edition_answers_what_governors_ask_section_by_section(tmp_path):
    page = sound(run(SAMPLE / "S03", tmp_path, "governors"))
    told = sections(json.loads((tmp_path / "report.ipynb").read_text(encoding="utf-8")))
    for heading, answer in ASKED:
        [section] = [text for name, text in told.items() if heading in name]
        assert answer in section, (heading, answer)
    for heading in ("Who attends", "Who is suspended", "How do pupils with SEN do"):
        [section] = [text for name, text in told.items() if heading in name]
        assert section.count("- **") == 4
    brief = told["## In brief"]
    assert 3 <= brief.count("\n- ") <= 5
    assert "one or two pupils" in brief
    assert "schemes were given" in brief
    assert "Invented note: we ring home" in page
    assert "quiet room" not in page
    assert "private lists" not in page
    assert "**about 70 of 525 pupils (one in " in page


@pytest.mark.browser
@pytest.mark.skipif(not _MADE["find_browser"](), reason="No browser is installed")
def test_the_report_of_the_largest_school_is_three_sheets_of_paper_at_most():
    assert 1 <= _MADE["pages"](_MADE["send_page"](SAMPLE / "S03", "staff", "S03")) <= MOST


def folder(out, key, phase, provisions):
    """Write a school of which only the pupils are known."""
    home = out / key
    home.mkdir()
    told = ["pupil_id,year_group,class,sex,sen_provision,sen_need,disadvantaged"]
    for n, provision in enumerate(provisions):
        need = "SLD" if provision != "N" else ""
        told.append(f"P{n:03d},{n % 6 + 1},{n % 6 + 1}A,{'MF'[n % 2]},{provision},{need},n")
    (home / "pupils.csv").write_text("\n".join(told) + "\n", encoding="utf-8")
    settings = f'name = "Example"\nkey = "{key}"\nphase = "{phase}"\nages = [0, 6]\n'
    (home / "school.toml").write_text(settings, encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("phase", "provisions", "said"),
    [
        ("secondary", "K" * 9 + "N" * 51, "**9 of 60 pupils (15%)** were on SEN Support"),
        ("primary", "N" * 60, "In autumn 2025 none of the school's 60 pupils was on SEN Support"),
        ("primary", "K" * 2 + "E" + "N" * 57, "**2 of 60 pupils (3%)** were on SEN Support"),
        ("special", "E" * 40, "and **all of them** had a plan (EHCP)."),
    ],
)
def test_a_school_that_gave_only_its_pupils_gets_a_sensible_page(tmp_path, phase, provisions, said):
    page = sound(run(folder(tmp_path, "X1", phase, provisions), tmp_path, "staff"))
    assert said in page
    assert "The school's data have no attendance table" in page
    assert "The school's data have no suspensions table" in page
    brief = page[: page.index("</table>")]
    assert "tables were given: attendance, suspensions, judgements and interventions." in brief
    assert "This cannot be said" not in brief


@pytest.mark.parametrize("with_sen", [0, 3])
def test_a_school_with_hardly_any_pupils_with_sen_is_not_told_nonsense(tmp_path, with_sen):
    home = tmp_path / "few"
    copytree(SAMPLE / "S02", home)
    pupils = pd.read_csv(home / "pupils.csv", dtype=str, keep_default_na=False)
    here = pupils.index[pupils["left"].eq("") & pupils["sen_provision"].ne("N")][:with_sen]
    pupils.loc[~pupils.index.isin(here), ["sen_provision", "sen_need"]] = ["N", ""]
    pupils.to_csv(home / "pupils.csv", index=False)
    (home / "census.csv").unlink()
    page = sound(run(home, tmp_path, "staff"))
    assert "There are no pupils with SEN, or fewer than four;" in page
    assert page.count("This cannot be said") <= 6
    assert not re.search(r"\(\N{MINUS SIGN}9\d|1 of 1 pupils|nothing to show", page)
