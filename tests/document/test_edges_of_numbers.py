"""Where one reading of a number, a version or a unit ends and the next begins."""

from __future__ import annotations

import pytest

from planner.catalogue.quantity import QuantityError, parse_quantity
from planner.catalogue.units import LONGEST, finite, measure, number, quoted, split_number
from planner.document.mysql import KernelProblem, kernel_integers, option_integer, server_groups, server_version

GROUPS = "mysqld server mysqld-{0}"
SEPARATED = " is not a number: numbers have no separators but a decimal point"
OCTAL = " has a leading zero, which some programs read as octal"
MARIADB = f"{GROUPS} mariadb mariadb-{{0}} client-server"


@pytest.mark.parametrize(
    ("text", "numbers", "is_mariadb"),
    [
        ("5.7.30", (5, 7, 30), False),
        ("5.5.68-MariaDB", (5, 5, 68), True),
        ("9", (9,), False),
        ("9.99", (9, 99), False),
        ("10", (10,), True),
        ("25.1", (25, 1), True),
        ("26", (26,), False),
        ("ver 8.4 for Linux", (8, 4), False),
        ("1234567890123.1", (123456789, 1), False),
    ],
)
def test_which_server_a_version_is_of(text, numbers, is_mariadb):
    found = server_version(text)
    assert (found.numbers, found.is_mariadb) == (numbers, is_mariadb)
    assert found.base == ".".join(map(str, numbers[:2]))


@pytest.mark.parametrize(
    ("version", "asked", "reaches"),
    [
        ("8.0.13", (8, 0, 14), False),
        ("8.0.14", (8, 0, 14), True),
        ("8.0.15", (8, 0, 14), True),
        ("8.0", (8, 0, 14), True),
        ("8", (8, 0, 14), True),
        ("7.9.99", (8, 0, 14), False),
        ("9.0", (8, 0, 14), True),
    ],
)
def test_a_version_reaches_what_its_newest_release_does(version, asked, reaches):
    assert server_version(version).reaches(asked) is reaches


@pytest.mark.parametrize(
    ("version", "groups"),
    [
        ("8.4.1", GROUPS.format("8.4")),
        ("10.0.38", MARIADB.format("10.0")),
        ("10.1.1", f"{MARIADB.format('10.1')} galera"),
        ("10.3.39", f"{MARIADB.format('10.3')} galera"),
        ("10.4.1", f"{MARIADB.format('10.4')} galera mariadbd mariadbd-10.4"),
    ],
)
def test_the_groups_a_release_reads(version, groups):
    assert server_groups(server_version(version)) == tuple(groups.split())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0),
        ("0", 0),
        ("000", 0),
        ("1k", 2**10),
        ("1M", 2**20),
        ("3g", 3 * 2**30),
        ("1T", 2**40),
        ("1p", 2**50),
        ("2E", 2**61),
        ("k", 0),
        ("+7", 7),
        ("-7", -7),
        ("-2k", -2048),
        (" \t\n\v\f\r12", 12),
        ("512MB", 512 * 2**20),
        (str(2**64 - 1), 2**64 - 1),
        ("0" * 30 + "9", 9),
    ],
)
def test_numbers_of_options(text, value):
    assert option_integer(text) == value


@pytest.mark.parametrize(
    ("text", "version", "offset", "said"),
    [
        (str(2**64), None, 0, "the number does not fit into 64 bits"),
        ("1" + "0" * 20, None, 0, "the number does not fit into 64 bits"),
        ("  1" + "0" * 30, None, 2, "the number does not fit into 64 bits"),
        ("12x", None, 2, "'x' is no suffix; K, M, G, T, P, E are"),
        ("12T", "8.0.13", 2, "'T' is no suffix; K, M, G are"),
        ("-", None, 0, "'-' is no suffix; K, M, G, T, P, E are"),
        (" +x", None, 1, "'+' is no suffix; K, M, G, T, P, E are"),
        ("-5%", None, 2, "'%' is no suffix; K, M, G, T, P, E are"),
    ],
)
def test_numbers_no_server_takes(text, version, offset, said):
    problem = option_integer(text, version and server_version(version))
    assert (problem.offset, problem.message) == (offset, said)


