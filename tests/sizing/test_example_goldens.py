"""The sizings of the example deployments in short: each figure's range, unit and basis, and the plan.

After a change that is meant to move them: PLAN_UPDATE_GOLDEN=1 pytest tests/sizing/test_example_goldens.py,
and read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from planner import size
from planner.deployment.load import load

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests" / "golden" / "sizing"
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/deployment.yaml"))


def test_there_are_ten_examples():
    assert len(EXAMPLES) >= 10


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_sizing_of_an_example(name):
    deployment = load(ROOT / "examples" / name / "deployment.yaml")
    assert not [
        finding for finding in deployment.findings if finding.severity == "error" and "deployment" in finding.span.path
    ]
    found = _short(size(deployment).to_dict())
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("PLAN_UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def _short(document):
    """Return a line per figure (low, typical, high, unit, basis) and those of the plan."""
    lines = [
        f"{name} {figure['low']:.6g} {figure['value']:.6g} {figure['high']:.6g} {figure['unit']} {figure['basis']}"
        for name, figure in document["figures"].items()
    ]
    plan = dict(document["plan"])
    rows, host = plan.pop("resources"), plan.pop("host")
    lines += [f"host {name} {json.dumps(part)}" for name, part in host.items()]
    lines += [f"plan {name} {json.dumps(value)}" for name, value in plan.items()]
    for row in rows:
        numbers = " ".join(
            f"{name}={row[name]}" for name in ("capacity", "ceiling", "suffices", "certainty", "month", "origin")
        )
        lines.append(f"row {row['name']} {numbers}")
    return "\n".join(lines) + "\n"
