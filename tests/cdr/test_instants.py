"""A table of times that are none, each alone among good lines."""

from __future__ import annotations

import pytest

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