@pytest.mark.parametrize("version", ["8.0.14", "8.0", "8.4", "10.0.1", "5.5.5-MariaDB"])
def test_the_large_letters_are_known_since(version):
    assert option_integer("1T", server_version(version)) == 2**40


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0x1F 017 -0x2 -03", (31, 15, -2, -3)),
        ("0" * 20, (0,)),
        ("0" * 21, "a number of 21 characters; the kernel reads at most 20"),
        ("5 " + "0" * 20, (5, 0)),
        ("5 " + "0" * 21, "a number of 21 characters; the kernel reads at most 20"),
        ("5 6k", "'k' follows a number; the kernel knows no suffixes, signs or decimal points"),
        ("-" + "1" * 19, (-1111111111111111111,)),
        ("-" + "1" * 20, "a number of 21 characters; the kernel reads at most 20"),
        (str(2**64 - 1), (2**64 - 1,)),
        (str(2**64), "the number does not fit into 64 bits"),
        ("0xfffffffffffffffff", (2**68 - 1,)),
        ("", "the value is empty"),
        (" \t\n", "the value is empty"),
        ("ä", "'ä' (U+00E4) begins no number"),
        ("x", "'x' begins no number"),
        ("5k", "'k' follows a number; the kernel knows no suffixes, signs or decimal points"),
    ],
)
def test_numbers_of_the_kernel(text, found):
    read = kernel_integers(text)
    assert (read.message if isinstance(read, KernelProblem) else read) == found


UNITS = {
    "duration": "us 0.000001, ms 0.001, s 1, sec 1, secs 1, second 1, seconds 1, m 60, min 60, mins 60, minute 60, "
    "minutes 60, h 3600, hr 3600, hrs 3600, hour 3600, hours 3600, d 86400, day 86400, days 86400, w 604800, "
    "week 604800, weeks 604800",
    "size": "b 1, byte 1, bytes 1, kB 1e3, MB 1e6, gb 1e9, TB 1e12, PB 1e15, k 1024, M 1048576, G 1073741824, "
    "T 1099511627776, P 1125899906842624, KiB 1024, MiB 1048576, gib 1073741824, TiB 1099511627776, "
    "PiB 1125899906842624",
    "rate": "bps 1, bit/s 1, b/s 1, kbps 1e3, Kbps 1e3, Mbit/s 1e6, Gbit 1e9, Tb/s 1e12, GbE 1e9, Pbps 1e15, k 1e3, "
    "M 1e6, G 1e9, 10GBE 1e10",
}


@pytest.mark.parametrize(("kind", "unit", "worth"), [
    (kind, *pair.split()) for kind, pairs in UNITS.items() for pair in pairs.split(", ")
])  # fmt: skip
def test_what_each_unit_is_worth(kind, unit, worth):
    text = unit if unit[0].isdigit() else f"1{unit}"
    assert measure(kind, text, "") == float(worth)
    assert measure(kind, f" {text} ", "") == float(worth)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("size", "1Kb"),
        ("size", "1Gb"),
        ("size", "1xb"),
        ("size", "1Gbit"),
        ("rate", "1GB"),
        ("rate", "1mBps"),
        ("duration", "1S"),
        ("duration", "1M"),
        ("duration", "1Min"),
        ("duration", "1month"),
        ("rate", "1BPS"),
        ("size", "1\u2126"),
    ],
)
def test_what_is_no_unit(kind, text):
    with pytest.raises(QuantityError) as refused:
        measure(kind, text, "")
    assert refused.value.rule == "unit-impossible"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (9.9e299, 9.9e299),
        (-9.9e299, -9.9e299),
        (1e-12, 1e-12),
        (-1e-12, -1e-12),
        (0.0, 0),
        (-3.0, -3),
        (2.0**53 - 1, 2**53 - 1),
        (1 - 2.0**53, 1 - 2**53),
        (2.0**53, 2.0**53),
        (0.5, 0.5),
        (7, 7),
    ],
)
def test_numbers_in_bounds(value, read):
    assert repr(finite(value, "")) == repr(read)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1e300, "the number is too large for any quantity"),
        (-1e300, "the number is too large for any quantity"),
        (2 * 10**300, "the number is too large for any quantity"),
        (9.9e-13, "the number is too small for any quantity"),
        (-9.9e-13, "the number is too small for any quantity"),
    ],
)
def test_numbers_out_of_bounds(value, said):
    with pytest.raises(QuantityError) as refused:
        finite(value, "x")
    assert (str(refused.value), refused.value.expected) == (said, "x")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("7", 7),
        ("+7", 7),
        ("-7", -7),
        ("7.0", 7),
        ("0", 0),
        ("-0.5", -0.5),
        (".5", 0.5),
        ("1e2", 100),
        ("1e-2", 0.01),
        ("9" * LONGEST, int("9" * LONGEST)),
        (" 5 ", 5),
    ],
)
def test_decimals(text, read):
    assert repr(number(text, "")) == repr(read)


