"""How soon the wholesale report is seen in Chromium: first contentful paint with the processor slowed 4 times.

Run from a checkout: `python benchmarks/first_paint.py [ROUNDS]`. Every round opens the report, and a page of one
sentence, each in a new tab of one browser, and takes the paint as the page's own clock tells it. Printed are the median
and the ends: what the sentence takes is the browser's and the machine's.
"""

from __future__ import annotations

import os
import runpy
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "wholesale" / "deployment.yaml"
SLOWED = 4
PAINTED = """new Promise((found) => new PerformanceObserver((list) => {
  for (const each of list.getEntriesByName('first-contentful-paint')) found(each.startTime);
}).observe({ type: 'paint', buffered: true }))"""


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    driver = runpy.run_path(str(ROOT / "tests" / "report" / "conftest.py"))
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("no Chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        page = Path(name) / "report.html"
        command = [sys.executable, "-m", "planner", "report", str(EXAMPLE), "-o", str(page), "--fail-on", "never"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT)
        browser = driver["Browser"](program, Path(name) / "profile")
        sentence = Path(name) / "sentence.html"
        sentence.write_text("<!doctype html><title>one</title><p>One sentence.", encoding="utf-8")
        taken: dict[str, list[float]] = {"report": [], "one sentence": []}
        for _ in range(rounds):
            for each, path in zip(taken, (page, sentence), strict=True):
                taken[each].append(painted(driver["Page"](browser), path))
        for each, times in taken.items():
            ends = f"{min(times):.0f} to {max(times):.0f}"
            print(f"{each}: {statistics.median(times):.0f} ms ({ends}), slowed {SLOWED} times, {rounds} rounds")
        browser.close()


def painted(tab: Any, page: Path) -> float:  # noqa: ANN401  of the tests, which carry no types
    tab.settle()
    tab.call("Emulation.setCPUThrottlingRate", rate=SLOWED)
    tab.open(page, drawn=False)
    found = tab.value(PAINTED)
    tab.close()
    return found


if __name__ == "__main__":
    main()
