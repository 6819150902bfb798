"""What a page must be in a real browser. Run by itself it checks every page of a folder.

python tests/browser/page_checks.py FOLDER [PART ...]

A PART is a pattern of pages within the folder, such as "S01/*". A page that was found without
fault is not opened again until it, or this file, has changed.
"""

import os
import re
import shutil
import sys
from collections import Counter
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from multiprocessing import Pool
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
VIEWS = {
    "phone": (390, 844, {"media": "screen", "color_scheme": "light"}),
    "laptop": (1280, 800, {"media": "screen", "color_scheme": "dark"}),
    "print": (794, 1123, {"media": "print", "color_scheme": "light"}),
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PAGE_BYTES, CHART_BYTES = 30_000, 12_000
LINE_BYTES = 400
"""The index of a run grows with its reports, by a line of links for each edition of each."""

_AXE = """rules => axe.run(document, {
  runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'], preload: false,
}).then(found => found.violations.map(v => `axe ${v.id}: ${v.nodes[0].target}`))"""
_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
_CUT = """[...document.querySelectorAll('.table')].some(e => e.scrollWidth > e.clientWidth + 1)"""
_OUT_OF_ORDER = """() => {
  const kinds = ['h1', 'h2', 'h3', 'p', 'li', 'figure'].map(kind => 'main ' + kind);
  const parts = [...document.querySelectorAll(kinds.join())];
  const seen = parts.filter(e => e.checkVisibility() && !e.closest('details'));
  const tops = seen.map(e => e.getBoundingClientRect().top);
  return tops.filter((top, n) => n && top < tops[n - 1] - 1).length;
}"""
_ALTS = "all => all.map(e => e.getAttribute('aria-label') || e.getAttribute('alt') || '')"
_OPEN = "view => document.querySelectorAll('details').forEach(e => e.open = view === 'laptop')"
"""What is folded away is looked at, too: in one view; the others are as a reader meets them."""


@contextmanager
def chromium():
    """One browser for many pages."""
    with sync_playwright() as tools:
        browser = _launched(tools)
        yield browser
        browser.close()


def _launched(tools):
    told = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
    return tools.chromium.launch(executable_path=CHROMIUM, args=told)


def faults(browser, path, views=VIEWS):
    """List what is wrong with a page, view by view; it is loaded once, and then only resized."""
    outside, said = [], []
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.on("request", lambda r: r.url[:5] in ("file:", "data:") or outside.append(r.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    wrong = ["runs a script"] * bool(page.locator("script").count()) + _size_faults(path)
    wrong += _alt_faults(page.eval_on_selector_all("figure [role=img], main img", _ALTS))
    page.evaluate(AXE_SCRIPT)
    for view in views:
        width, height, media = VIEWS[view]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**media)
        page.evaluate(_OPEN, view)
        wrong += [f"{view}: {fault}" for fault in _seen(page, view)]
    page.close()
    return wrong + [f"outside {url}" for url in outside] + [f"console {text}" for text in said]


def _seen(page, view):
    """List what is wrong with a page as it is laid out now."""
    wrong = page.evaluate(_AXE, RULES)
    wrong += ["scrolls sideways"] * page.evaluate(_TOO_WIDE)
    wrong += ["a table is cut on paper"] * (view == "print" and page.evaluate(_CUT))
    return wrong + ["reading order is not the order seen"] * bool(page.evaluate(_OUT_OF_ORDER))


def _alt_faults(alts):
    """A chart says in words what it shows, with its main figure, and no two say the same."""
    wrong = ["a chart has no alternative text"] * any(not alt.strip() for alt in alts)
    wrong += ["two charts have the same alternative text"] * (len(set(alts)) < len(alts))
    silent = [a for a in alts if not re.search(r"\d", a) and not _NO_FIGURE.search(a)]
    return wrong + [f"alternative text without its figure: {alt[:60]}" for alt in silent]


_NO_FIGURE = re.compile(r"cannot be said|not shown|nobody|no |none|every|all |too little", re.I)


def _size_faults(path):
    html = re.sub(r'<img class="logo"[^>]*>', "", path.read_text(encoding="utf-8"))
    lines = html.count('<p class="edition"><span>')
    size = len(html.encode())
    most = PAGE_BYTES + CHART_BYTES * html.count("<figure") + LINE_BYTES * lines
    return [f"{size} bytes, and {most} are the most"] if size > most else []


@cache
def _own():
    """The browser of this process, which ends with it."""
    return _launched(sync_playwright().start())


def _check(path):
    return path, faults(_own(), path)


def main(folder, *parts):
    """Check every page of a folder, or of parts of it, in every view; tell each fault."""
    top = Path(folder).resolve()
    pages = sorted({page for part in parts or ["**/*"] for page in top.glob(f"{part}.html")})
    known = top / ".checked"
    sound = set(known.read_text().split()) if known.exists() else set()
    marks = {page: _mark(page) for page in pages}
    fresh = {mark: page for page, mark in marks.items() if mark not in sound}
    kinds = Counter()
    with Pool(os.cpu_count()) as workers, known.open("a") as kept:
        for page, found in workers.imap_unordered(_check, fresh.values()):
            kinds.update(re.sub(r"^\w+: ", "", fault).partition(":")[0] for fault in found)
            for fault in found:
                print(f"{page.relative_to(top)} {fault}", flush=True)  # noqa: T201 - its answer
            if not found:
                kept.write(f"{marks[page]}\n")
                kept.flush()
    told = f"{len(pages)} pages in {len(VIEWS)} views, {len(fresh)} opened now"
    print(f"{told}: {kinds.total()} faults {dict(kinds) or ''}")  # noqa: T201 - as above
    return int(kinds.total() > 0 or not pages)


def _mark(page):
    """What changes when a page does, or what is asked of it."""
    return sha256(Path(__file__).read_bytes() + page.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
