"""Languages: every text of the report is in every catalogue, and numbers and dates follow the locale."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from babel.dates import format_date, format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

from planner.deployment.load import load
from planner.report.evidence import Provenance
from planner.report.gather import gather
from planner.report.language import LOCALES, available, language
from planner.report.markdown import markdown
from planner.report.report import compose
from planner.sizing.api import size
from planner.sizing.constants import data

release = pytest.mark.skipif(not os.environ.get("PLAN_RELEASE"), reason="asked before a release: make release-check")
ROOT = Path(__file__).resolve().parents[2]
OTHERS = [code for code in available() if code != "en"]
ENGLISH = re.compile(r"\b(the|of|and|with|for|is|are|each|calls|server)\b")


def labels_of_data(report):
    sizing = report.sizing
    moving = [each.label for each in sizing.assumptions if each.influence or not each.range.certain]
    shown = [sizing.figures[name].label for name in report.data["sizing"]["figures"]]
    return {*moving, *shown, *(each.label for each in sizing.growth)}


def places(text):
    return sorted(re.findall(r"\{(\w+)\}", text))


def catalogue(code):
    with (LOCALES / code / "LC_MESSAGES" / "report.po").open("rb") as file:
        return read_po(file, locale=code)


def test_chinese_is_there():
    assert "zh" in available()


@pytest.mark.parametrize("code", OTHERS)
@release
def test_every_text_is_translated(code, made, marked):
    say = language(code)
    texts = marked | labels_of_data(made())
    assert len(texts) > 400
    assert sorted(text for text in texts if not say.knows(text) and text != "CPS") == []


@pytest.mark.parametrize("code", OTHERS)
def test_translations_fill_in_the_same_places(code):
    for message in catalogue(code):
        if message.id:
            source = message.id[0] if isinstance(message.id, tuple) else message.id
            for said in message.string if isinstance(message.string, tuple) else (message.string,):
                assert places(said) == places(source), source


def test_a_chinese_page_is_chinese(made, page_of):
    report = made(lang="zh")
    page = page_of(report).read_text()
    assert '<html lang="zh-Hans">' in page
    assert "2026年11月22日" in page
    for section in report.sections:
        assert not ENGLISH.search(section.title), section.title
        assert not ENGLISH.search(section.lead), section.lead
        for block in section.blocks:
            for text in (getattr(block, "question", ""), getattr(block, "answer", ""), getattr(block, "caption", "")):
                assert not ENGLISH.search(text), text
    for chart in report.charts():
        for column in chart.table.columns:
            assert not ENGLISH.search(column.title), column.title


def test_what_stays_english_says_so(made, page_of):
    page = page_of(made(lang="zh")).read_text()
    assert re.search(r'<span class="detail" lang="en">VOS3000 [^<]*guide', page)
    assert 'lang="en"' not in page_of(made()).read_text().replace('<html lang="en"', "")


def test_both_languages_tell_the_same_numbers(made):
    told = [re.findall(r"^\|.*\|$", markdown(made(lang=code)), re.MULTILINE)[:60] for code in ("en", "zh")]
    numbers = [[re.findall(r"\d[\d,.]*\d", row.partition("|")[2].partition("|")[2]) for row in rows] for rows in told]
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (2_592_000_000, "B/day", "2.59 GB/day", "2.59 GB/天"),
        (7_372_800, "s", "85.3 days", "85.3 天"),
        (43_200_000, "bit/s", "43.2 Mbit/s", "43.2 Mbit/s"),
        (0.4, "ratio", "40 %", "40%"),
        (0.001, "ratio", "0.1 %", "0.1%"),
        (360_000, "1/h", "360,000 /h", "360,000 /小时"),
        (0, "B", "0 B", "0 B"),
        (999_999_999, "B", "1 GB", "1 GB"),
        (float("inf"), "s", "without limit", "不限"),
    ],
)
def test_quantities(value, unit, english, chinese):
    assert language("en").quantity(value, unit) == english
    assert language("zh").quantity(value, unit) == chinese


def test_dates_follow_the_locale():
    day = dt.date(2026, 11, 22)
    assert language("en").date(day) == "November 22, 2026"
    assert language("zh").date(day) == "2026年11月22日"


def test_an_unknown_language_names_those_there_are():
    with pytest.raises(ValueError, match="available are: en, zh"):
        language("xx")


def test_a_value_is_never_read_as_a_format():
    assert language("en")("{first} {second}", first="{second}", second="{0.__class__}") == "{second} {0.__class__}"


def test_english_is_what_babel_says_of_english():
    say = language("en")
    assert (get_group_symbol("en"), get_decimal_symbol("en")) == (",", ".")
    for month in range(1, 13):
        day = dt.date(2026, month, 9)
        assert say.date(day) == format_date(day, format="long", locale="en")
        assert say.month(day) == format_skeleton("yMMM", day, locale="en")


def test_a_spare_and_a_standby_are_two_things_in_every_language():
    with (LOCALES / "zh" / "LC_MESSAGES" / "report.po").open("rb") as file:
        said = [(message.id, message.string) for message in read_po(file)]
    texts = [
        (ids if isinstance(ids, str) else ids[0], told if isinstance(told, str) else told[0]) for ids, told in said
    ]
    spares = [told for text, told in texts if re.search(r"\bspares?\b", text) and "standby" not in text]
    standbys = [
        told for text, told in texts if re.search(r"\bstandbys?\b", text, re.IGNORECASE) and "spare" not in text
    ]
    assert len(spares) > 2
    assert len(standbys) > 5
    assert [each for each in spares if "\u5907\u7528" not in each or "\u70ed\u5907" in each] == []
    assert [each for each in standbys if "\u70ed\u5907" not in each or "\u5907\u7528" in each] == []


GLOSSARY = data("report")["glossary"]
TERMS = [term for term in GLOSSARY if not term.isupper() and term != "Leg"]
TERMS += ["Answer-seizure ratio", "Average call duration", "Concurrent call", "Post-dial delay"]


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_said_by_one_word_throughout(code, term):
    say = language(code)
    word = {"Concurrent call": "并发呼叫", "Post-dial delay": "时延"}.get(term) or say(term)
    assert word != term
    said = re.compile(rf"(?<!K\. )\b{term}s?\b", re.IGNORECASE)  # a name, not the unit
    explained = {*GLOSSARY.values()}
    for message in catalogue(code):
        source, shown = (each[0] if isinstance(each, tuple) else each for each in (message.id, message.string))
        if source and said.search(source) and source not in explained:
            assert word in shown, source


COMMON = r"  |[(\uff08] *[)\uff09]|\bNone\b|\{\w*\}"
ILL = {
    "en": re.compile(COMMON + r"| [.,;:](?= |$)|\.\.|,,|(?<![\d.,\w-])1 (?!is\b|was\b|has\b)[a-z]+[^s\W]s\b(?! of)"),
    # Two stops, blanks between ideographs, and commas of another script between them.
    "zh": re.compile(COMMON + r"|[\u3002\uff0c]{2}|[\u4e00-\u9fff][ ,;](?=[\u4e00-\u9fff])"),
}


def told(report):
    """What a report says in sentences and titles: each with whether it begins like a sentence."""
    cover = report.cover
    yield from ((text, True) for text in (cover.title, cover.verdict, cover.summary))
    yield from ((text, True) for pair in cover.answer for text in pair)
    for section in report.sections:
        yield section.title, True
        yield section.lead, True
        for block in section.blocks:
            for name in ("question", "answer", "caption", "note", "title"):
                yield getattr(block, name, ""), True
            table = block if hasattr(block, "columns") else getattr(block, "table", None)
            for column in table.columns if table else ():
                yield column.title, False
            for row in table.rows if table else ():
                yield from ((cell.text, False) for cell in row)
            for item in getattr(block, "items", ()):
                texts = [getattr(item, "message", item), getattr(item, "help", item)]
                yield from ((getattr(each, "text", ""), False) for each in texts)


@pytest.mark.parametrize("code", available())
@pytest.mark.parametrize("example", sorted(path.parent.name for path in ROOT.glob("examples/*/deployment.yaml")))
def test_sentences_are_well_formed(example, code):
    deployment = load(ROOT / "examples" / example / "deployment.yaml")
    evidence = gather(deployment, size(deployment), Provenance("0.0.0", "plan report", dt.date(2026, 11, 22)))
    report = compose(evidence, language(code))
    wrong = [text for text, _ in told(report) if ILL[code].search(text)]
    assert wrong == []
    small = [text for text, begins in told(report) if begins and re.match(r"[a-z]+ ", text)]
    assert small == []
