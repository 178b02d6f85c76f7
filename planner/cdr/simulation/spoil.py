"""Sound lines turned into bad ones: one way after another for each reason, so that every way occurs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cdr.format import cdr_format

if TYPE_CHECKING:
    from collections.abc import Callable

SEPARATOR = b"|"
FULL_WIDTH_TWELVE = "\uff11\uff12".encode()
BAD_BYTES = (b"\xff", b"\xc0\xaf", b"\xe2\x82", b"\xed\xa0\x80", b"\0", b"\x80", b"\xf8\x88\x80\x80\x80")
BAD_INTEGERS = (
    b"+1", b"-1", b"1e3", b"1.5", b" 7", b"7 ", b"N/A", b"0x10", b"1234567890", b"1_000",
    b'"7"', FULL_WIDTH_TWELVE,
)  # fmt: skip
ODD_TEXTS = (
    b'"', b"O'Hara", b"back\\slash", b'"Example, Inc."', b"\xc3\xa9t\xc3\xa9", b"\\", b"#1", b"a,b;c",
    b"a\rb", b"\xf0\x9f\x93\x9e", b" \t ",
)  # fmt: skip


def _bad_instants(sound: bytes) -> tuple[bytes, ...]:
    day, clock = sound[:10], sound[11:]
    return (
        b"", sound[:4] + b"-02-30 " + clock, day + b" 24:00:00", day + b" 23:59:60", day + b"T" + clock,
        day + b" " + clock[:5], b" " + sound, sound + b"Z", b"0000-00-00 00:00:00", day + b" 12:60:00",
        sound[:5] + b"13" + sound[7:], sound[2:], b"1777204818000", sound.replace(b"-", b"/"),
    )  # fmt: skip


def _empty(_: list[bytes], __: int) -> list[bytes]:
    return [b""]


def _length(fields: list[bytes], way: int) -> list[bytes]:
    limit = cdr_format().limits["line_bytes"]
    return [*fields[:11], b"5" * (limit + 1 + way % 7), *fields[12:]]


def _encoding(fields: list[bytes], way: int) -> list[bytes]:
    spoiled = list(fields)
    # The numbers, the gateways and the last field in turn.
    place = (0, 7, 11, len(fields) - 1)[way // len(BAD_BYTES) % 4]
    spoiled[place] = spoiled[place][:2] + BAD_BYTES[way % len(BAD_BYTES)] + spoiled[place][2:]
    return spoiled


def _fields(fields: list[bytes], way: int) -> list[bytes]:
    ways = (
        fields[:16], fields[:12], fields[:1], [*fields, *[b"0"] * 4], [*fields, *[b""] * 27],
        [b";".join(fields)], [b",".join(fields)], [*fields[:3], *fields], [b"#" + fields[0]],
    )  # fmt: skip
    return list(ways[way % len(ways)])


def _instant(index: int) -> Callable[[list[bytes], int], list[bytes]]:
    def spoil(fields: list[bytes], way: int) -> list[bytes]:
        ways = _bad_instants(fields[index])
        return [*fields[:index], ways[way % len(ways)], *fields[index + 1 :]]

    return spoil


def _hold_time(fields: list[bytes], way: int) -> list[bytes]:
    ways = (b"", *BAD_INTEGERS)
    return [*fields[:4], ways[way % len(ways)], *fields[5:]]


def _pdd(fields: list[bytes], way: int) -> list[bytes]:
    place = 17 + way // len(BAD_INTEGERS) % 2
    return [*fields[:place], BAD_INTEGERS[way % len(BAD_INTEGERS)], *fields[place + 1 :]]


def _odd_text(fields: list[bytes], way: int) -> list[bytes]:
    place = 11 + way // len(ODD_TEXTS) % 2
    return [*fields[:place], ODD_TEXTS[way % len(ODD_TEXTS)], *fields[place + 1 :]]


SPOILERS = {
    "empty": _empty,
    "length": _length,
    "encoding": _encoding,
    "fields": _fields,
    "start_time": _instant(2),
    "stop_time": _instant(3),
    "hold_time": _hold_time,
    "pdd": _pdd,
    "odd_text": _odd_text,
}


def spoil(content: bytes, kind: str, way: int) -> bytes:
    """Return a line's content (without line end) damaged in the `way`-th way of its kind."""
    return SEPARATOR.join(SPOILERS[kind](content.split(SEPARATOR), way))


def torn(content: bytes, way: int) -> bytes:
    """Return the beginning of a line as a killed writer leaves it: at least a byte, never 17 fields."""
    fields = content.split(SEPARATOR)
    whole = SEPARATOR.join(fields[: 1 + way % 16])
    return whole[: max(1, len(whole) - way % 5)]
