"""The sizings of the example deployments, word for word.

After a change that is meant to move them: PLAN_UPDATE_GOLDEN=1 pytest tests/sizing/test_example_goldens.py,
and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner import size
from planner.deployment.load import load
from planner.output.sizing_documents import render

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
    found = render(size(deployment), "json")
    golden = GOLDEN / f"{name}.json"
    if os.environ.get("PLAN_UPDATE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
