"""The rules' own examples with words replaced: nothing raises, findings are whole, fixes come to rest."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_examples import examples

from planner.deployment.load import from_documents
from planner.document.reader import parse
from planner.output.findings import FindingFormat, render
from planner.rules.discovery import Loaded
from planner.rules.fixes import apply, edits
from planner.rules.policy import Policy
from planner.rules.registry import rules
from planner.rules.validation import examine

LONGEST = 4000
SHOWN = [example for each in rules().values() for example in examples(each.documentation)]
MUTABLE = [each for each in SHOWN if each.format != "tree" and len(each.content) < LONGEST]
# fmt: off
WORDS = [
    "0", "-1", "1e400", "nan", "inf", "999999999999999999999999999999", "0x10", "010", "16M", "512MB",
    "1.5G", "50%", "GiB", "On", "yes", "~", "null", '""', "'", '"', "[", "{", "}", ":", "#", "|", "`",
    "<script>", "%0A::error::", ",", "中", "2026-01-01", "1h30m", "1kbps", "10-5", "0-65535", "65536",
    "[mysqld]", "-key", "*", "1,000", "1_000", ".5", "+5", "--", "&a", "*a", "<<:", "\r", "\t", "\x00",
    "\x0c", "\x85", "\u2028", "\ufeff",
]
# fmt: on
NAME = "a b|`<c>.x"


@st.composite
def mutants(draw):
    example = draw(st.sampled_from(MUTABLE))
    text = example.content.decode(errors="surrogateescape")
    for _ in range(draw(st.integers(1, 3))):
        words = list(re.finditer(r"[^\s:=]+", text))
        if words:
            word = draw(st.sampled_from(words))
            text = text[: word.start()] + draw(st.sampled_from(WORDS)) + text[word.end() :]
    return example.reader, text.encode(errors="surrogateescape")


def examined(content, kind):
    document = parse(content, NAME, kind)
    return document, examine(Loaded(from_documents([document])), Policy())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutants())
def test_findings_are_whole_and_every_format_shows_them(mutant):
    kind, content = mutant
    _, found = examined(content, kind)
    for each in found.findings:
        span = each.span
        assert each.rule in rules()
        assert each.source
        assert each.message
        assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)
    shown = {name: render(found, name, verbose=True) for name in FindingFormat}
    assert all(json.loads(shown[name]) is not None for name in ("json", "sarif", "gitlab"))
    ET.fromstring(shown["junit"].encode())  # noqa: S314  text this test rendered itself
    assert len(shown["github"].splitlines()) == len(found.active)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutants())
def test_corrections_come_to_rest(mutant):
    kind, content = mutant
    document, found = examined(content, kind)
    text = document.text
    for _ in range(8):
        changed = apply(text, edits(found.findings).get(NAME, []))
        if changed == text:
            return
        text, (_, found) = changed, examined(changed, document.format)
    raise AssertionError(text)
