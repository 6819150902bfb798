import sqlite3
import subprocess
import sys

import pytest

from writinggaps.cli import main


def test_help_is_fast_because_it_loads_nothing_heavy():
    code = (
        "import sys, writinggaps.cli as c\n"
        "try: c.main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = ('rich', 'papermill', 'nbconvert', 'seaborn', 'statsmodels')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_wrong_plan_exits_with_2_and_every_fault(tmp_path, capsys):
    (tmp_path / "plan.toml").write_text("trem = 1\n")
    assert main(["run", str(tmp_path / "plan.toml")]) == 2
    told = capsys.readouterr().err
    assert "plan.toml: The plan cannot be run: 5 things are wrong." in told
    assert "- 'trem' is not a key of a plan. Did you mean 'term'?" in told


def test_an_unknown_option_exits_with_2():
    with pytest.raises(SystemExit) as left:
        main(["run", "plan.toml", "--fast"])
    assert left.value.code == 2


def test_opening_without_pages_says_what_to_do(tmp_path, capsys):
    assert main(["open", str(tmp_path)]) == 2
    assert "run a plan first" in capsys.readouterr().err


def test_the_newest_index_page_is_opened(tmp_path, monkeypatch, capsys):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    (tmp_path / "2025-26-autumn").mkdir()
    page = tmp_path / "2025-26-autumn" / "index.html"
    page.write_text("")
    assert main(["open", str(tmp_path)]) == 0
    assert opened == [page.as_uri()]
    assert capsys.readouterr().out.strip() == str(page)


def test_a_new_folder_holds_a_plan_a_workbook_and_the_notebooks(tmp_path, capsys):
    folder = tmp_path / "trust"
    assert main(["new", str(folder)]) == 0
    assert (folder / "plan.toml").exists()
    assert list((folder / "notebooks").glob("*.ipynb"))
    assert "Fill in " in capsys.readouterr().out
    assert main(["new", str(folder)]) == 2
    assert "nothing is written over" in capsys.readouterr().err


def test_checking_a_school_lists_what_is_wrong_and_exits_with_1(tmp_path, capsys):
    (tmp_path / "pupils.csv").write_text("pupil,year_group\nP1,1\n")
    assert main(["check", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "Error: " in told
    assert told.endswith("cannot be reported until the first of these is mended.\n")


def test_what_stands_in_a_cell_is_told_on_the_schools_own_screen_only(
    tmp_path, capsys, monkeypatch
):
    (tmp_path / "pupils.csv").write_text("pupil_id,year_group\nP1,1\nP2,Canary\n")
    main(["check", str(tmp_path)])
    assert "Canary" not in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    main(["check", str(tmp_path)])
    assert "column year_group: 1 cell is not a year group." in (told := capsys.readouterr().out)
    assert "Found: 'Canary'." in told


def test_checking_a_school_of_a_database_takes_its_key(tmp_path, capsys):
    base = tmp_path / "trust.db"
    with sqlite3.connect(base) as made:
        made.execute("create table pupils (school_key, pupil_id, year_group)")
        made.executemany("insert into pupils values (?, ?, 4)", [("1", "P1"), ("2", "P2")])
    made.close()
    assert main(["check", f"sqlite:///{base}"]) == 1
    assert "Say which one is meant by its key" in capsys.readouterr().out
    assert main(["check", f"sqlite:///{base}", "--key", "2"]) == 0


def test_checking_a_school_that_can_be_reported_exits_with_0(tmp_path):
    (tmp_path / "pupils.csv").write_text("pupil_id,year_group\nP1,1\nP2,2\n")
    assert main(["check", str(tmp_path)]) == 0
