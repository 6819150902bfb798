"""The `writinggaps` command."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from writinggaps.problems import Problem
from writinggaps.run.lock import Locked

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
    except Locked:
        print("Another run of this term is under way.", file=sys.stderr)
        return LOCKED
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
    run.add_argument("--cluster", default="", metavar="ADDRESS", help="of a Dask scheduler")
    run.set_defaults(do=_run)

    show = commands.add_parser("open", help="open the newest index page")
    show.add_argument("folder", nargs="?", type=Path, default=Path("reports"))
    show.set_defaults(do=_open)

    release = commands.add_parser("release", help="record that the shared editions were published")
    release.add_argument("term", help="such as 2025-26-autumn")
    release.add_argument("folder", nargs="?", type=Path, default=Path("reports"))
    release.set_defaults(do=_release)

    purge = commands.add_parser("purge", help="forget pupils, a school, or what is too old to keep")
    purge.add_argument("folder", nargs="?", type=Path, default=Path("reports"))
    what = purge.add_mutually_exclusive_group()
    what.add_argument("--pupil", action="append", default=[], metavar="ID", help="may be repeated")
    what.add_argument("--school", default="", metavar="KEY")
    what.add_argument("--before", default="", metavar="TERM", help="the oldest term to keep")
    purge.set_defaults(do=_purge)

    official = commands.add_parser("official", help="newer official figures")
    does = official.add_subparsers(metavar="WHAT", required=True)
    take = does.add_parser("import", help="keep the figures of a download, and say what changed")
    take.add_argument("file", type=Path, help="of the LAIT or Explore Education Statistics")
    take.set_defaults(do=_official)

    demo = commands.add_parser("demo", help="make the reports of the sample trust")
    _add_run_options(demo)
    demo.set_defaults(do=_demo, only="", cluster="")
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
    from writinggaps.run.cluster import cluster
    from writinggaps.run.progress import summary, watch
    from writinggaps.run.runner import Settings, run

    chosen = {"jobs": told.jobs} if told.jobs else {}
    settings = Settings(only=told.only, force=told.force, isolation=told.isolation, **chosen)
    with cluster(told.cluster) if told.cluster else nullcontext() as executor:
        ran = run(plan, replace(settings, executor=executor), watch(told.show))
    changed = [f"{k}, rows of the data since the last time: {v}." for k, v in ran.changed.items()]
    said = [summary(ran.outcomes), *changed, *ran.notes]
    if told.show == "json":
        print(json.dumps({"code": ran.code, "words": said}, ensure_ascii=False), file=sys.stderr)
    elif told.show != "quiet" or ran.code:
        print(*said, sep="\n", file=sys.stderr)
    if told.show in ("auto", "lines") and ran.index:
        print(f"Open {ran.index}")
    return ran.code


def _new(told: argparse.Namespace) -> int:
    from writinggaps.readers import write_starter
    from writinggaps.run.shipped import shipped

    workbook = write_starter(told.folder)
    (told.folder / "notebooks").mkdir(exist_ok=True)
    for notebook in shipped("notebooks").glob("*.ipynb"):
        shutil.copy(notebook, told.folder / "notebooks")
    print(f"Fill in {workbook} and see what is wrong with it: writinggaps check {workbook}")
    print(f"Then make the reports: writinggaps run {told.folder / 'plan.toml'}")
    return DONE


def _check(told: argparse.Namespace) -> int:
    from writinggaps.readers import check_school

    found = check_school(told.source, key=told.key)
    own_screen = sys.stdout.isatty()
    for issue in found.issues:
        print(f"{issue.severity.capitalize()}: {issue.private if own_screen else issue}")
    if found.stops:
        many = len(found.stops)
        first = "first of these is" if many == 1 else f"first {many} of these are"
        print(f"The school cannot be reported until the {first} mended.")
        return SOME_FAILED
    print("The school can be reported." if found.issues else "Nothing is wrong.")
    return DONE


def _release(told: argparse.Namespace) -> int:
    from writinggaps.run.releases import record_release

    reports, figures = record_release(told.folder, told.term)
    print(f"Recorded as published: {reports} shared reports with {figures} figures about pupils.")
    return DONE


def _purge(told: argparse.Namespace) -> int:
    from datetime import date

    from writinggaps.disclosure import oldest_kept
    from writinggaps.readers.terms import Term
    from writinggaps.run.releases import purge

    named = told.pupil or told.school or told.before
    before = told.before if named else oldest_kept(str(Term.of(date.today())))
    gone = purge(told.folder, pupils=told.pupil, school=told.school, before=before)
    for place in gone:
        print(f"Deleted {place}")
    print("Forgotten, in the release register too. Run the plan again to make what is missing.")
    return DONE


def _official(told: argparse.Namespace) -> int:
    from writinggaps.official import keep, own_folder
    from writinggaps.readers.official_files import read_official

    for line in keep(*read_official(told.file)):
        print(line)
    print(f"They are kept in {own_folder()}; the next run makes again what they change.")
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
