"""The page as text: order, structure, policy, size."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from planner.report.report import parse

ORDER = (
    "actions",
    "capacity",
    "bandwidth",
    "disk",
    "database",
    "hardware",
    "topology",
    "growth",
    "sensitivity",
    "measured",
    "backtest",
    "checks",
    "settings",
    "assumptions",
    "method",
)


class Structure(HTMLParser):
    """Tags, ids, headings and links of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.ids, self.headings, self.loads, self.anchors, self.scripts = [], [], [], [], [], []
        self.scopes = Counter()

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.tags.append(tag)
        self.ids += [named["id"]] if "id" in named else []
        self.headings += [tag] if re.fullmatch("h[1-6]", tag) else []
        self.loads += [named[key] for key in ("src", "srcset", "data", "poster") if key in named]
        self.anchors += [named["href"]] if "href" in named else []
        self.scopes[tag, named.get("scope")] += 1
        self.scripts += [named] if tag == "script" else []


@pytest.fixture(scope="module")
def full(made, measured):
    deployment = {
        "site": {"name": "Example wholesale", "customer": "Example Telecom"},
        "traffic": {"cps": 300, "codecs": {"g711": 1}, "growth_per_month": 0.03},
        "softswitch": {"SERVER_CDR_FILE_WRITE_INTERVAL": 30, "SS_MAX_CALL_DURATION": 0},
    }
    return made(deployment, profile=measured)


@pytest.fixture(scope="module")
def page(full, page_of):
    return page_of(full).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def structure(page):
    parsed = Structure()
    parsed.feed(page)
    return parsed


def test_sections_stand_in_the_order_of_a_reader(full):
    keys = [section.key for section in full.sections]
    assert keys == [key for key in ORDER if key in keys]
    assert set(ORDER) - set(keys) == set()


def test_sections_without_data_are_left_out(made):
    keys = [section.key for section in made({"traffic": {"cps": 10}}).sections]
    assert {"changes", "measured", "backtest"}.isdisjoint(keys)


def test_headings_go_down_one_step_at_a_time(structure):
    levels = [int(tag[1]) for tag in structure.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_links_lead_somewhere(structure):
    assert len(structure.ids) == len(set(structure.ids))
    inner = [each[1:] for each in structure.anchors if each.startswith("#")]
    assert set(inner) <= set(structure.ids)
    outer = [each for each in structure.anchors if not each.startswith("#")]
    assert {each.partition(":")[0] for each in outer} == {"https"}
    assert "https://www.rfc-editor.org/rfc/rfc3551" in outer
    assert any(each.endswith("/rules/unlimited-call-duration.html") for each in outer)


def test_landmarks(structure):
    counted = Counter(structure.tags)
    assert [counted[tag] for tag in ("main", "nav", "header", "footer")] == [1, 1, 1, 1]


def test_tables_have_captions_and_scopes(structure):
    counted = Counter(structure.tags)
    assert counted["table"] == counted["caption"]
    assert structure.scopes["th", None] == 0
    assert structure.scopes["th", "row"] > 0


def test_every_figure_has_a_caption(structure):
    counted = Counter(structure.tags)
    assert counted["figure"] == counted["figcaption"]


def test_nothing_is_loaded(structure):
    assert [each for each in structure.loads if not each.startswith("data:")] == []
    assert "link" not in structure.tags
    assert "iframe" not in structure.tags


def test_the_policy_names_every_script_by_its_hash(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert "unsafe-eval" not in policy
    own = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(own) == 1
    digest = b64encode(hashlib.sha256(own[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy


def carried(raw):
    return sum(
        len(found)
        for name in ("report-data", "report-charts")
        for found in re.findall(rb'id="%s">(.*?)</script>' % name.encode(), raw, re.DOTALL)
    )


def test_the_page_is_small(page):
    raw = page.encode()
    assert len(raw) <= 2_200_000
    assert carried(raw) <= 136_000


def test_a_month_of_busy_gateways_makes_no_large_page(made, measured, page_of):
    row = {"attempts": 243429, "answered": 97007, "asr": 0.39850223268386264, "acd": 60.12328941210428}
    row |= {"minutes": 97206.33226666666, "peak_concurrent": 15, "peak_at": "2026-05-16 10:19:33"}
    names = ("callerGatewayId", "calleeGatewayId", "endReason", "prefix", "endDirection", "billingMode")
    rows = [{"key": f"gateway of a customer {index}", **row} for index in range(100)]
    times = [f"2026-05-{day:02d} {hour:02d}:00:00" for day in range(1, 32) for hour in range(24)]
    hours = [{**measured["hours"][index % 24], "from": time} for index, time in enumerate(times)]
    month = {**measured, "hours": hours, "tables": {name: {"keys": 100, "rows": rows} for name in names}}
    raw = page_of(made(profile=month)).read_bytes()
    assert len(raw) <= 2_200_000
    assert carried(raw) <= 140_000


def test_the_result_object_is_read_back(page, full):
    assert parse(page.encode(), "report.html") == json.loads(json.dumps(full.data))


def test_the_cover_tells_whose_plan_it_is(page):
    for text in ("Example wholesale", "Example Telecom", "November 22, 2026", "1 error to fix first"):
        assert text in page


def test_severity_is_a_word_and_a_shape(page):
    assert re.search(r'class="tag error"><svg class="icon error".*?</svg>error', page)


def test_details_stand_open_in_the_file(page):
    assert re.findall(r"<details(?! open)", page) == []


class Texts(HTMLParser):
    """Running text of a page: no code, no drawing, no heading."""

    SILENT = ("script", "style", "code", "pre", "svg", "h1", "h2", "h3", "caption", "title")

    def __init__(self):
        super().__init__()
        self.inside, self.texts = 0, []

    def handle_starttag(self, tag, _attributes):
        self.inside += tag in self.SILENT

    def handle_endtag(self, tag):
        self.inside -= tag in self.SILENT

    def handle_data(self, data):
        self.texts += [] if self.inside else [data]


def test_no_line_breaks_between_a_number_and_its_unit(page):
    parsed = Texts()
    # The panel's values are cells that never break.
    parsed.feed(re.sub(r"<form.*?</form>", "", page, flags=re.DOTALL))
    assert any("\N{NO-BREAK SPACE}Mbit/s" in each for each in parsed.texts)
    parted = re.compile(r"\d (?:[kMGTP]?B|[kMGT]?bit/s|%|/s|ms)(?![\w/])| \N{EN DASH} ")
    assert [each for each in parsed.texts if parted.search(each)] == []
