"""What the fast path takes: ordinary records of every form need no exact reader, and both read the same."""

from __future__ import annotations

import calendar
from dataclasses import fields
from datetime import datetime

import numpy as np
import pytest

from planner.cdr.format import parse_line
from planner.cdr.sources import PAD, Window
from planner.cdr.step.fields import LOW, WIDEST_BYTES, WORD, Coder, fingerprint, widths
from planner.cdr.step.lines import ABSENT, EMPTY, Coders, prove, record_row

EPOCH = datetime(1, 1, 1)  # noqa: DTZ001  records hold local times


def window(lines, ending=b"\n"):
    data = b"".join(line + ending for line in lines)
    room = bytes(PAD)
    return Window(bytearray(room + data + room), PAD, PAD + len(data), 1000)


def proven(lines, ending=b"\n"):
    """Return the records of lines that must all be taken, having compared them with what the exact reader makes."""
    coders = Coders()
    found = prove(window(lines, ending), coders)
    assert found.odd.tolist() == found.misfits.tolist() == []
    records, at = found.records, 1000
    assert len(records) == len(lines)
    for row, line in enumerate(lines):
        size = len(line) + len(ending)
        exact = record_row(parse_line(line + ending[:-1]), coders, (row, at, size))
        for column in fields(records):
            assert getattr(records, column.name)[row] == getattr(exact, column.name)[0], (column.name, line)
        at += size
    return records


def with_field(line, **texts):
    parts = line.split(b"|")
    for place, text in texts.items():
        parts[int(place[1:])] = text
    return b"|".join(parts)


def test_every_month_of_the_calendar_is_taken(line):
    years = (1, 4, 99, 100, 400, 1000, 1900, 1970, 1999, 2000, 2024, 2026, 2100, 9999)
    days = [
        (year, month, day)
        for year in years
        for month in range(1, 13)
        for day in (1, 9, 10, 19, 28, calendar.monthrange(year, month)[1])
    ]
    clocks = ["00:00:00", "09:19:29", "10:59:01", "19:00:59", "20:39:40", "23:59:59"]
    times = [
        f"{year:04}-{month:02}-{day:02} {clocks[place % len(clocks)]}" for place, (year, month, day) in enumerate(days)
    ]
    lines = [with_field(line, f2=at.encode(), f3=to.encode()) for at, to in zip(times, times[::-1], strict=True)]
    seconds = [int((datetime.fromisoformat(at) - EPOCH).total_seconds()) for at in times]
    records = proven(lines)
    assert records.start.tolist() == seconds
    assert records.stop.tolist() == seconds[::-1]


def test_every_clock_is_taken(line):
    clocks = [f"{hour:02}:{minute:02}:{(hour * 7 + minute) % 60:02}" for hour in range(24) for minute in range(60)]
    records = proven([with_field(line, f2=b"2026-04-26 " + clock.encode()) for clock in clocks])
    first = int((datetime(2026, 4, 26) - EPOCH).total_seconds())  # noqa: DTZ001
    assert (records.start - first).tolist() == [
        hour * 3600 + minute * 60 + (hour * 7 + minute) % 60 for hour in range(24) for minute in range(60)
    ]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_numbers_of_up_to_eight_digits_and_pdds_that_are_empty_or_absent_are_taken(line, ending):
    numbers = [b"0", b"7", b"10", b"999", b"1000", b"65000", b"123456", b"1234567", b"12345678", b"99999999"]
    bare = b"|".join(line.split(b"|")[:17])
    lines, expected = [], []
    for number in numbers:
        for tail, caller, callee in (
            (b"", ABSENT, ABSENT),
            (b"|", EMPTY, ABSENT),
            (b"|" + number, int(number), ABSENT),
            (b"||" + number, EMPTY, int(number)),
            (b"|" + number + b"|", int(number), EMPTY),
            (b"||", EMPTY, EMPTY),
            (b"|3|" + number, 3, int(number)),
        ):
            lines.append(with_field(bare, f4=number) + tail)
            expected.append((int(number), caller, callee))
    records = proven(lines, ending)
    columns = zip(records.hold.tolist(), records.caller_pdd.tolist(), records.callee_pdd.tolist(), strict=True)
    assert list(columns) == expected


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_texts_of_every_width_are_taken(line, ending):
    route = len(b"|".join(line.split(b"|")[5:9])) - len(line.split(b"|")[8])
    billing = len(b"|".join(line.split(b"|")[15:17])) - len(line.split(b"|")[16])
    lines = [with_field(line, f8=b"r" * width) for width in range(WIDEST_BYTES - route + 1)]
    lines += [with_field(line, f16=b"b" * width) for width in range(WIDEST_BYTES - billing + 1)]
    lines += [with_field(line, f0=b"5" * width, f1=b"7" * (40 - width)) for width in range(41)]
    # The least and the greatest characters of every length of UTF-8, and a whole alphabet.
    lines += [
        with_field(line, f9=text.encode()) for text in ("\x7f\x80", "\u07ff\u0800", "\ud7ff\ue000", "\uffff\U00010000")
    ]
    lines += [with_field(line, f7="\U0010ffff".encode(), f10="北京 Köln Москва".encode())]
    proven(lines, ending)


