"""A page becomes an A4 PDF, tagged and with page numbers, through an installed browser.

The browser is Chromium, Chrome or Edge. It is started once and told what to do over a pipe, which
nobody else on the machine can reach; nothing of a page is written to disk, no script of it is run
and nothing fetched. Where pipes cannot be handed over (Windows), each page starts a browser.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from itertools import count
from ntpath import expandvars
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NO_BROWSER", "CannotPrint", "Printer", "find_browser"]

SETTING = "WRITINGGAPS_BROWSER"
NO_BROWSER = (
    "No PDFs were made: neither Chromium, Chrome nor Edge was found. Install one of them, or set "
    f"{SETTING} to its path."
)
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chrome",
    "msedge",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "${ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
    "${ProgramFiles}/Microsoft/Edge/Application/msedge.exe",
    "${ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "${ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
)
_SWITCHES = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_PRINT = {
    "preferCSSPageSize": True,
    "printBackground": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
}
_SECONDS = 60
_HAND_OVER = """
import os, sys
ours = [int(number) for number in sys.argv[1:3]]
for theirs, number in zip((3, 4), ours):
    os.dup2(number, theirs)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""The browser reads what it is told from file 3 and answers on file 4."""


class CannotPrint(Exception):
    """The browser died, or did not answer in time."""


def find_browser() -> str:
    """Give the path of an installed browser; empty where there is none."""
    named = os.environ.get(SETTING, "")
    if named:
        return shutil.which(named) or ""
    found = [shutil.which(name) for name in _NAMES]
    found += [place for place in map(expandvars, _PLACES) if Path(place).is_file()]
    return next((path for path in found if path), "")


class Printer:
    """One warm browser for a whole run; it starts with the first page and is ended by `close`.

    Parameters
    ----------
    browser : str
        Path of the program.
    warm : bool, optional
        False to start a browser for each page.
    """

    def __init__(self, browser: str, *, warm: bool = os.name == "posix") -> None:
        self.browser = browser
        self.warm = warm
        self._told: _Told | None = None

    def pdf(self, html: str) -> bytes:
        """Print a page; a browser that fails is started once more.

        Raises
        ------
        CannotPrint
            If it fails again.
        """
        with contextlib.suppress(CannotPrint):
            return self._once(html)
        return self._once(html)

    def close(self) -> None:
        """End the browser."""
        if self._told is not None:
            self._told.close()
        self._told = None

    def _once(self, html: str) -> bytes:
        try:
            if not self.warm:
                return _undated(_cold(self.browser, html))
            self._told = self._told or _Told(self.browser)
            return _undated(self._told.pdf(html))
        except (CannotPrint, OSError) as why:
            self.close()
            raise CannotPrint(str(why)) from None


class _Told:
    """A browser at the other end of a pipe."""

    def __init__(self, browser: str) -> None:
        import fcntl

        self.folder = tempfile.mkdtemp(prefix="writinggaps-")
        pipes = [*os.pipe(), *os.pipe()]
        read, self._to, self._from, write = (
            fcntl.fcntl(p, fcntl.F_DUPFD_CLOEXEC, 10) for p in pipes
        )
        for number in pipes:
            os.close(number)
        told = [sys.executable, "-c", _HAND_OVER, str(read), str(write)]
        switches = [*_switches(self.folder), "--remote-debugging-pipe"]
        self._browser = subprocess.Popen(  # noqa: S603 - the browser that was found
            [*told, browser, *switches], pass_fds=(read, write), start_new_session=True, **_SILENT
        )
        os.close(read)
        os.close(write)
        self._numbers, self._rest, self._session = count(1), b"", ""

    def pdf(self, html: str) -> bytes:
        """Print one page in a tab of its own."""
        made = self._do("Target.createTarget", url="about:blank")["targetId"]
        told = self._do("Target.attachToTarget", targetId=made, flatten=True)
        self._session = told["sessionId"]
        try:
            self._do("Emulation.setScriptExecutionDisabled", value=True)
            frame = self._do("Page.getFrameTree")["frameTree"]["frame"]["id"]
            self._do("Page.setDocumentContent", frameId=frame, html=html)
            return base64.b64decode(self._do("Page.printToPDF", **_PRINT)["data"])
        finally:
            self._session = ""
            self._do("Target.closeTarget", targetId=made)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            os.killpg(self._browser.pid, signal.SIGKILL)
        self._browser.wait()
        os.close(self._to)
        os.close(self._from)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _do(self, method: str, **parameters: object) -> dict[str, Any]:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        message |= {"sessionId": self._session} if self._session else {}
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        for answer in self._answers():
            if answer.get("id") == number:
                if "error" in answer:
                    raise CannotPrint(str(answer["error"]))
                return dict(answer["result"])
        raise CannotPrint("The browser ended")

    def _answers(self) -> Iterator[dict[str, Any]]:
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            message, found, rest = self._rest.partition(b"\0")
            if found:
                self._rest = rest
                yield json.loads(message)
            elif select.select([self._from], [], [], max(end - time.monotonic(), 0))[0]:
                more = os.read(self._from, 1 << 20)
                if not more:
                    return
                self._rest += more


_SILENT: Any = {
    "stdin": subprocess.DEVNULL,
    "stdout": subprocess.DEVNULL,
    "stderr": subprocess.DEVNULL,
}


def _switches(folder: str) -> list[str]:
    """Give how the browser is started; as root it runs only without its sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*_SWITCHES, f"--user-data-dir={folder}", *["--no-sandbox"] * root]


def _cold(browser: str, html: str) -> bytes:
    """Print one page with a browser of its own, through a private folder."""
    with tempfile.TemporaryDirectory(prefix="writinggaps-", ignore_cleanup_errors=True) as folder:
        page, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, encoding="utf-8")
        how = ["--no-pdf-header-footer", "--generate-pdf-document-outline"]
        call = [browser, *_switches(folder), *how, f"--print-to-pdf={made}", page.as_uri()]
        try:
            subprocess.run(call, timeout=_SECONDS, check=True, **_SILENT)  # noqa: S603 - as above
            return made.read_bytes()
        except (subprocess.SubprocessError, OSError) as why:
            raise CannotPrint(str(why)) from None


def _undated(pdf: bytes) -> bytes:
    """Take the time of printing out, so that equal pages give equal files."""
    return re.sub(rb"(?<=Date \(D:)\d{14}", b"2" + b"0" * 3 + b"0101" + b"0" * 6, pdf)
