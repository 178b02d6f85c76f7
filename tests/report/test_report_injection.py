"""Markup in every text a user can supply is shown as text: names, values, CDR fields, file names."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser

import pytest

from planner.deployment.load import from_documents
from planner.document.reader import parse
from planner.report.evidence import Provenance, Source
from planner.report.gather import gather
from planner.report.language import language
from planner.report.markdown import escaped, markdown
from planner.report.report import compose
from planner.sizing.api import size

ADDRESS = re.compile(r"https://[a-z0-9.-]+(/[\w.-]+)*/?")
HOSTILE = (
    "<script>window.injected=1</script>",
    "<img src=x onerror=window.injected=1>",
    "</script><script>window.injected=1</script>",
    "</style><script>window.injected=1</script>",
    "--><svg onload=window.injected=1>",
    '" onmouseover="window.injected=1" x="',
    "' autofocus onfocus=window.injected=1 '",
    "javascript:window.injected=1",
    "{{ 70001 * 191 }}{% raw %}${70001*191}",
    "</title><script>window.injected=1</script>",
    "\\3c script\\3e \u2028 \u202e ]]>",
    '<a href="javascript:window.injected=1">x</a><b>bold</b>',
    '"; } body { display: none } /*',
)
ALL = " ".join(HOSTILE)


class Found(HTMLParser):
    """Elements and event attributes of a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements, self.events, self.targets = [], [], []

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.events += [name for name, _ in attrs if name.startswith("on")]
        self.targets += [
            value for name, value in attrs if name in {"href", "src"} and not value.startswith(("#", "data:image"))
        ]


def quoted(text):
    return "'" + text.replace("'", "''").replace("\u2028", " ").replace("\u202e", " ") + "'"


def hostile_yaml(text):
    return f"""
site: {{name: {quoted(text)}, customer: {quoted(text)}, prepared_by: {quoted(text)}}}
traffic: {{cps: 100, growth_per_month: 3%}}
softswitch:
  SS_MAXCPS: {quoted(text)}
  SERVER_CDR_FILE_WRITE_INTERVAL: 30
  {quoted("SS_" + text)}: 1
sysctl: {{net.core.rmem_max: {quoted(text)}}}
policy:
  ignore:
    - {{rule: out-of-range, reason: {quoted(text)}}}
"""


def hostile_profile(measured, text):
    row = {"key": text, "label": text, "attempts": 5, "answered": 1, "asr": 0.2, "acd": 3.0, "minutes": 1.0}
    poisoned = {**measured, "timezone": text, "tables": {text: {"rows": [row]}, "callerGatewayId": {"rows": [row]}}}
    poisoned["span"] = {"from": text, "until": text, "seconds": 345_600}
    poisoned["hours"] = [{**hour, "from": text} for hour in measured["hours"]]
    poisoned["assumptions"] = [{**each, "source": text} for each in measured["assumptions"]]
    return poisoned


def composed(measured, text, lang="en"):
    declared = from_documents([parse(hostile_yaml(text).encode(), f"{text}.yaml", "yaml")])
    profile = hostile_profile(measured, text)
    provenance = Provenance("0.0.0", f"plan report {text}", dt.date(2026, 11, 22), (Source(text, 1, "0" * 64),))
    sizing = size(declared, profile=profile)
    return compose(gather(declared, sizing, provenance, profile=profile, unmasked=True), language(lang))


@pytest.fixture(scope="module")
def clean(made, measured, page_of):
    deployment = {"site": {"name": "x"}, "traffic": {"cps": 100, "growth_per_month": 0.03}}
    found = Found()
    found.feed(page_of(made(deployment, profile=measured)).read_text(encoding="utf-8"))
    return set(found.elements)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_make_no_element(measured, page_of, clean, text):
    page = page_of(composed(measured, text)).read_text(encoding="utf-8")
    found = Found()
    found.feed(page)
    assert found.events == []
    assert [each for each in found.targets if not ADDRESS.fullmatch(each)] == []
    assert set(found.elements) - clean <= {"section", "ol", "li", "figure", "pre", "code", "h3"}
    assert found.elements.count("script") == 5
    assert found.elements.count("style") == 1
    # The packed bundle holds any four digits by chance; texts stand before it.
    assert "13370191" not in page.partition('id="plotly-bundle"')[0]


def test_hostile_texts_do_nothing_in_a_browser(tab, measured, page_of):
    tab.settle()
    tab.open(page_of(composed(measured, ALL)))
    assert tab.value("document.documentElement.dataset.charts") == "drawn"
    assert tab.value("window.injected") is None
    made = "main img, main script, main b, main a:not([href^='#']):not([href^='https:'])"
    assert tab.value(f'document.querySelectorAll("{made}").length') == 0
    assert tab.value("getComputedStyle(document.body).display") == "block"
    assert tab.value("document.querySelector('h1').textContent").startswith("<script>window.injected=1</script>")
    assert tab.requests() == []
    assert tab.complaints() == []


def test_hostile_texts_are_plain_in_markdown(measured):
    text = markdown(composed(measured, ALL))
    assert not re.search(r"(?<!\\)<(script|img|svg|a|b)\b", text)
    for line in text.split("\n"):
        if line.startswith("| "):
            assert re.search(r"(?<!\\)\|$", line)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("see http://example.com now", "see http\\://example.com now"),
        ("www.example.com", "www\\.example.com"),
        ("mail x@example.com", "mail x\\@example.com"),
        ("[x](javascript:1)", "\\[x\\](javascript:1)"),
        ("12:00, 3.5", "12:00, 3.5"),
    ],
)
def test_markdown_makes_no_link_of_an_address(text, wanted):
    assert escaped(text) == wanted


def test_the_embedded_object_keeps_them_word_for_word(measured, page_of):
    from planner.report.report import read  # noqa: PLC0415  the reader is what is tested

    report = composed(measured, ALL)
    back = read(page_of(report))
    assert back["site"]["customer"] == report.data["site"]["customer"]
    assert "<script>window.injected=1</script>" in back["site"]["customer"]
