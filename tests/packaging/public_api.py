"""The public library and its types: `mypy --strict` reads this file against the installed wheel; nobody runs it."""

from __future__ import annotations

from typing import assert_type

from planner import Deployment, Plan, plan, size, validate

deployment = Deployment.from_mapping({"traffic": {"cps": 100, "codecs": "g729"}})
assert_type(deployment, Deployment)
assert_type(Deployment.load("deployment.yaml"), Deployment)

sizing = size(deployment, assume={"cdr.line_bytes": 220}, certainty=0.95)
peak = sizing["traffic.concurrent_calls_peak"]
assert_type((peak.name, peak.unit, peak.formula), tuple[str, str, str])
assert_type((peak.range.low, peak.range.typical, peak.range.high), tuple[float, float, float])
assert_type(sizing.value("traffic.concurrent_calls_peak"), float)
assert_type(sizing.hardware.tier, str)
assert_type(sizing.plan, Plan)

decision = plan(deployment)
assert_type(decision, Plan)
assert_type(decision.servers.total, int)
assert_type(decision.certainty, float | None)

validation = validate("deployment.yaml")
for finding in validation.active:
    assert_type((finding.rule, finding.message, finding.help), tuple[str, str, str])
    assert_type((finding.span.path, finding.span.line, finding.span.column), tuple[str, int, int])
    assert_type(finding.severity.value, str)
