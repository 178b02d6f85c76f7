"""The parts of a page: the packed bundle, its cache, logos, the embedded object, odd profiles."""

from __future__ import annotations

import base64
import zlib
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.report import page as bundle
from planner.report.gather import abridged, finite, matrix, number, part, rows
from planner.report.logo import LogoError, data_address, safe_svg
from planner.report.page import ALPHABET, deflated, written
from planner.report.report import ExtractError, embed, parse, read
from planner.report.sections.actions import fix

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def unpack(text):
    """What the browser does: digits of a base, two at a time, become bits."""
    length, _, digits = text.partition(" ")
    number = {character: value for value, character in enumerate(ALPHABET)}
    bits = "".join(
        f"{number[first] * len(ALPHABET) + number[second]:013b}"
        for first, second in zip(digits[::2], digits[1::2], strict=True)
    )
    return zlib.decompress(bytes(int(bits[8 * each : 8 * each + 8], 2) for each in range(int(length))))


@settings(deadline=None)
@given(st.binary(max_size=4000))
def test_packing_is_reversible(data):
    text = written(deflated(data))
    assert unpack(text) == data
    assert set(text) <= {*ALPHABET, " "}
    assert set("<&\\").isdisjoint(ALPHABET)


def test_packing_is_smaller_than_base64():
    packed = deflated(bundle.plotly_bundle().script)
    assert len(written(packed)) < 0.93 * len(base64.b64encode(packed))


@pytest.fixture
def cached(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "vos3000-plan"


def test_the_cache_changes_no_byte(cached):
    made = bundle.Bundle(b"var Plotly = {};")
    first = made.packed()
    assert len(list(cached.iterdir())) == 1
    assert made.packed() == first == written(deflated(made.script))
    assert bundle.Bundle(made.script).prepare().packed() == first


@pytest.mark.parametrize("damage", [b"", b"x", b"\xff\n!!!!", b"0" * 64 + b"\nabc"])
def test_a_damaged_cache_is_not_believed(cached, damage):
    made = bundle.Bundle(b"var Plotly = {};")
    first = made.packed()
    next(cached.iterdir()).write_bytes(damage)
    assert made.packed() == first


def test_the_hash_of_a_file_is_kept_until_the_file_is_another(cached, tmp_path, monkeypatch):
    file = tmp_path / "plotly" / "package_data" / "plotly.min.js"
    file.parent.mkdir(parents=True)
    monkeypatch.setattr(bundle, "find_spec", lambda _: SimpleNamespace(origin=str(tmp_path / "plotly" / "__init__.py")))
    for content in (b"var Plotly = {};", b"var Plotly = [];"):
        file.write_bytes(content)
        for _ in range(2):
            bundle.plotly_bundle.cache_clear()
            made = bundle.plotly_bundle()
            assert made.integrity == bundle.integrity(content)
        assert "script" not in vars(made)
        assert made.script == content
    assert len(list(cached.iterdir())) == 2
    bundle.plotly_bundle.cache_clear()


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert unpack(bundle.Bundle(b"x").packed()) == b"x"


def test_a_missing_plotly_is_named(monkeypatch):
    monkeypatch.setattr(bundle, "find_spec", lambda _: None)
    bundle.plotly_bundle.cache_clear()
    with pytest.raises(bundle.BundleError, match="pip install"):
        bundle.plotly_bundle()


NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SVG = f'<svg {NAMESPACES} viewBox="0 0 9 9">{{}}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<rect onload='alert(1)' width='1' height='1'/>",
        "<image href='http://example.com/x.png'/>",
        "<image xlink:href='http://example.com/x.png'/>",
        "<use href='http://example.com/x.svg#a'/>",
        "<a href='javascript:alert(1)'><rect width='1' height='1'/></a>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><b>x</b></body></foreignObject>",
        "<style>@import url(http://example.com/x.css);</style>",
        "<style>rect { fill: url(http://example.com/x) }</style>",
        "<rect style='fill:url(http://example.com/x)' fill='url( http://example.com/y#z )'/>",
        "<rect style='fill:u\\72l(http://example.com/x)'/>",
        "<animate attributeName='href' to='http://example.com'/>",
        "<set attributeName='onmouseover' to='alert(1)'/>",
        "<metadata>http://example.com</metadata>",
    ],
)
def test_logos_lose_what_could_act(inside):
    safe = safe_svg(SVG.format(inside + "<path d='M0 0h9'/>").encode(), "logo.svg").decode()
    for trace in ("alert", "example.com", "onload", "foreignObject", "script", "animate", "<set", "import"):
        assert trace not in safe
    assert 'd="M0 0h9"' in safe


