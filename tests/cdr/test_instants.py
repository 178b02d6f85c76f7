"""A table of times that are none, each alone among good lines."""

from __future__ import annotations

import numpy as np
import pytest

from planner.cdr.step.fields import read_integers

WRONG = [
    "2026-04-26 24:00:00",
    "2026-04-26 23:60:00",
    "2026-04-26 23:59:60",
    "2026-02-30 00:00:00",
    "2026-02-29 00:00:00",
    "2026-13-01 00:00:00",
    "2026-00-01 00:00:00",
    "2026-01-00 00:00:00",
    "2026-01-32 00:00:00",
    "0000-01-01 00:00:00",
    "9999-99-99 99:99:99",
    "2026/04/26 12:00:00",
    "2026-04-26T12:00:00",
    "1900-02-29 00:00:00",
]


@pytest.mark.parametrize("text", WRONG)
@pytest.mark.parametrize("place", [(2, "start_time"), (3, "stop_time")])
def test_times_that_are_none(same, summarise, line, text, place):
    field, reason = place
    fields = line.split(b"|")
    fields[field] = text.encode()
    data = line + b"\n" + b"|".join(fields) + b"\n" + line + b"\n"
    assert [outcome for outcome, _ in same(summarise(data), data)] == ["record", reason, "record"]


@pytest.mark.parametrize("length", range(1, 9))
@pytest.mark.parametrize("digit", b"059")
def test_all_digits_are_proven_and_no_other_byte_is(length, digit):
    fields = [
        bytes(other if here == place else digit for here in range(length))
        for place in range(length)
        for other in range(256)
    ]
    buffer = bytearray(b"|" * 8 + b"|".join(fields) + b"|" * 8)
    ends = 8 + length + (length + 1) * np.arange(len(fields))
    values, proven = read_integers(buffer, ends, np.full(len(fields), length))
    assert proven.tolist() == [each.isdigit() for each in fields]
    assert values[proven].tolist() == [int(each) for each in fields if each.isdigit()]
