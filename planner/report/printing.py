"""Prints a page to PDF with Chromium, and reads from it on which page each section begins.

Chromium writes the objects that tell these as plain text, each page link with its target's name.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from planner.report.page import PrintError

_OBJECT = re.compile(rb"^(\d+) 0 obj\n(.*?)^endobj", re.DOTALL | re.MULTILINE)
_ROOT = re.compile(rb"/Type /Catalog\b.*?/Pages (\d+) 0 R(?:.*?/Dests (\d+) 0 R)?", re.DOTALL)
_KIDS = re.compile(rb"/Type /Pages\b.*?/Kids \[([^\]]*)\]", re.DOTALL)
_REFERENCE = re.compile(rb"(\d+) 0 R")
_TARGET = re.compile(rb"/([\w.-]+) \[(\d+) 0 R")
_TIME = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")


def pages_of(raw: bytes) -> dict[str, int]:
    """Return the page, from 1, on which each link target stands; empty where the PDF does not tell."""
    objects = {int(number): body for number, body in _OBJECT.findall(raw)}
    root = next((found for body in objects.values() if (found := _ROOT.search(body))), None)
    if root is None or root[2] is None:
        return {}
    places = {page: place for place, page in enumerate(_leaves(objects, int(root[1])), 1)}
    targets = _TARGET.findall(objects.get(int(root[2]), b""))
    return {name.decode(): places[int(page)] for name, page in targets if int(page) in places}


def _leaves(objects: Mapping[int, bytes], number: int) -> Iterator[int]:
    """Yield the pages below a node of the page tree, in order."""
    node = _KIDS.search(objects.get(number, b""))
    if node is None:
        yield number
        return
    for kid in _REFERENCE.findall(node[1]):
        yield from _leaves(objects, int(kid))


def dated(raw: bytes, day: dt.date) -> bytes:
    """Return the PDF as made at the beginning of `day`: printed again, it has the same bytes."""
    return _TIME.sub(rb"/\1 (D:%s000000" % f"{day:%Y%m%d}".encode(), raw)


# The report as PDF: the page printed by an installed Chromium or Chrome.

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    # The browser asks for names of its maker's hosts on its own: none is looked up, and no host is reached.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--no-pings",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-default-apps",
    "--metrics-recording-only",
    "--hide-scrollbars",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    # The page draws its charts in its own time; the print waits until that time has passed.
    "--virtual-time-budget=20000",
    "--window-size=1280,1600",
)
_LIMIT_SECONDS = 180


def browser() -> str:
    """Return the browser that prints: `PLAN_CHROMIUM`, else one on the path. Raises PrintError."""
    named = os.environ.get("PLAN_CHROMIUM", "")
    candidates = [named] if named else [*BROWSERS, *_PLACES]
    found = next((path for name in candidates if (path := shutil.which(name))), None)
    if found is None:
        wanted = f"PLAN_CHROMIUM names {named}, which is no program" if named else "no Chromium or Chrome was found"
        raise PrintError(
            f"{wanted}; a PDF is printed by an installed browser: apt-get install chromium, "
            "dnf install chromium, brew install --cask chromium, or set PLAN_CHROMIUM to its path"
        )
    return found


def printed(page: str) -> bytes:
    """Return the page as PDF bytes; `page` should carry plotly.js unpacked. Raises PrintError."""
    program = browser()
    with tempfile.TemporaryDirectory(prefix="plan-print-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / "report.html").write_text(page, encoding="utf-8", newline="\n")
        # The sandbox needs rights that root or a container lacks; the page is ours and runs two scripts.
        sandboxes = ((), ("--no-sandbox",)) if not _is_root() else (("--no-sandbox",),)
        said = ""
        for sandbox in sandboxes:
            said = _run([program, *_FLAGS, *sandbox, f"--user-data-dir={place / 'profile'}"], place)
            pdf = place / "report.pdf"
            if pdf.exists() and pdf.read_bytes().startswith(b"%PDF-"):
                return pdf.read_bytes()
    raise PrintError(f"{program} printed no PDF: {said or 'it said nothing'}")


def _run(command: list[str], place: Path) -> str:
    """Run the browser and return the last line it said."""
    arguments = [*command, f"--print-to-pdf={place / 'report.pdf'}", (place / "report.html").as_uri()]
    try:
        said = _answer(arguments)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def _answer(arguments: list[str]) -> bytes:
    """Return what the browser said; however that ends, none of its processes is left."""
    null = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603  an installed browser and our own file
        arguments, stdin=null, stdout=null, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        return process.communicate(timeout=_LIMIT_SECONDS)[1] or b""
    finally:
        if hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