def test_logos_keep_their_looks():
    style = "fill: red; behaviour: none"
    drawn = f"<style>.a{{fill:#0072B2}}</style><rect class='a' style='{style}' width='3' height='3'/>"
    safe = safe_svg(SVG.format(drawn).encode(), "logo.svg").decode()
    for kept in (".a{fill:#0072B2}", 'class="a"', 'fill="red"', 'width="3"'):
        assert kept in safe
    assert "behaviour" not in safe


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"GIF89a", "neither a PNG nor a well-formed SVG"),
        (b"<html/>", "not an SVG drawing"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "document type is refused"),
        (SVG.format("").encode("utf-16"), "neither a PNG nor a well-formed SVG"),
        (SVG.format("<g>" * 6000 + "</g>" * 6000).encode(), "neither a PNG nor a well-formed SVG"),
        (PNG + bytes(100_000), "at most 100000"),
    ],
)
def test_what_is_no_logo_is_refused(tmp_path, raw, message):
    path = tmp_path / "logo.svg"
    path.write_bytes(raw)
    with pytest.raises(LogoError, match=message):
        data_address("logo.svg", tmp_path)


def test_a_logo_is_never_fetched(tmp_path):
    for name in (
        "https://example.com/logo.png",
        "data:image/png;base64,AA",
        "file:///etc/passwd",
        "//host/x",
        "HTTP:x",
    ):
        with pytest.raises(LogoError, match="not fetched"):
            data_address(name, tmp_path)


def test_a_png_is_carried_as_it_is(tmp_path):
    (tmp_path / "logo.png").write_bytes(PNG)
    assert data_address("logo.png", tmp_path) == "data:image/png;base64," + base64.b64encode(PNG).decode()


@settings(max_examples=50, deadline=None)
@given(JSON)
def test_an_embedded_object_is_read_back(value):
    document = {"schema": "report-v1", "value": value}
    text = embed(document)
    assert "<" not in text
    assert parse(f'<p><script type="application/json" id="report-data">{text}</script>'.encode(), "x") == document


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b"<html></html>", b'{"schema": "sizing-v1"}', b"\xff\xfe", b"[" * 99999]
)
def test_what_is_no_report_is_said_to_be_none(tmp_path, raw):
    (tmp_path / "x.html").write_bytes(raw)
    with pytest.raises(ExtractError, match=r"x\.html: "):
        read(tmp_path / "x.html")


@settings(deadline=None)
@given(JSON)
def test_odd_profiles_are_read_without_complaint(value):
    profile = {"calls": value, "tables": value, "week": value, "gaps": value, "hours": value}
    for path in (("calls",), ("calls", "asr"), ("week", "attempts"), ("tables", "x", "rows")):
        part(profile, *path)
        rows(profile, *path)
        matrix(profile, *path)
        found = number(profile, *path)
        assert found is None or isinstance(found, float)
    abridged(profile)


@pytest.mark.parametrize("value", [True, "1", None, float("nan"), float("inf"), 10**400, [], {}])
def test_what_is_no_finite_number_is_none(value):
    assert finite(value) is None


@pytest.mark.parametrize(
    "lost", ["calls", "span", "cps", "week", "hours", "distributions", "tables", "busy_hour", "lines", "gaps"]
)
def test_a_report_does_without_any_part_of_a_profile(made, measured, lost):
    report = made(profile={name: value for name, value in measured.items() if name != lost})
    assert "measured" in [section.key for section in report.sections]
    assert "hours" not in report.data["profile"]


@pytest.mark.parametrize(
    ("advice", "line"),
    [
        ("Set SS_MAXCPS: 200 or less.", "SS_MAXCPS: 200"),
        ("Set net.core.somaxconn = 900.", "net.core.somaxconn = 900"),
        ("declare topology.servers: 2", "topology.servers: 2"),
        ("Grant 5000 descriptors: LimitNOFILE=5000 in MySQL's unit.", "LimitNOFILE=5000"),
        ("Set `options nf_conntrack hashsize=65536` in /etc/modprobe.d.", "options nf_conntrack hashsize=65536"),
        ("Plan more RAM: what a server needs by itself fills it, more servers do not help.", ""),
        ("8,640 files would be needed and 4,096 are the most: set the interval to 1899 s or more.", ""),
        ("Change the setting of `all`, or remove this line.", ""),
        ("Remove the line: it changes nothing.", ""),
    ],
)
def test_a_line_to_copy_is_a_setting_or_a_command(advice, line):
    """Customers were offered to copy `RAM: what` and `most: set`."""
    assert fix(SimpleNamespace(help=advice)) == line
