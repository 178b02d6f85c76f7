"""How long `plan report` takes beside plotly's own `to_html` of the same charts with plotly.js inlined.

Run from a checkout: `python benchmarks/report.py [ROUNDS]`. Every round starts each program anew, one after
the other, so that load on the machine meets both alike. Printed are medians, and the median of the ratios.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "wholesale" / "deployment.yaml"
PLOTLY = """
import json, sys
import plotly.graph_objects as go
from plotly.io import to_html
charts = json.load(open(sys.argv[1]))["figures"]
parts = [
    to_html(go.Figure(each), full_html=False, include_plotlyjs=index == 0)
    for index, each in enumerate(charts.values())
]
open(sys.argv[2], "w").write("".join(parts))
"""
PLOTLY_PLAIN = PLOTLY.replace("go.Figure(each), full_html", "each, validate=False, full_html").replace(
    "import plotly.graph_objects as go\n", ""
)


def seconds(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment, cwd=ROOT)
    return time.perf_counter() - start


def charts_of(page: Path, target: Path) -> int:
    text = page.read_text(encoding="utf-8").partition('id="report-charts">')[2].partition("</script>")[0]
    target.write_text(text, encoding="utf-8")
    return len(json.loads(text)["figures"])


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, charts = folder / "report.html", folder / "charts.json"
        warm = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
        report = [sys.executable, "-m", "planner", "report", str(EXAMPLE), "-o", str(page), "--fail-on", "never"]
        seconds(report, warm)
        count = charts_of(page, charts)
        plain = folder / "plotly.html"
        python, files = [sys.executable, "-c"], [str(charts), str(plain)]
        commands = {
            "plan report, bundle cached": (report, warm),
            "plan report, first run": (report, {**warm, "XDG_CACHE_HOME": "/dev/null"}),
            "plotly to_html(figure)": ([*python, PLOTLY, *files], warm),
            "plotly to_html(dict, validate=False)": ([*python, PLOTLY_PLAIN, *files], warm),
        }
        times = {each: [] for each in commands}
        for _ in range(rounds):
            for each, (command, environment) in commands.items():
                times[each].append(seconds(command, environment))
        print(f"{count} charts, {rounds} rounds; page {page.stat().st_size:,} B, plotly's {plain.stat().st_size:,} B")
        base = times["plotly to_html(figure)"]
        for each, taken in times.items():
            ratio = statistics.median(a / b for a, b in zip(taken, base, strict=True))
            print(f"{each:<40} {statistics.median(taken) * 1000:7.0f} ms   {ratio:.2f} x to_html")


if __name__ == "__main__":
    main()
