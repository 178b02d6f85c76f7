"""Wordings: every sentence of the code is in every catalogue, and a Chinese report has no English left."""

from __future__ import annotations

import ast
import copy
import os
import pickle
import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from page_examples import examples

from planner.catalogue.data import citations, sources
from planner.catalogue.display import _TIMES
from planner.catalogue.pages import spoken
from planner.catalogue.parameter import parameters, sections
from planner.catalogue.releases import rescue_options
from planner.cdr.format import cdr_format
from planner.cdr.profile import rates as confidence
from planner.deployment.load import load as load_deployment
from planner.report.evidence import Provenance
from planner.report.gather import gather
from planner.report.language import LOCALES, available, cited, language
from planner.report.markdown import markdown
from planner.report.report import compose
from planner.report.untranslated import main, missing, sentences
from planner.report.workbook import workbook
from planner.rules.discovery import Target, load
from planner.rules.policy import Policy
from planner.rules.registry import rules
from planner.rules.validation import examine
from planner.sizing.api import size
from planner.sizing.constants import data, limit
from planner.sizing.decide import ROWS
from planner.sizing.tiers import RESOURCES
from planner.tune.settings import told
from planner.wording import Wording, additions, alternatives, listing, term, wording

release = pytest.mark.skipif(not os.environ.get("PLAN_RELEASE"), reason="asked before a release: make release-check")
ROOT = Path(__file__).resolve().parents[2]
OTHERS = [code for code in available() if code != "en"]
EXAMPLES = sorted((ROOT / "examples").glob("*/deployment.yaml"))
CORPUS = sorted(path for path in (ROOT / "tests" / "document" / "corpus").rglob("*") if path.is_file())
SENTENCE = re.compile(r"\b[A-Za-z][a-z'-]*(?:,? [a-z][a-z'-]*){2,}")
NAME = re.compile(r"[A-Z][\w.]*")
"""A codec's or a protocol's name, which is the same everywhere: G.729."""
FOREIGN = re.compile(r"not YAML: |not TOML: |cannot read |claims to be")
"""What other programs say is quoted in their own words."""
CODE = re.compile(r"`[^`]*`|'[^']*'|\S*[/=]\S*")


def english(text):
    """Runs of three and more English words; what is quoted, a path or a setting is no text."""
    return SENTENCE.findall(CODE.sub("§", text))


