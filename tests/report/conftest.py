"""A real browser for the report's tests: headless Chromium driven over a pipe, by the DevTools protocol.

No client library and no open port: messages are JSON ended by NUL on two file descriptors.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import select
import shutil
import subprocess
import time
from base64 import b64decode
from contextlib import suppress
from pathlib import Path

import pytest
from babel.messages.extract import extract
from jinja2.ext import babel_extract

from planner.deployment.load import from_mapping
from planner.report.evidence import Provenance
from planner.report.gather import gather
from planner.report.language import language
from planner.report.page import page, plotly_bundle
from planner.report.report import compose
from planner.sizing.api import size
from planner.sizing.constants import data

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--remote-debugging-pipe",
)
PATIENCE = 60
INSTALL = {"chromium": "apt-get install chromium"}


def absent(what: str, install: str) -> None:
    """Skip by name where a part is absent; where the environment demands all parts, fail instead."""
    message = f"{what} is not installed; install it with: {install}"
    (pytest.fail if os.environ.get("PLAN_REQUIRE_ALL") else pytest.skip)(message)


class Browser:
    """A running browser; one at a time, ended by its process id."""

    def __init__(self, program: str, profile: Path) -> None:
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()
        command = [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        # The protocol wants descriptors 3 and 4, whatever numbers the pipes got.
        script = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
        self.process = subprocess.Popen(
            ["bash", "-c", script, *command],
            pass_fds=(to_browser, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.count = 0
        self.events = []

    def message(self, deadline: float) -> dict:
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.read_end], [], [], max(0, deadline - time.monotonic()))
            chunk = os.read(self.read_end, 1 << 16) if ready else b""
            assert chunk, "the browser did not answer"
            self.buffer += chunk
        raw, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(raw)

    def send(self, method: str, session: str | None = None, **params) -> dict:
        self.count += 1
        request = {"id": self.count, "method": method, "params": params}
        if session:
            request["sessionId"] = session
        raw = json.dumps(request).encode() + b"\0"
        while raw:
            raw = raw[os.write(self.write_end, raw) :]
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self.message(deadline)
            if answer.get("id") == self.count:
                assert "error" not in answer, answer["error"]
                return answer["result"]
            self.events.append(answer)

    def close(self) -> None:
        with suppress(AssertionError, OSError):
            self.send("Browser.close")
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.write_end)
        os.close(self.read_end)


class Page:
    """One tab: what it requested, what it said on the console, and what stands in it."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        self.target = target
        self.session = browser.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log", "Emulation"):
            if domain != "Emulation":
                self.call(f"{domain}.enable")

    def call(self, method: str, **params) -> dict:
        return self.browser.send(method, self.session, **params)

    def settle(self, *, dark: bool = False, width: int = 1280, height: int = 900, scripts: bool = True) -> None:
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=features)
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)

    def open(self, path: Path, *, drawn: bool = True) -> None:
        self.call("Page.navigate", url=path.as_uri())
        deadline = time.monotonic() + PATIENCE
        wanted = "!!document.documentElement.dataset.charts" if drawn else "document.readyState === 'complete'"
        while not (self.value("location.href !== 'about:blank'") and self.value(wanted)):
            assert time.monotonic() < deadline, "the page was not drawn"
            time.sleep(0.05)

    def value(self, expression: str):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def happened(self, *methods: str) -> list[dict]:
        """Events of this tab since it was opened."""
        self.value("1")
        mine = [event for event in self.browser.events if event.get("sessionId") == self.session]
        return [event["params"] for event in mine if event["method"] in methods]

    def requests(self) -> list[str]:
        """Addresses asked for beside the file itself and what it carries inside."""
        asked = [event["request"]["url"] for event in self.happened("Network.requestWillBeSent")]
        return [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))]

    def complaints(self) -> list[str]:
        """What went wrong: console errors and warnings, exceptions, refusals of the page's own policy."""
        logged = [event["entry"] for event in self.happened("Log.entryAdded")]
        said = [
            event
            for event in self.happened("Runtime.consoleAPICalled")
            if event["type"] in {"error", "warning", "assert"}
        ]
        thrown = self.happened("Runtime.exceptionThrown")
        return [str(item) for item in (*(each["text"] for each in logged), *said, *thrown)]

    def screenshot(self, *, whole: bool = True) -> bytes:
        return b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=whole, format="png")["data"])

    def pdf(self, **options) -> bytes:
        return b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True, **options)["data"])

    def close(self) -> None:
        self.browser.send("Target.closeTarget", targetId=self.target)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory):
    """Keep what is cached between tests, and nothing from before them."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """A running Chromium, or None where none is installed."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        yield None
        return
    browser = Browser(program, tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture
def tab(require, chromium):
    """A new tab of a real browser; skips by name where there is none."""
    require("chromium")
    page = Page(chromium)
    yield page
    page.close()


@pytest.fixture(scope="module")
def opened(chromium):
    """A function that opens a page in a window of a kind, once for all tests of a module."""
    tabs = {}

    def open_one(path, *, dark=False, width=1280):
        if chromium is None:
            absent("chromium", INSTALL["chromium"])
        if (path, dark, width) not in tabs:
            made_tab = tabs[path, dark, width] = Page(chromium)
            made_tab.settle(dark=dark, width=width)
            made_tab.open(path)
        return tabs[path, dark, width]

    yield open_one
    for each in tabs.values():
        each.close()


REPOSITORY = Path(__file__).resolve().parents[2]
AXE = REPOSITORY / ".venv" / "node_modules" / "axe-core" / "axe.min.js"
AXE_INSTALL = "make axe, or: npm install --prefix .venv axe-core@4"
DAY = dt.date(2026, 11, 22)
TRAFFIC = {"cps": 100, "codecs": {"g729": 1}, "growth_per_month": 0.03}
SITE = {"name": "Example wholesale", "customer": "Example Telecom", "prepared_by": "Capacity desk"}


@pytest.fixture(scope="session")
def marked():
    """Every text a translator must see: said in the report's code, a command's, its data or the templates."""
    keywords = {"mark": None, "say": None, "plural": (1, 2)}
    found = []
    for path in (each for room in ("report", "cli") for each in (REPOSITORY / "planner" / room).rglob("*.py")):
        with path.open("rb") as file:
            found += [text for _, text, _, _ in extract("python", file, keywords=keywords)]
    for path in (REPOSITORY / "templates" / "report").glob("*.html"):
        with path.open("rb") as file:
            found += [text for _, _, text, _ in babel_extract(file, ["say"], [], {"trim_blocks": "true"})]
    report = data("report")
    found += [*report["method"], *report["glossary"], *report["glossary"].values()]
    found += [each["label"] for each in report["measured"]]
    return {text[0] if isinstance(text, tuple) else text for text in found} - {"", None}


@pytest.fixture
def axe():
    """The text of axe-core, the accessibility checker; skips by name where npm has not brought it."""
    path = Path(os.environ.get("PLAN_AXE", AXE))
    if not path.is_file():
        absent("axe-core", AXE_INSTALL)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def measured():
    """A synthetic profile-v1 document: four days, two gateways, documentation numbers and addresses."""
    hours = [
        {
            "from": f"2026-11-{16 + hour // 24:02d} {hour % 24:02d}:00:00",
            "until": f"2026-11-{16 + hour // 24:02d} {hour % 24:02d}:59:59",
            "attempts": 36000 + 3600 * (hour % 24),
            "answered": 14000 + 1400 * (hour % 24),
            "cps": 10.0 + hour % 24,
            "attempt_erlangs": 300.0 + 30 * (hour % 24),
            "answered_erlangs": 240.0 + 24 * (hour % 24),
        }
        for hour in range(96)
    ]
    week = {
        "hours": [[1] * 24 if day < 4 else [0] * 24 for day in range(7)],
        "attempts": [[36000 + 3600 * hour if day < 4 else 0 for hour in range(24)] for day in range(7)],
        "answered": [[14000 + 1400 * hour if day < 4 else 0 for hour in range(24)] for day in range(7)],
        "talk_seconds": [[840000 + 84000 * hour if day < 4 else 0 for hour in range(24)] for day in range(7)],
    }
    ranks = {"unit": "ms", "samples": 9, "mean": 900.0, "min": 1, "max": 9000, "p50": 800, "p75": 1200}
    ranks |= {"p90": 2000, "p95": 3000, "p99": 6000}
    rows = [
        {"key": key, "attempts": 90, "answered": 40, "asr": 0.44, "acd": 61.0, "minutes": 40.7, "peak_concurrent": 9}
        for key in ("gw-12025550123", "192.0.2.17")
    ]
    numbers = [("traffic.asr", 0.39, 0.38, 0.4, "ratio"), ("traffic.acd", 60.0, 59.0, 61.0, "s"),
               ("traffic.setup_time", 5.0, 4.9, 5.1, "s"), ("traffic.cps", 33.0, 33.0, 33.0, "1/s"),
               ("cdr.line_bytes", 250.0, 249.0, 251.0, "B")]  # fmt: skip
    return {
        "schema": "profile-v1",
        "partial": False,
        "timezone": None,
        "lines": {
            "bytes": 2_000_000_000,
            "lines": 7_430_400,
            "accepted": 7_430_390,
            "rejected": 10,
            "records": 7_430_390,
        },
        "calls": {
            "records": 7_430_390,
            "answered": 2_897_852,
            "answered_only": False,
            "asr": 0.39,
            "ner": 0.9,
            "acd": 60.0,
            "hold_time": {"mean": 60.0, "deviation": 60.0},
            "hold_time_bins": [],
            "setup_time": 5.0,
        },
        "span": {"from": "2026-11-16 00:00:00", "until": "2026-11-24 00:00:00", "seconds": 691_200},
        "cps": {"mean": 21.5, "second": {"peak": 61.0}, "hour": {"peak": 33.0}},
        "concurrency": {"attempts": {"peak": 1021, "p99": 990}, "answered": {"peak": 840, "p99": 800}},
        "busy_hour": hours[23],
        "week": week,
        "hours": hours,
        "distributions": {
            "caller_pdd_ms": ranks,
            "callee_pdd_ms": ranks,
            "line_bytes": {"mean": 250.0},
            "setup_s": {"deviation": 4.0},
        },
        "tables": {"callerGatewayId": {"keys": 2, "rows": rows, "other_attempts": 0, "dropped_attempts": 0}},
        "gaps": {"without_record": {"hours": 0, "gaps": 0, "longest": []}, "without_file": {"interval": 3600}},
        "assumptions": [
            {
                "name": name,
                "value": value,
                "low": low,
                "high": high,
                "unit": unit,
                "basis": "measured",
                "samples": 1000,
                "source": "records of gateway 198.51.100.7",
            }
            for name, value, low, high, unit in numbers
        ],
        "files": [{"file": f"2026-11-{16 + hour // 24:02d}{hour % 24:02d}.txt".replace("-", "")} for hour in range(96)],
    }


@pytest.fixture(scope="session")
def made():
    """A function that composes a report from a plain deployment, as the command does from a file."""

    def compose_one(deployment=None, *, lang="en", profile=None, unmasked=False):
        declared = from_mapping(deployment or {"site": SITE, "traffic": TRAFFIC})
        provenance = Provenance("0.0.0", "plan report deployment.yaml", DAY)
        sizing = size(declared, profile=profile)
        evidence = gather(declared, sizing, provenance, profile=profile, unmasked=unmasked)
        return compose(evidence, language(lang))

    return compose_one


@pytest.fixture(scope="session")
def page_of(tmp_path_factory):
    """A function that writes a report's page to a file and returns its path."""

    def written(report, name="report.html", **options):
        path = tmp_path_factory.mktemp("page") / name
        path.write_text(page(report, plotly_bundle(), **options), encoding="utf-8", newline="\n")
        return path

    return written