def test_what_is_wider_is_left_to_the_exact_reader(line):
    route = len(b"|".join(line.split(b"|")[5:9])) - len(line.split(b"|")[8])
    wide = with_field(line, f8=b"r" * (WIDEST_BYTES - route + 1))
    found = prove(window([line, wide, line]), Coders())
    assert (found.odd.tolist(), found.records.line.tolist()) == ([1], [0, 2])


def test_a_span_takes_the_fewest_words_that_hold_it():
    assert [widths(size) for size in (0, 1, 8, 9, 16, 17, 24, 25, 32, 33, 48, 49, 64, 65, 96, 97, 128)] == [
        1, 1, 1, 2, 2, 3, 3, 4, 4, 6, 6, 8, 8, 12, 12, 16, 16,
    ]  # fmt: skip
    assert widths(WIDEST_BYTES + 1) is None
    assert WIDEST_BYTES == 16 * WORD
    for words, masks in LOW.items():
        kept = (masks.astype("<u8").view(np.uint8) // 255).reshape(-1, words * WORD)
        assert kept.tolist() == [[1] * size + [0] * (words * WORD - size) for size in range(words * WORD + 1)]


def encoded(coder, words):
    buffer = bytearray(bytes(PAD) + b"".join(words) + bytes(PAD))
    lengths = np.array([len(word) for word in words], np.int64)
    return coder.encode(buffer, PAD + np.cumsum(lengths) - lengths, lengths).tolist()


@pytest.mark.parametrize("many", [5, 255, 256, 257, 2000])
def test_words_that_recur_are_found_without_being_looked_up_by_their_text(many, monkeypatch):
    words = [b"gw-%d" % number + b"x" * (number % 110) for number in range(many)]
    coder = Coder(lambda span: (fingerprint(span), len(span)))
    codes = encoded(coder, words)
    assert sorted(codes) == list(range(many))
    assert [coder.keys[code] for code in codes] == words
    assert coder.prints.tolist() == [[fingerprint(word), len(word)] for word in coder.keys]
    missed = dict.fromkeys(("_encode_missed", "_learn"), 0)

    def count(name):
        whole = getattr(Coder, name)

        def counting(self, *spans):
            missed[name] += len(spans[1])
            return whole(self, *spans)

        monkeypatch.setattr(Coder, name, counting)

    count("_encode_missed")
    count("_learn")
    again = words[::-1] + words
    assert encoded(coder, again) == codes[::-1] + codes
    # The first table of 65,536 slots holds nearly all of them, the second nearly all that fall into a slot taken.
    assert missed["_encode_missed"] <= 2 * (1 + many // 30)
    assert missed["_learn"] <= 2 * (many // 500)


def test_words_alike_but_for_their_length_or_a_byte_differ():
    words = [
        b"",
        b"\0",
        b"a",
        b"a\0",
        b"aa",
        b"b" * 8,
        b"b" * 9,
        b"b" * 7 + b"c",
        b"b" * 8 + b"c",
        b"d" * 128,
        b"d" * 127 + b"e",
    ]
    coder = Coder()
    codes = encoded(coder, words * 3)
    assert [coder.keys[code] for code in codes] == words * 3
    assert [coder.code(word) for word in words] == codes[: len(words)]
    assert len(coder) == len(words)