def said_in_code():
    """The template of every `wording(...)` in the product, with its place."""
    found = {}
    for path in sorted((ROOT / "planner").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "wording":
                template = node.args[0]
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                assert isinstance(template, ast.Constant), f"{place}: a template is a literal"
                places = set(re.findall(r"\{(\w+)\}", template.value))
                filled = {each.arg for each in node.keywords}
                # `**values` says nothing of the names it brings.
                assert None in filled or places == filled, f"{place}: {places ^ filled}"
                found[template.value] = place
    return found


def said_in_data():
    """Texts of data that `term` makes wordings of: kinds, units, resources, tiers, listeners, what readers advise."""
    helps = {words for name in rules() for words in spoken(name)}
    units = {each.unit for section in sections() for each in parameters(section)}
    units |= {each.unit for each in RESOURCES.values()} | {name for _, _, name in _TIMES}
    tiers = {"starter", "professional", "enterprise", "carrier"}
    servers = {"concurrent_calls", "cps", "udp_ports", "nic"}
    kinds = {"duration", "size", "rate"}
    labels = {text for column in cdr_format().columns for text in dict(column.labels).values()}
    beside = {text for each in told()["settings"].values() for text in (each["need"], each["consequence"])}
    rescues = set(rescue_options().values())
    return (
        beside
        | rescues
        | helps
        | {note["text"] for note in data("notes")["notes"].values()}
        | labels
        | units
        | {row["said"] for row in ROWS.values()}
        | tiers
        | servers
        | kinds
        | set(RESOURCES)
        | set(limit("listeners").values())
    ) - {""}


def translated(code):
    with (LOCALES / code / "LC_MESSAGES" / "report.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale=code) if message.string}


@pytest.mark.parametrize("code", OTHERS)
@release
def test_every_sentence_of_the_code_is_translated(code):
    said, known = said_in_code(), translated(code)
    assert len(said) > 500
    assert {text: place for text, place in said.items() if text not in known} == {}


@pytest.mark.parametrize("code", OTHERS)
@release
def test_every_term_of_the_data_is_translated(code):
    known = translated(code)
    assert sorted(text for text in said_in_data() if text not in known) == []


def planted(example, folder):
    """The tree of an example as a folder that stands for a host's root."""
    for part in example.parts():
        path = folder / part.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(part.link) if part.link else path.write_text(part.text)
    return load(Target("host", str(folder), profile="el7-boot"))


def declared(example, folder):
    if example.format == "tree":
        return planted(example, folder)
    return load(Target("file", example.filename, format=example.reader), example.content)


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    """What every rule's examples and the corpus of files yield, each message once."""
    shown = [each for registered in rules().values() for each in examples(registered.documentation)]
    loaded = [declared(each, tmp_path_factory.mktemp("root")) for each in shown]
    loaded += [load(Target("file", str(path))) for path in CORPUS]
    found = [each for one in loaded for each in examine(one, Policy(today=date(2030, 1, 1))).findings]
    return list({each.message: each for each in found}.values())


@pytest.mark.parametrize("code", OTHERS)
@release
def test_every_finding_is_said_in_the_language(code, findings):
    say = language(code)
    assert len({each.rule for each in findings}) > 100
    texts = [
        text
        for each in findings
        for text in (each.message, each.help, *(place.message for place in each.related))
        if text
    ]
    assert [text for text in texts if not isinstance(text, Wording)] == []
    left = {text: say(text) for text in texts if english(say(text))}
    assert {text: said for text, said in left.items() if not FOREIGN.search(text)} == {}


class Reader(HTMLParser):
    """Collects the texts of a page that are no code, no name of a place, and in no other language."""

    SILENT = ("script", "style", "code", "pre")
    VOID = ("meta", "link", "br", "hr", "img", "input", "wbr", "use", "rect", "line", "path", "circle", "col")

    def __init__(self):
        super().__init__()
        self.open, self.texts, self.foreign = [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        hidden = tag in self.SILENT or given.get("lang") == "en" or given.get("class") == "place"
        self.texts += [given[name] for name in ("title", "alt", "aria-label") if given.get(name)]
        if tag not in self.VOID:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        hidden = any(each for _, each in self.open)
        (self.foreign if hidden else self.texts).append(data)


def strings(value):
    """Every text inside a chart's figure."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"template", "type", "fill", "font", "family"}:
                yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)


def names_of(deployment):
    """What the user wrote for people to read: names stay as they are."""
    return [str(each.value) for each in deployment.under("site") if isinstance(each.value, str)]


def without(names, text):
    for name in names:
        text = text.replace(name, "§")
    return text


@pytest.fixture(scope="module")
def chinese():
    """The Chinese report of an example deployment, with the traffic measured where asked for."""

    def composed(path, *, profile=None):
        deployment = load_deployment(path)
        provenance = Provenance("0.0.0", "plan report deployment.yaml", date(2026, 11, 22))
        sizing = size(deployment, profile=profile)
        evidence = gather(deployment, sizing, provenance, profile=profile)
        return compose(evidence, language("zh")), names_of(deployment)

    return composed


def left_in(report, names, page_of):
    """English sentences in the page, the charts and the workbook of a report."""
    reader = Reader()
    reader.feed(page_of(report).read_text(encoding="utf-8"))
    assert len(reader.texts) > 50
    texts = [*reader.texts, *(text for chart in report.charts() for text in strings(chart.figure))]
    return sorted({run for text in texts for run in english(without(names, text))})


@pytest.mark.parametrize(
    ("reference", "chinese", "lang"),
    [
        ("RFC 3261, SIP: section 17", "RFC 3261, SIP: section 17", "en"),
        ("Planning choice of this product: rotated logs of some weeks", "数周的轮转日志", ""),
        ("plan cdr profile: 54,046 samples, 99.9% confidence, Wilson score interval", "Wilson 得分区间", ""),
        ("plan cdr profile: 9 samples, 99.9% confidence, busiest of 3, Bonferroni", "3 个时段中最忙者", ""),
    ],
)
def test_a_citation_keeps_titles_and_translates_our_own_words(reference, chinese, lang):
    told = cited(language("zh"), [reference])
    assert chinese in told.text
    assert told.lang == lang
    assert cited(language("en"), [reference]).text == reference


def labels_of_the_model():
    """Labels of the numbers, the figures and the limits of every example, and of codecs and framings."""
    sizings = [size(load_deployment(path)) for path in EXAMPLES]
    numbers = [each for one in sizings for each in (*one.leaves.values(), *one.figures.values(), *one.growth)]
    listed = [*data("codecs")["codecs"], *data("framings")["framings"].values()]
    return {each.label for each in numbers} | {each["label"] for each in listed}


def citations_of_the_model():
    """What numbers, rules and the registry of sources cite, and how sure a measurement is."""
    leaves = [each for path in EXAMPLES for each in size(load_deployment(path)).leaves.values()]
    cited_ = {text for each in leaves for text in each.sources}
    cited_ |= {text for each in rules().values() for text in citations(each.rule.source)}
    cited_ |= {text for entry in sources().values() for text in entry.values()}
    return cited_ | {confidence.share(1, 2).method, confidence.mean(1.0, 1.0, 2).method, "measured profile"}


@pytest.mark.parametrize("code", OTHERS)
@release
def test_every_label_of_the_model_is_translated(code):
    say, labels = language(code), labels_of_the_model()
    assert len(labels) > 300
    assert sorted(label for label in labels if not say.knows(label) and not NAME.fullmatch(label)) == []


@pytest.mark.parametrize("code", OTHERS)
@release
def test_no_catalogue_holds_what_nobody_says(code, marked):
    whole = labels_of_the_model() | citations_of_the_model()
    parts = {part for each in whole for part in (*each.split(": ", 1), each.rpartition(", ")[2])}
    said = {*said_in_code(), *said_in_data(), *marked, *whole, *parts, ""}
    ids = {each if isinstance(each, str) else each[0] for each in translated(code)}
    assert sorted(ids - said) == []


@release
def test_a_chinese_workbook_holds_no_english_sentence(chinese):
    report, names = chinese(ROOT / "examples" / "wholesale" / "deployment.yaml")
    cited_ = {text for each in report.leaves().values() for text in each.sources}
    with zipfile.ZipFile(BytesIO(workbook(report))) as archive:
        shared = archive.read("xl/sharedStrings.xml").decode()
    texts = [unescape(each) for each in re.findall(r"<t[^>]*>([^<]*)</t>", shared)]
    assert "话单文本文件" in "".join(texts)
    left = [text for text in texts if english(without([*names, *sorted(cited_, key=len)[::-1]], text))]
    assert left == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
@release
def test_a_chinese_report_holds_no_english_sentence(path, chinese, page_of):
    report, names = chinese(path)
    assert left_in(report, names, page_of) == []


@release
def test_a_chinese_report_of_measured_traffic_holds_no_english_sentence(chinese, page_of, measured):
    report, names = chinese(EXAMPLES[-1], profile=measured)
    assert left_in(report, names, page_of) == []


def test_times_along_an_axis_name_no_months(chinese, measured):
    report, _ = chinese(EXAMPLES[-1], profile=measured)
    timed = [chart.figure for chart in report.charts() if str(chart.figure["data"][0].get("x", ""))[2:6] == "2026"]
    assert timed
    for figure in timed:
        formats = [each["value"] for each in figure["layout"]["xaxis"]["tickformatstops"]]
        assert not any("%b" in each or "%B" in each for each in formats)


def test_a_sentence_left_in_english_is_noticed(chinese, page_of):
    report, names = chinese(EXAMPLES[-1])
    section = report.sections[0]
    spoilt = section._replace(lead="3 errors must be fixed.")
    assert "errors must be fixed" in left_in(replace(report, sections=(spoilt,)), names, page_of)


@release
def test_chinese_markdown_says_findings_in_chinese(chinese):
    report, _ = chinese(ROOT / "examples" / "wholesale" / "deployment.yaml")
    told = markdown(report)
    assert "**错误**" in told
    assert "udp\\_mem 以页计" in told
    actions = told.partition("\n## ")[2].partition("\n## ")[0]
    assert [run for line in actions.splitlines() for run in english(line)] == []


def test_a_wording_is_its_english_text():
    said = wording("{count} files of {size} B", count=3, size="1,024")
    assert said == "3 files of 1,024 B"
    assert hash(said) == hash("3 files of 1,024 B")
    assert said.template == "{count} files of {size} B"
    assert said.values == {"count": 3, "size": "1,024"}


def test_the_text_of_an_exception_is_still_a_wording():
    assert isinstance(str(ValueError(wording("there is no value"))), Wording)


@pytest.mark.parametrize("carried", [lambda each: pickle.loads(pickle.dumps(each)), copy.deepcopy, copy.copy])  # noqa: S301  our own
def test_a_wording_survives_the_way_between_processes(carried):
    said = carried(wording("{name}: {problem}", name="a", problem=wording("there is no value")))
    assert said == "a: there is no value"
    assert language("zh")(said) == "a\N{FULLWIDTH COLON}没有值"


@pytest.mark.parametrize(
    ("made", "text", "chinese"),
    [
        (lambda: alternatives(["a", "b", "c"]), "a or b or c", "a 或 b 或 c"),
        (lambda: additions(["a", "b"]), "a and b", "a 和 b"),
        (lambda: listing(["a", "b", "c"]), "a, b, c", "a、b、c"),
        (lambda: alternatives(["a"]), "a", "a"),
        (lambda: term("disk"), "disk", "磁盘空间"),
    ],
)
def test_parts_are_put_together(made, text, chinese):
    assert made() == text
    assert language("zh")(made()) == chinese


@given(st.text(), st.text())
def test_values_are_never_formats(first, second):
    said = wording("{first}|{second}", first=first, second=second)
    assert said == f"{first}|{second}"
    assert language("en")(said) == said
    assert language("zh")(said) == said


def test_what_is_not_translated_is_listed(capsys):
    every = sentences()
    assert len(every) > 500
    lacking = {code: missing(code) for code in OTHERS}
    assert main() == int(any(lacking.values()))
    said = capsys.readouterr().out
    for code, texts in lacking.items():
        assert f"{code}: {len(texts)} sentences are not translated yet" in said
        assert all(text in said for text in texts)
