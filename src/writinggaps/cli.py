"""The `writinggaps` command."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from writinggaps.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from writinggaps.run.plan import Plan

__all__ = ["main"]

DONE, SOME_FAILED, WRONG, LOCKED, INTERRUPTED = 0, 1, 2, 75, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns
    -------
    int
        0 all done, 1 some schools failed, 2 the plan or the call is wrong, 75 another run is under
        way.
    """
    told = _parser().parse_args(arguments)
    try:
        return int(told.do(told))
    except Problem as why:
        print(why, file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        print("Stopped. Reports that were finished stay; run again for the rest.", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="writinggaps", description="Termly reports on children's writing."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    new = commands.add_parser("new", help="begin a folder: a plan, a workbook, the notebooks")
    new.add_argument("folder", type=Path)
    new.set_defaults(do=_new)

    check = commands.add_parser("check", help="say everything that is wrong with a school's data")
    check.add_argument("source", help="a folder, a workbook or a database URL")
    check.add_argument("--key", default="", help="which school of a database is meant")
    check.set_defaults(do=_check)

    run = commands.add_parser("run", help="make the reports of a plan")
    run.add_argument("plan", type=Path)
    _add_run_options(run)
    run.add_argument("--only", default="", metavar="KEY", help="only the school with this key")
    run.set_defaults(do=_run)

    show = commands.add_parser("open", help="open the newest index page")
    show.add_argument("folder", nargs="?", type=Path, default=Path("reports"))
    show.set_defaults(do=_open)

    demo = commands.add_parser("demo", help="make the reports of the sample trust")
    _add_run_options(demo)
    demo.set_defaults(do=_demo, only="")
    return parser


def _add_run_options(run: argparse.ArgumentParser) -> None:
    run.add_argument("--force", action="store_true", help="make unchanged reports again, too")
    run.add_argument("--jobs", type=_at_least_one, help="reports at a time (as many as processors)")
    run.add_argument(
        "--isolation",
        choices=("fork", "spawn", "kernel"),
        default="fork",
        help="how a report is kept apart; kernel is slow and classic",
    )
    run.add_argument(
        "--show",
        choices=("auto", "quiet", "lines", "json"),
        default="auto",
        help="what to show on the way (a bar in a terminal, else lines)",
    )


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _run(told: argparse.Namespace) -> int:
    from writinggaps.run.plan import read_plan

    return _make(told, read_plan(told.plan))


def _demo(told: argparse.Namespace) -> int:
    from writinggaps.run.plan import read_plan
    from writinggaps.run.shipped import shipped

    return _make(told, read_plan(shipped("sample") / "plan.toml", out=Path("reports")))


def _make(told: argparse.Namespace, plan: Plan) -> int:
    """Run a plan and say what became of it."""
    from writinggaps.run.lock import Locked
    from writinggaps.run.progress import summary, watch
    from writinggaps.run.runner import Settings, run

    chosen = {"jobs": told.jobs} if told.jobs else {}
    settings = Settings(only=told.only, force=told.force, isolation=told.isolation, **chosen)
    try:
        ran = run(plan, settings, watch(told.show))
    except Locked:
        print("Another run of this term is under way.", file=sys.stderr)
        return LOCKED
    if told.show != "quiet" or ran.failed:
        print(summary(ran.outcomes), file=sys.stderr)
        for key, rows in ran.changed.items():
            print(f"{key}, rows of the data since the last time: {rows}.", file=sys.stderr)
    if told.show in ("auto", "lines"):
        print(f"Open {ran.index}")
    return ran.code


def _new(told: argparse.Namespace) -> int:
    from writinggaps.readers import write_starter
    from writinggaps.run.shipped import shipped

    workbook = write_starter(told.folder)
    (told.folder / "notebooks").mkdir(exist_ok=True)
    for notebook in shipped("notebooks").glob("*.ipynb"):
        shutil.copy(notebook, told.folder / "notebooks")
    print(f"Fill in {workbook}, then: writinggaps run {told.folder / 'plan.toml'}")
    return DONE


def _check(told: argparse.Namespace) -> int:
    from writinggaps.readers import check_school

    found = check_school(told.source, key=told.key)
    own_screen = sys.stdout.isatty()
    for issue in found.issues:
        print(f"{issue.severity.capitalize()}: {issue.private if own_screen else issue}")
    if found.stops:
        print("The school cannot be reported until the errors are mended.")
        return SOME_FAILED
    print("The school can be reported." if found.issues else "Nothing is wrong.")
    return DONE


def _open(told: argparse.Namespace) -> int:
    import webbrowser

    pages = sorted(told.folder.glob("*/index.html"), key=lambda page: page.stat().st_mtime)
    pages += [page for page in [told.folder / "index.html"] if page.exists()]
    if not pages:
        print(f"There is no index page in {told.folder}; run a plan first.", file=sys.stderr)
        return WRONG
    webbrowser.open(pages[-1].resolve().as_uri())
    print(pages[-1])
    return DONE
