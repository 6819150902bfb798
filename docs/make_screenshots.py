"""Take the screenshots of `docs/screenshots` from the reports of `gallery.toml`; needs Chromium.

writinggaps run docs/gallery.toml
python docs/make_screenshots.py site/reports/2025-26-autumn
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

OUT = Path(__file__).parent / "screenshots"
SHOTS = {
    "index-laptop": ("index.html", 1000, 800, "light"),
    "school-report-laptop": ("S03/school_report.staff.html", 1000, 900, "light"),
    "school-report-phone": ("S03/school_report.staff.html", 390, 844, "light"),
    "send-report-dark": ("S02/send_report.staff.html", 1000, 900, "dark"),
    "intervention-evaluation-laptop": (
        "S03/intervention_evaluation.staff.html",
        1000,
        900,
        "light",
    ),
    "parents-summary-phone": ("S03/parents_summary.public.html", 390, 844, "light"),
    "trust-report-laptop": ("trust/trust_report.staff.html", 1000, 1400, "light"),
}
COLOURS = 64


def main(folder: str) -> None:
    """Write every screenshot as a small PNG."""
    OUT.mkdir(exist_ok=True)
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, (page, width, height, scheme) in SHOTS.items():
            seen = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            seen.goto((Path(folder).resolve() / page).as_uri())
            picture = Image.open(io.BytesIO(seen.screenshot())).convert("RGB")
            picture.quantize(COLOURS).save(OUT / f"{name}.png", optimize=True)
            seen.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
