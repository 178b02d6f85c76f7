"""Findings as JUnit XML: a test suite per file, a test case per finding."""

from __future__ import annotations

import os
import re
import time
from xml.sax.saxutils import escape, quoteattr

from planner.finding import Finding, Validation
from planner.output.findings import identified

PROPERTIES = '<properties><property name="tool" value="plan validate"/></properties>'
"""Some schemas want a property; and they count what was skipped only where something was."""

_DIGITS = 12
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(validation: Validation) -> str:
    """Return a report in which failing findings fail, suppressed ones are skipped, others are notes.

    A file without failing or suppressed findings is one passing test case. Its moment is now, in UTC, or that of
    SOURCE_DATE_EPOCH; the host is a constant, which the schemas in use want to be there.
    """
    groups: dict[str, list[Finding]] = {path: [] for path in validation.files}
    for finding in validation.findings:
        groups.setdefault(finding.span.path, []).append(finding)
    failing = frozenset(validation.failing)
    moment = _moment()
    suites = (
        _suite(number, path, findings, (failing, moment)) for number, (path, findings) in enumerate(groups.items())
    )
    body = "".join(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{body}</testsuites>\n'


def _moment() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdecimal() and len(epoch) < _DIGITS else time.time()
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


def _suite(number: int, path: str, findings: list[Finding], run: tuple[frozenset[Finding], str]) -> str:
    failing, moment = run
    told = identified(each for each in findings if each in failing or each.suppressed)
    cases = [_case(each, identity, failing) for each, identity in told]
    cases = cases or [f'    <testcase classname={_attribute(path)} name="no failing finding" time="0"/>\n']
    failures = sum(1 for each in findings if each in failing)
    skipped = sum(1 for each in findings if each.suppressed)
    accepted = f'skipped="{skipped}" ' if skipped else ""
    notes = "".join(_note(each) for each in findings if each not in failing and not each.suppressed)
    return (
        f'  <testsuite id="{number}" package="plan.validate" name={_attribute(path)} '
        f'timestamp="{moment}" hostname="localhost" tests="{len(cases)}" '
        f'failures="{failures}" errors="0" {accepted}time="0">\n'
        f"    {PROPERTIES}\n{''.join(cases)}    <system-out>{escape(_xml(notes))}</system-out>\n"
        "    <system-err></system-err>\n  </testsuite>\n"
    )


def _case(finding: Finding, identity: str, failing: frozenset[Finding]) -> str:
    # A case is the same one from run to run by its name: lines move, identities do not.
    name = _attribute(f"{finding.rule} {finding.pointer} [{identity}]")
    content = _failure(finding) if finding in failing else _skipped(finding)
    return f'    <testcase classname={_attribute(finding.span.path)} name={name} time="0">{content}</testcase>\n'


def _failure(finding: Finding) -> str:
    message, severity = _attribute(finding.message), _attribute(finding.severity.value)
    return f"<failure message={message} type={severity}>{escape(_xml(_note(finding).rstrip()))}</failure>"


def _skipped(finding: Finding) -> str:
    return f"<skipped message={_attribute(finding.suppressed.reason if finding.suppressed else '')}/>"


def _note(finding: Finding) -> str:
    place = f"{finding.span.path}:{finding.span.line}:{finding.span.column}"
    advice = f"\n{finding.help}" if finding.help else ""
    return f"{place}: {finding.severity.value}: {finding.message} [{finding.rule}]{advice}\n"


def _attribute(text: str) -> str:
    return quoteattr(_xml(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _xml(text: str) -> str:
    """Return text without the characters XML 1.0 cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
