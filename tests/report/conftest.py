"""A real browser for the report's tests: headless Chromium driven over a pipe, by the DevTools protocol.

No client library and no open port: messages are JSON ended by NUL on two file descriptors.
"""

from __future__ import annotations

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

    def settle(
        self, *, dark: bool = False, width: int = 1280, height: int = 900, scripts: bool = True
    ) -> None:
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=features)
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)

    def open(self, path: Path, *, drawn: bool = True) -> None:
        self.call("Page.navigate", url=path.as_uri())
        deadline = time.monotonic() + PATIENCE
        wanted = (
            "!!document.documentElement.dataset.charts" if drawn else "document.readyState === 'complete'"
        )
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
        return b64decode(
            self.call("Page.captureScreenshot", captureBeyondViewport=whole, format="png")["data"]
        )

    def pdf(self, **options) -> bytes:
        return b64decode(
            self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True, **options)["data"]
        )

    def close(self) -> None:
        self.browser.send("Target.closeTarget", targetId=self.target)


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
