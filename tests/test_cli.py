import subprocess
import sys

import pytest

from writinggaps.cli import main


def test_help_is_fast_because_it_loads_nothing_heavy():
    code = (
        "import sys, writinggaps.cli as c\n"
        "try: c.main(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('rich', 'papermill', 'nbconvert', 'seaborn', 'statsmodels') if m in sys.modules])"
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
