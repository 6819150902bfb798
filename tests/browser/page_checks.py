"""What a page must be in a real browser. Run by itself it checks every page of a folder.

python tests/browser/page_checks.py FOLDER [PART ...]

A PART is a pattern of pages within the folder, such as "S01/*": a folder is long work.
"""

import re
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
VIEWS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "laptop": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "print": {"viewport": {"width": 794, "height": 1123}, "color_scheme": "light"},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PAGE_BYTES, CHART_BYTES = 30_000, 12_000

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


@contextmanager
def chromium():
    """One browser for many pages."""
    with sync_playwright() as tools:
        browser = tools.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield browser
        browser.close()


def faults(browser, path, view):
    """List what is wrong with a page in one view."""
    outside, said = [], []
    page = browser.new_page(**VIEWS[view])
    page.on(
        "request", lambda r: outside.append(r.url) if r.url[:5] not in ("file:", "data:") else 0
    )
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    if view == "print":
        page.emulate_media(media="print")
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    wrong = [f"axe {v['id']}: {v['nodes'][0]['target']}" for v in found]
    wrong += [f"outside {url}" for url in outside] + [f"console {text}" for text in said]
    wrong += ["scrolls sideways"] * page.evaluate(_TOO_WIDE)
    wrong += ["a table is cut on paper"] * (view == "print" and page.evaluate(_CUT))
    wrong += ["reading order is not the order seen"] * bool(page.evaluate(_OUT_OF_ORDER))
    wrong += ["runs a script"] * bool(page.locator("script").count())
    wrong += _alt_faults(page.eval_on_selector_all("figure [role=img], main img", _ALTS))
    page.close()
    return wrong + _size_faults(path)


def _alt_faults(alts):
    """A chart says in words what it shows, with its main figure, and no two say the same."""
    wrong = ["a chart has no alternative text"] * any(not alt.strip() for alt in alts)
    wrong += ["two charts have the same alternative text"] * (len(set(alts)) < len(alts))
    silent = [a for a in alts if not re.search(r"\d", a) and not _NO_FIGURE.search(a)]
    return wrong + [f"alternative text without its figure: {alt[:60]}" for alt in silent]


_NO_FIGURE = re.compile(r"cannot be said|not shown|nobody|no |none|every|all |too little", re.I)


def _size_faults(path):
    html = re.sub(r'<img class="logo"[^>]*>', "", path.read_text(encoding="utf-8"))
    size, most = len(html.encode()), PAGE_BYTES + CHART_BYTES * html.count("<figure")
    return [f"{size} bytes, and {most} are the most"] if size > most else []


def main(folder, *parts):
    """Check every page of a folder, or of parts of it, in every view; tell each fault."""
    top = Path(folder).resolve()
    pages = sorted({page for part in parts or ["**/*"] for page in top.glob(f"{part}.html")})
    count = 0
    with chromium() as browser:
        for page in pages:
            found = [(view, fault) for view in VIEWS for fault in faults(browser, page, view)]
            count += len(found)
            for view, fault in found:
                print(f"{page.relative_to(top)} {view}: {fault}", flush=True)  # noqa: T201 - its answer
    print(f"{len(pages)} pages in {len(VIEWS)} views: {count} faults")  # noqa: T201 - as above
    return int(count > 0 or not pages)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
