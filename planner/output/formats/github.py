"""Findings as GitHub workflow commands: annotations on the lines of a pull request."""

from __future__ import annotations

from planner.finding import Finding, Severity, Validation

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(validation: Validation) -> str:
    """Return one command a finding that counts; empty where there is none."""
    return "".join(f"{_command(each)}\n" for each in validation.active)


def _command(finding: Finding) -> str:
    span = finding.span
    facts = {"file": span.path, "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        # Columns of a command that spans lines are refused.
        facts |= {"col": str(span.column), "endColumn": str(max(span.end_column - 1, span.column))}
    facts["title"] = f"plan: {finding.rule}"
    properties = ",".join(f"{name}={_property(value)}" for name, value in facts.items())
    message = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    return f"::{LEVELS[finding.severity]} {properties}::{_data(message)}"


def _data(text: str) -> str:
    """Return text as the data of a command: the percent sign first, or it would be escaped twice."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