@pytest.mark.parametrize(
    ("text", "rule", "said", "right"),
    [
        ("9" * 41, "wrong-type", f"`{'9' * 41}` has 41 characters, too many for a number", "a number"),
        ("007", "leading-zero-number", f"`007`{OCTAL}", "7, without the zero"),
        ("-01.5", "leading-zero-number", f"`-01.5`{OCTAL}", "1.5, without the zero"),
        ("00", "leading-zero-number", f"`00`{OCTAL}", "0, without the zero"),
        ("-Inf", "wrong-type", "`-Inf` is not a finite number", "a number"),
        ("1.", "wrong-type", "`1.` is not a number", "a number"),
        ("1_000", "wrong-type", f"`1_000`{SEPARATED}", "a number"),
        ("0,45", "wrong-type", f"`0,45`{SEPARATED}", "a number"),
        ("1.000.000,5", "wrong-type", f"`1.000.000,5`{SEPARATED}", "a number"),
        ("1,", "wrong-type", "`1,` is not a number", "a number"),
        ("1e1000", "wrong-type", "`1e1000` is not a number", "a number"),
    ],
)
def test_what_is_no_decimal(text, rule, said, right):
    with pytest.raises(QuantityError) as refused:
        number(text, "a number")
    assert (refused.value.rule, str(refused.value), refused.value.expected) == (rule, said, right)


def test_a_value_is_quoted_whole_up_to_sixty_characters():
    assert quoted("x" * 60) == f"`{'x' * 60}`"
    assert quoted("x" * 61) == f"`{'x' * 57}...`"
    assert [quoted(each) for each in (True, False, None, 5, " a \n b\t")] == [
        "`true`",
        "`false`",
        "`null`",
        "`5`",
        "`a b`",
    ]
    assert quoted("a\u200bb\x1b") == "`a<U+200B>b<U+001B>`"
    assert split_number(" 1.5 GB ") == ("1.5", "GB")
    assert split_number(" GB ") == ("", "GB")


@pytest.mark.parametrize(
    ("kind", "raw", "unit", "read"),
    [
        ("duration", "1h30m5s", "", 5405),
        ("duration", " 1 h 30 m ", "", 5400),
        ("duration", "2d12h", "", 216_000),
        ("duration", "1.5h0.5m", "", 5430),
        ("duration", "3", "min", 180),
        ("duration", 3, "min", 180),
        ("duration", 1.5, "h", 5400),
        ("days", "36h", "", 1.5),
        ("days", "3", "", 3),
        ("size", "0.07GB", "", 70_000_000),
        ("size", "1.0005kB", "", 1000.5),
        ("size", "0.4b", "", 0.4),
        ("size", "1e-7b", "", 1e-7),
        ("size", "0", "", 0),
        ("ratio", "100%", "", 1),
        ("ratio", " 2.5 % ", "", 0.025),
        ("count", "+5", "", 5),
        ("count", "-5", "", -5),
        ("count", 5.0, "", 5),
        ("switch", " ON ", "", True),
        ("switch", 1.0, "", True),
        ("switch", "n", "", False),
    ],
)  # fmt: skip
def test_quantities(kind, raw, unit, read):
    found = parse_quantity(kind, raw, unit)
    assert (found, type(found)) == (read, type(read))


@pytest.mark.parametrize(("kind", "raw"), [("count", "5e0"), ("count", "5.0"), ("count", 5.5), ("duration", "1h30")])
def test_no_quantities(kind, raw):
    with pytest.raises(QuantityError):
        parse_quantity(kind, raw)
