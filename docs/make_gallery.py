"""Make the gallery page of the documentation from the reports of `gallery.toml`.

writinggaps run docs/gallery.toml
python docs/make_gallery.py site/reports/2025-26-autumn
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
_ABOUT = (
    "Every chart of the reports, drawn from the invented sample trust. Its title says what it "
    "shows; below stands what was measured."
)
STYLE = """<style>
figure.chart { background: #ffffff; color: #16202a; border: 1px solid #d4dbe1; padding: 1rem; }
figure.chart figcaption span { display: block; color: #4c5a67; }
figure.chart svg { width: 100%; max-width: 33rem; height: auto; }
</style>"""


def charts(folder: Path) -> dict[str, list[str]]:
    """Give the charts of each report, from its staff page that has most of them."""
    found: dict[str, list[str]] = {}
    for page in sorted(folder.glob("[!_]*/*.html")):
        report, edition = page.name.split(".")[:2]
        if edition == "staff" or report == "parents_summary":
            html = page.read_text(encoding="utf-8")
            seen = re.findall(r"<figure>.*?</figure>", html, flags=re.DOTALL)
            found[report] = max(found.get(report, []), seen, key=len)
    return found


def main(folder: str) -> None:
    """Write `gallery.md`."""
    parts = [f"# Gallery\n\n{_ABOUT}", f"```{{raw}} html\n{STYLE}\n```"]
    for report, seen in charts(Path(folder)).items():
        parts.append(f"## {report.replace('_', ' ').capitalize().replace('Send ', 'SEND ')}")
        for chart in seen:
            bare = re.sub(r"<details>.*?</details>", "", chart, flags=re.DOTALL)
            shown = bare.replace("<figure>", '<figure class="chart">')
            parts.append(f"```{{raw}} html\n{shown}\n```")
    (HERE / "gallery.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
