"""The vectorised step equals the plain reference on any bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.cdr.step.fields import WIDEST_BYTES

INSTANTS = st.sampled_from(
    [
        b"2026-04-26 12:00:01",
        b"2026-04-26 12:01:14",
        b"2026-02-29 00:00:00",
        b"2024-02-29 23:59:59",
        b"2026-04-26 24:00:00",
        b"2026-04-26 23:59:60",
        b"0000-01-01 00:00:00",
        b"0001-01-01 00:00:00",
        b"9999-12-31 23:59:59",
        b"2026-13-01 00:00:00",
        b"2026-00-10 00:00:00",
        b"2026-04-26T12:00:01",
        b"2026-04-26 12:00:1",
        b" 2026-04-26 12:00:0",
        b"",
        b"\xef\xbc\x92026-04-26 12:00:0",
        b"1999-12-31 23:59:59",
        b"2026-04-25 12:00:01",
        b"2026-04-26 11:59:59",
        b"2026-04-31 11:59:59",
        b"9999-99-99 99:99:99",
    ]
)
NUMBERS = st.sampled_from(
    [
        b"0",
        b"1",
        b"65000",
        b"000000007",
        b"12345678",
        b"123456789",
        b"999999999",
        b"1234567890",
        b"+1",
        b"-1",
        b"1e3",
        b"1.5",
        b"",
        b" 7",
        b"\xef\xbc\x97",
        b"6500\x00",
        b"6a",
        b"99999999",
        b":",
        b"/",
    ]
)
TEXTS = st.sampled_from(
    [
        b"",
        b"12025550123",
        b"1202555012",
        b"7",
        b"+1202",
        b'"',
        b"\\",
        b"a\rb",
        b"gw-01",
        b"x" * 33,
        b"y" * 129,
        b"z" * 200,
        "北京".encode(),
        b"\xff",
        b"\xc3",
        b"\x00",
        b"-8",
        b"200",
        b"#",
        b"\xed\xa0\x80",
    ]
)


def lines():
    def build(parts):
        texts, start, stop, hold, pdds, ending, drop = parts
        fields = [texts[0], texts[1], start, stop, hold, *texts[2:14], *pdds]
        return b"|".join(fields[: len(fields) - drop]) + ending

    parts = st.tuples(
        st.lists(TEXTS, min_size=14, max_size=14),
        INSTANTS,
        INSTANTS,
        NUMBERS,
        st.lists(NUMBERS, max_size=3),
        st.sampled_from([b"\n", b"\n", b"\r\n", b"\r\r\n", b""]),
        st.sampled_from([0, 0, 0, 1, 5]),
    )
    return parts.map(build)


@st.composite
def good_lines(draw):
    a, b, gateway = (
        draw(st.sampled_from([b"12025550123", b"5", b""])),
        draw(st.sampled_from([b"4420", b"+49", b"8"])),
        draw(TEXTS),
    )
    start, stop = draw(INSTANTS), draw(INSTANTS)
    pdds = draw(st.sampled_from([b"", b"|", b"|5|", b"|12345|678", b"||", b"|123456789|1"]))
    hold = draw(st.sampled_from([b"0", b"1", b"1000", b"59999", b"60000", b"86400000", b"999999999"]))
    fields = [a, b, start, stop, hold, b"200", b"0", gateway, b"c1", b"", b"", a, b, a, b, b"0", b"1"]
    return b"|".join(fields) + pdds + draw(st.sampled_from([b"\n", b"\r\n"]))


@settings(max_examples=300, deadline=None)
@given(
    data=st.lists(st.one_of(lines(), good_lines(), st.binary(max_size=40)), max_size=12).map(b"".join),
    bom=st.booleans(),
)
def test_step_equals_reference_on_any_lines(same, summarise, data, bom):
    data = b"\xef\xbb\xbf" * bom + data
    same(summarise(data), data)


def judged(summary):
    """Return what a check tells of."""
    tallies = {
        name: n for name, n in summary.tallies.items() if n and name.startswith(("reason:", "suspicious:", "crlf"))
    }
    return tallies, summary.files, summary.examples.kinds


@settings(max_examples=100, deadline=None)
@given(data=st.lists(st.one_of(lines(), good_lines()), max_size=12).map(b"".join))
def test_lines_alone_are_judged_as_they_are_when_calls_are_measured(summarise, data):
    alone = summarise(data, lines_only=True)
    assert judged(alone) == judged(summarise(data))
    assert not alone.seconds.days
    assert not alone.seconds.strays
    assert not any(table.rows for table in alone.tables.values())


def test_one_cr_belongs_to_the_line_end_and_a_second_to_the_field(same, summarise):
    bare = b"||2026-04-26 12:00:01|2026-04-26 12:00:01|0||||||||||||"
    data = bare + b"\n" + bare + b"\r\n" + bare + b"\r\r\n"
    same(summarise(data), data)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400))
def test_step_equals_reference_on_any_bytes(same, summarise, data):
    same(summarise(data), data)


@settings(max_examples=150, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
    ending=st.sampled_from([b"\n", b"\r\n"]),
)
def test_step_equals_reference_on_mutated_records(same, summarise, line, changes, ending):
    data = bytearray((line + ending) * 10)
    for at, byte in changes:
        data[at % len(data)] = byte
    same(summarise(bytes(data)), bytes(data))


def mutations(rng, line, count):
    """Return `count` lines, each a record with a few random bytes replaced, removed or doubled."""
    letters = b'|0123456789-: \r\n\0\xff\xc3\xa9"\\aZ+'
    out = bytearray()
    for _ in range(count):
        one = bytearray(line[: int(rng.integers(60, len(line) + 1))] if rng.random() < 0.1 else line)
        for _ in range(int(rng.integers(0, 4))):
            at = int(rng.integers(0, len(one)))
            kind = int(rng.integers(0, 3))
            if kind == 0:
                one[at] = letters[int(rng.integers(0, len(letters)))]
            elif kind == 1:
                del one[at]
            else:
                one.insert(at, letters[int(rng.integers(0, len(letters)))])
        out += one + b"\n"
    return bytes(out)


def test_bulk_of_mutated_lines(same, summarise, line, rng):
    data = mutations(rng, line, 30_000)
    outcomes = same(summarise(data), data)
    assert len({outcome for outcome, _ in outcomes}) >= 6


@pytest.mark.parametrize("fields", [17, 18, 19])
def test_uniform_files_of_every_width(same, summarise, line, fields):
    data = b"".join(b"|".join(line.split(b"|")[:fields]) + b"\n" for _ in range(200))
    assert {outcome for outcome, _ in same(summarise(data), data)} == {"record"}


@pytest.mark.parametrize("beyond", range(-2, 4))
def test_texts_about_as_wide_as_the_vectors_take_are_told_apart_by_their_last_byte(same, summarise, line, beyond):
    fields = line.split(b"|")
    route = len(b"|".join(fields[5:9]))
    for place, width in (
        (8, WIDEST_BYTES + beyond - route),
        (16, WIDEST_BYTES + beyond - len(b"|".join(fields[15:17]))),
    ):
        lines = []
        for last in b"abc":
            wider = list(fields)
            wider[place] += b"x" * (width - 1) + bytes([last])
            lines += [b"|".join(wider) + b"\n"] * 30
        data = b"".join(lines)
        same(summarise(data), data)
