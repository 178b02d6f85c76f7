"""The sums a summary is made of, at their edges and against plain counting."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest

from planner.cdr.format import limit
from planner.cdr.summary import changes as changes_module
from planner.cdr.summary import samples
from planner.cdr.summary.batch import leading_digits
from planner.cdr.summary.changes import (
    HOUR,
    HOUR_BITS,
    SECOND_BITS,
    Block,
    Changes,
    Opened,
    Shelf,
    SortedTally,
    Strays,
    Sweep,
    Tally,
    _smallest,
    group_starts,
    slots_of,
    summed,
    tally,
)
from planner.cdr.summary.samples import DAY, Histogram, Sample, Timeline, mix, narrowest
from planner.cdr.summary.summary import (
    Example,
    Examples,
    FileFacts,
    Row,
    Stretch,
    Summary,
    Table,
    _between,
    usual_interval,
)


def array(*values):
    return np.array(values, np.int64)


def test_a_histogram_counts_every_value_of_0_or_more(rng):
    found, other, wanted = Histogram(8), Histogram(8), Counter()
    batches = [[], [0], [7], [8], [-2, -1], [-1, 0, 3, 7, 8, 9, 1000], [5], [12, 12]]
    batches += [rng.integers(-3, 12, 50).tolist() for _ in range(5)]
    for number, batch in enumerate(batches):
        (other if number % 3 == 0 else found).add(np.array(batch, np.int64))
        wanted.update(value for value in batch if value >= 0)
    for values, counts in (([7, 8, 0], [2, 3, 1]), ([9], [4]), ([1], [5])):
        found.add_counted(array(*values), array(*counts))
        wanted.update(dict(zip(values, counts, strict=True)))
    found.merge(other)
    values, counts = found.counted()
    assert dict(zip(values.tolist(), counts.tolist(), strict=True)) == wanted
    assert values.tolist() == sorted(wanted)


@pytest.mark.parametrize(
    ("low", "high", "name"),
    [
        (0, 0, "int8"),
        (-128, 127, "int8"),
        (0, 128, "int16"),
        (-129, 0, "int16"),
        (-32768, 32767, "int16"),
        (0, 32768, "int32"),
        (-32769, 0, "int32"),
        (0, 2**31 - 1, "int32"),
        (0, 2**31, "int64"),
    ],
)
def test_counts_are_kept_in_the_narrowest_type(low, high, name):
    assert narrowest(array(low, high)) == np.dtype(name)


def told(timeline):
    """Return what was counted by slot, having looked that slots ascend and each stands once."""
    found, last = {}, None
    for slots, counts in timeline.pieces():
        for slot, column in zip(slots.tolist(), counts.T.tolist(), strict=True):
            assert last is None or slot > last
            last = slot
            if any(column):
                found[slot] = column
    return found


FIRST = 740_000 * DAY
SPREADS = {
    "one second": [0] * 70,
    "over midnight": list(range(DAY - 40, DAY + 40)),
    "just dense": [0, 2 * DAY - 1] * 40,
    "just apart": [0, 2 * DAY] * 40,
    "few": [0, 5, 5, 2 * DAY - 1],
    "63": list(range(63)),
    "64": list(range(64)),
    "many and a damaged date": [*range(100), 900 * DAY],
    "few near and many apart": [0, 1, 2, *(day * DAY for day in range(3, 90))],
    "near by a day less 2 s": [DAY] * 70 + [1, 2, 2 * DAY - 2, 2 * DAY - 1, 9 * DAY],
    "the year 1": [-FIRST + 5] * 80,
    "none": [],
}


@pytest.mark.parametrize("spread", sorted(SPREADS))
def test_a_timeline_counts_by_slot(spread):
    slots = np.array(SPREADS[spread], np.int64) + FIRST
    parts, whole, wanted = [Timeline(2), Timeline(2)], Timeline(2), defaultdict(lambda: [0, 0])
    for number, timeline in enumerate((*parts, parts[0])):
        rises, falls = slots + number, slots[: slots.size // 2] + 3 * number
        timeline.add({0: (slots,), 1: (slots, rises)}, {1: falls})
        for at in slots.tolist():
            wanted[at][0] += 1
            wanted[at][1] += 1
        for row, column, sign in ((1, rises, 1), (1, falls, -1)):
            for at in column.tolist():
                wanted[at][row] += sign
    for part in (*parts, Timeline(2)):
        whole.merge(part)
    expected = {at: counts for at, counts in wanted.items() if any(counts)}
    assert told(whole) == expected
    assert told(whole) == expected


def test_the_hours_of_a_timeline_and_how_many_of_their_slots_are_used():
    timeline = Timeline(1)
    slots = [FIRST, FIRST, FIRST + 3599, FIRST + 3600, FIRST + DAY, FIRST + 400 * DAY + 7200]
    for many in (slots, slots * 20):
        timeline.add({0: (np.array(many),)}, {})
        hours, used = timeline.hours()
        assert (hours - FIRST // HOUR).tolist() == [0, 1, 24, 400 * 24 + 2]
        assert used.tolist() == [2, 1, 1, 1]
    assert [column.tolist() for column in Timeline(1).hours()] == [[], []]


def test_a_timeline_holds_more_than_its_first_type_does():
    timeline = Timeline(1)
    for _ in range(3):
        timeline.add({0: (np.full(30_000, FIRST + 9),)}, {})
    timeline.add({0: (np.full(70, FIRST + 10),)}, {0: np.full(300, FIRST + 11)})
    assert told(timeline) == {FIRST + 9: [90_000], FIRST + 10: [70], FIRST + 11: [-300]}


def test_strays_beyond_a_number_are_added_up(monkeypatch):
    monkeypatch.setattr(samples, "_STRAYS", 5)
    timeline = Timeline(1)
    for _ in range(4):
        timeline.add({0: (array(FIRST, FIRST + 900 * DAY, FIRST),)}, {})
        assert sum(piece.slots.size for piece in timeline.strays) <= 10
    assert told(timeline) == {FIRST: [8], FIRST + 900 * DAY: [4]}


def test_a_sample_keeps_the_hours_with_the_smallest_fingerprints(monkeypatch):
    monkeypatch.setattr(samples, "limit", {"sample_calls": 3, "sample_attempts": 2}.__getitem__)
    rows = np.array(
        [
            [50, 20, 10, 20, 30, 40, 20, 10],  # calls
            [5, 2, 1, 3, 3, 4, 1, 1],  # attempts
            [9, 9, 9, 9, 9, 9, 8, 9],  # gateways
            [1, 1, 1, 1, 1, 1, 1, 2],  # how often
        ],
        np.uint64,
    )
    wanted = [[10, 20, 20, 30], [1, 1, 2, 3], [9, 8, 9, 9], [3, 1, 1, 1]]
    for order in (slice(None), slice(None, None, -1)):
        whole, other = Sample(), Sample()
        whole.add(rows[:, order][:, :4])
        other.add(rows[:, order][:, 4:])
        other.compact()
        whole.merge(other)
        assert whole.rows().tolist() == wanted
        assert (whole.full, int(whole.bound)) == (True, 30)
    few = Sample()
    few.add(rows[:, [2, 4, 5]])
    assert few.rows()[0].tolist() == [10, 30, 40]
    assert (few.full, int(few.bound)) == (False, 2**64 - 1)
    assert Sample().rows().shape == (4, 0)


def test_prints_differ_in_every_part_and_in_their_order():
    made = [
        tuple(np.array([number], np.uint64) for number in parts) for parts in ((1, 2), (2, 1), (1, 3), (2, 2), (1,))
    ]
    assert len({int(mix(*parts)[0]) for parts in made}) == 5


@pytest.mark.parametrize(
    ("most", "code"), [(0, "<i1"), (127, "<i1"), (128, "<i2"), (32767, "<i2"), (32768, "<i8"), (2**40, "<i8")]
)
def test_changes_are_kept_in_the_smallest_type(most, code):
    assert _smallest(array(1, most)) == _smallest(array(1, -most)) == code
    assert _smallest(array()) == "<i1"


def test_runs_begin_where_a_value_differs_from_the_one_before():
    assert group_starts(array(3, 3, 4, 4, 4, 3)).tolist() == [0, 2, 5]
    assert group_starts(array(7)).tolist() == [0]
    assert group_starts(array()).tolist() == []


@pytest.mark.parametrize("kind", [Tally, SortedTally])
@pytest.mark.parametrize("hours", [1, 2, 40])
@pytest.mark.parametrize("keys", [1, 5])
def test_rises_and_falls_are_netted(kind, hours, keys, rng):
    made = kind(*(hours, keys, 100)[: 2 + (kind is SortedTally)])
    owners, slots = rng.integers(0, keys, 100), rng.integers(0, 12, 100) + (rng.integers(0, hours, 100) << HOUR_BITS)
    owners[:2], slots[:2] = (0, keys - 1), (0, (hours << HOUR_BITS) - 1)
    wanted = Counter()
    for part, rises in ((slice(30), True), (slice(30, 70), False), (slice(70, 100), True)):
        made.add(owners[part] * made.stride, slots[part], rises=rises)
        for owner, slot in zip(owners[part].tolist(), slots[part].tolist(), strict=True):
            cell = (owner << HOUR_BITS) + slot % (1 << HOUR_BITS)
            wanted[slot >> HOUR_BITS, cell] += 1 if rises else -1
    found = list(made.netted())
    assert [hour for hour, *_ in found] == sorted({hour for hour, *_ in found})
    assert all(cells.tolist() == sorted(set(cells.tolist())) for _, cells, _ in found)
    told = {(hour, cell): n for hour, *both in found for cell, n in zip(*map(list, both), strict=True) if n}
    assert told == {place: n for place, n in wanted.items() if n}


def test_few_events_in_many_cells_are_sorted():
    cells = 3 * 2 << HOUR_BITS
    assert isinstance(tally(3, 2, cells // 4), Tally)
    assert isinstance(tally(3, 2, cells // 4 - 1), SortedTally)


def test_a_slot_is_an_hour_a_kind_and_a_second():
    times = array(0, 3599, 3600, 7 * HOUR + 12)
    assert slots_of(times, 1).tolist() == [1 << 12, (1 << 12) + 3599, 3 << 12, (7 << 13) + (1 << 12) + 12]


def cell(row, second):
    return row << SECOND_BITS | second


@pytest.mark.parametrize("small", [0, 1 << 13])
def test_a_block_gives_back_its_cells_warm_or_cold(small, monkeypatch):
    monkeypatch.setattr("planner.cdr.summary.changes._SMALL", small)
    cells = array(cell(0, 0), cell(0, 1), cell(0, 3599), cell(2, 255), cell(2, 256), cell(5, 3600 - 1))
    for numbers in (array(1, -1, 127, -127, 5, 6), array(1, -1, 128, 2, 5, -40_000)):
        block = Block.of((b"a", b"b", b"c"), cells, numbers)
        for _ in range(2):
            opened = block.opened(block.rows)
            for begin, end, wanted in ((0, 6, range(6)), (0, 2, range(3)), (1, 5, (3, 4)), (3, 5, ()), (5, 6, (5,))):
                found = opened.cells(begin, end)
                assert found[0].tolist() == cells[list(wanted)].tolist()
                assert found[1].tolist() == numbers[list(wanted)].tolist()
            some = block.opened(np.array([-1, 4, 7]))
            assert Opened.cells(some, 0, 9)[0].tolist() == [cell(4, 255), cell(4, 256), cell(7, 3599)]
            block.cool(Shelf())
            assert block.cold == (small == 0)
            assert block.hot == 0


def test_an_executor_without_zstandard_packs_blocks_that_others_read(monkeypatch):
    def missing():
        raise ImportError

    monkeypatch.setattr("planner.cdr.summary.changes._SMALL", 0)
    cells, numbers = array(cell(0, 7), cell(1, 3599)), array(1, -1)
    blocks = [Block.of((b"a",), cells, numbers) for _ in range(2)]
    blocks[0].cool(Shelf())
    monkeypatch.setattr("planner.cdr.summary.changes._packer", missing)
    blocks[1].cool(Shelf())
    for block in blocks:
        assert [column.tolist() for column in block.opened(block.rows).cells(0, 2)] == [cells.tolist(), [1, -1]]


def test_cells_that_stand_twice_are_added_up():
    cells, sums = summed(array(5, 2, 5, 9), np.array([100, 1, 100, -3], np.int8))
    assert (cells.tolist(), sums.tolist()) == ([2, 5, 9], [1, 200, -3])
    assert [column.size for column in summed(array(), array())] == [0, 0]


def fed(rng, keys, hours):
    """Return changes of some keys, added in several ways, and the same as a plain count."""
    made, wanted = Changes(), Counter()
    for hour in hours:
        count = int(rng.choice([3, 63, 64, 300]))
        rows, seconds = rng.integers(0, 2 * len(keys), count), rng.integers(0, HOUR, count)
        values = rng.integers(1, 5, count) * rng.choice([-1, 1], count)
        made.add(keys, hour, *summed((rows << SECOND_BITS) + seconds, values))
        for row, second, value in zip(rows.tolist(), seconds.tolist(), values.tolist(), strict=True):
            wanted[keys[row // 2], row % 2, hour * HOUR + second] += value
    return made, wanted


def counted(made, keys, *hours):
    found, last = Counter(), -1
    for chunk in made.chunks(keys, *hours):
        assert chunk.times.size == chunk.sizes.sum()
        rows = chunk.rows.repeat(chunk.sizes).tolist()
        assert rows == sorted(rows)
        assert int(chunk.times.min()) // HOUR >= last
        last = int(chunk.times.max()) // HOUR
        for row, at, value in zip(rows, chunk.times.tolist(), chunk.changes.tolist(), strict=True):
            found[sorted(keys)[row // 2], row % 2, at] += value
    return {place: n for place, n in found.items() if n}


KEYS = tuple(sorted(b"gw-%d" % number for number in range(7)))


@pytest.mark.parametrize("small", [False, True], ids=["usual", "tiny limits"])
def test_changes_add_up_by_key_and_second(small, rng, monkeypatch):
    if small:
        for name, value in (("_STRAYS", 40), ("_HOT", 500), ("_CROWD", 2), ("_BAND", 64)):
            monkeypatch.setattr(changes_module, name, value)
    made, wanted = fed(rng, KEYS, [5, 5, 6, 9, 9, 9, 40, 7, 5])
    for hours in ([5, 9], [8, 41, 9, 9, 9]):
        other, more = fed(rng, KEYS[2:5], hours)
        made.merge(other)
        wanted.update(more)
    every = {place: n for place, n in wanted.items() if n}
    assert counted(made, KEYS) == every
    assert counted(made, KEYS, 6, 9) == {place: n for place, n in every.items() if 6 * HOUR <= place[2] < 9 * HOUR}
    assert counted(made, KEYS[1:3]) == {place: n for place, n in every.items() if place[0] in KEYS[1:3]}
    made.keep_keys(KEYS[:4])
    assert counted(made, KEYS) == {place: n for place, n in every.items() if place[0] in KEYS[:4]}


def levels(changes, key, kind):
    level, best, at = 0, 0, None
    for time, value in sorted((place[2], n) for place, n in changes.items() if place[:2] == (key, kind)):
        level += value
        if level > best:
            best, at = level, time
    return level, best, at


def test_closed_hours_keep_the_peak_and_the_sum(rng):
    made, wanted = fed(rng, KEYS, [5, 6, 7, 9, 12])
    every = {place: n for place, n in wanted.items() if n}
    inside = {place: n for place, n in every.items() if 6 * HOUR <= place[2] < 10 * HOUR}
    made.close(6, 10)
    found = counted(made, KEYS)
    assert {p: n for p, n in found.items() if p[2] < 6 * HOUR or p[2] >= 10 * HOUR} == {
        p: n for p, n in every.items() if p not in inside
    }
    for key in KEYS:
        for kind in (0, 1):
            kept = {p: n for p, n in found.items() if p[:2] == (key, kind) and p not in (every.keys() - inside.keys())}
            total, best, at = levels(inside, key, kind)
            assert levels(kept, key, kind)[:2] == (total, best)
            steps = {p[2]: n for p, n in kept.items()}
            assert steps == {t: n for t, n in ((at, best), (10 * HOUR - 1, total - best)) if n}


def test_what_is_closed_ends_with_the_seconds_of_its_hours():
    made, times = Changes(), array(6 * HOUR - 1, 6 * HOUR, 10 * HOUR - 1, 10 * HOUR)
    made.keep_strays(Strays((b"a",), array(0, 0, 0, 0), times, array(1, 5, -2, 7)))
    made.close(6, 10)
    wanted = {6 * HOUR - 1: 1, 6 * HOUR: 5, 10 * HOUR - 1: -2, 10 * HOUR: 7}
    assert {place[2]: n for place, n in counted(made, (b"a",)).items()} == wanted
    made.close(0, 20)
    assert {place[2]: n for place, n in counted(made, (b"a",)).items()} == {10 * HOUR: 11}


@pytest.mark.parametrize("stray", [None, -300, 300])
def test_the_hours_between_the_first_and_the_last_of_the_traffic_are_closed(stray):
    """The last hours stay open, and one record in 500 that lies elsewhere is no traffic."""
    first = FIRST // HOUR
    slots = [hour * HOUR + 60 * minute for hour in range(first, first + 40) for minute in range(60)]
    found = Summary()
    found.seconds.add({0: (np.array(slots),)}, {})
    if stray is not None:
        found.seconds.add({0: (array((first + stray) * HOUR),)}, {})
    found.tables["prefix"].changes.keep_strays(Strays((b"1",), array(0, 0), (first + array(3, 4)) * HOUR, array(2, -2)))
    found.close([first + 7, first + 500])
    until = first + 40 - limit("open_hours")
    assert found.closed == [(first + 1, first + 7), (first + 8, until)]
    inside = set(range(first + 1, first + 7)) | set(range(first + 8, until))
    traffic = {*range(first, first + 40)} | ({first + stray} if stray else set())
    assert found.reached().tolist() == sorted(traffic | inside)
    kept = counted(found.tables["prefix"].changes, (b"1",))
    assert {place[2]: n for place, n in kept.items()} == {(first + 3) * HOUR: 2, (first + 7) * HOUR - 1: -2}
    Summary().close()


def test_a_sweep_finds_each_peak_where_it_is_reached_first(rng):
    made, wanted = fed(rng, KEYS, [5, 6, 9])
    sweep = Sweep(2 * len(KEYS))
    for chunk in made.chunks(KEYS):
        sweep.add(chunk)
    for row, (key, kind) in enumerate((key, kind) for key in KEYS for kind in (0, 1)):
        level, best, at = levels(wanted, key, kind)
        assert (sweep.levels[row], sweep.peaks[row], sweep.times[row]) == (level, best, at or 0)


def test_strays_of_keys_nobody_asks_for_are_left_out():
    made = Changes()
    made.keep_strays(Strays((b"a", b"b"), array(0, 3), array(HOUR - 1, HOUR), array(2, -2)))
    assert counted(made, (b"b",)) == {(b"b", 1, HOUR): -2}
    assert counted(made, (b"a", b"b"), 1) == {(b"b", 1, HOUR): -2}
    assert counted(made, (b"a", b"b"), 0, 1) == {(b"a", 0, HOUR - 1): 2}
    assert counted(made, (b"c",)) == {}


def test_a_table_keeps_no_more_keys_than_its_limit_whatever_the_order():
    keys = [b"k%d" % number for number in range(40)]
    tables = []
    for order in (keys, keys[::-1], keys[20:] + keys[:20]):
        table = Table(5)
        for key in order:
            table.add(key, Row(2, 1, 10))
            table.add(key, Row(1, 0, 5))
            assert len(table.rows) <= 10
        table.trim()
        assert len(table.rows) == 5
        tables.append({key: (row.attempts, row.answered, row.hold_ms) for key, row in table.rows.items()})
    assert tables[0] == tables[1] == tables[2]
    assert set(tables[0].values()) == {(3, 1, 15)}


def test_the_first_examples_stay_in_the_order_of_files_and_places():
    few = Examples(2)
    places = [("b", 5), ("a", 9), ("b", 1), ("a", 10), ("a", 9)]
    for path, offset in places:
        few.add("odd", Example(path, offset, 0, 0))
    assert [(each.path, each.offset) for each in few.kinds["odd"]] == [("a", 9), ("a", 9)]
    assert not few.wants("odd", "a", 9)
    assert few.wants("odd", "a", 8)
    assert not few.wants("odd", "b", 0)
    assert few.wants("other", "z", 10**9)
    other = Examples(2)
    other.add("odd", Example("a", 1, 0, 0))
    few.merge(other)
    assert [each.offset for each in few.kinds["odd"]] == [1, 9]


def test_facts_of_the_parts_of_a_file_are_those_of_the_file():
    one = FileFacts(bytes=5, records=2, first_stop=9, last_stop=12, lines_from={0: 3}, note="a")
    one.merge(FileFacts(bytes=4, headers=1, rejected=1, answered=1, hold_fits_seconds=1, first_stop=7, last_stop=10,
                        lines_from={0: 1, 100: 6}, note="b"))  # fmt: skip
    one.merge(FileFacts(lines_from={50: 2}))
    assert (one.bytes, one.records, one.headers, one.rejected, one.answered, one.hold_fits_seconds) == (
        9,
        2,
        1,
        1,
        1,
        1,
    )
    assert (one.first_stop, one.last_stop, one.lines, one.note) == (7, 12, 12, "b")
    assert [one.line_number(Example("x", 0, begin, 1)) for begin in (0, 50, 100)] == [2, 6, 8]
    assert FileFacts().first_stop is FileFacts().last_stop is None


@pytest.mark.parametrize(
    ("edges", "apart", "stretches"),
    [
        ([], [3], []),
        ([2, 9], [], [(2, 9)]),
        ([2, 9], [5], [(2, 5), (6, 9)]),
        ([2, 9], [2, 8], [(3, 8)]),
        ([2, 9], [1, 9, 10], [(2, 9)]),
        ([2, 4], [2, 3], []),
        ([2, 2], [], []),
        ([3, 2], [], []),
    ],
)
def test_hours_between_two_edges(edges, apart, stretches):
    assert list(_between(edges, apart)) == stretches


@pytest.mark.parametrize(
    ("text", "digits"), [(b"", b""), (b"12", b"12"), (b"+12", b""), (b"1/2", b"1"), (b"9:0", b"9"), (b"0a", b"0")]
)
def test_the_digits_a_number_begins_with(text, digits):
    assert leading_digits(text) == digits


def test_the_usual_interval_is_the_most_frequent_and_of_equals_the_shortest():
    assert usual_interval(["2026042612.txt", "2026042613.txt", "2026042615.txt"]) == HOUR
    assert usual_interval(["2026042612.txt", "2026042614.txt", "2026042616.txt", "2026042617.txt"]) == 2 * HOUR
    assert usual_interval(["2026042612.txt", "2026042612.csv", "notes.txt"]) is None
    assert usual_interval(["2026042612.txt", "2026042612.csv", "2026042613.txt"]) == HOUR


SETUP, HOLD = limit("implausible_setup"), limit("implausible_hold")


def at(second):
    return b"2026-04-%02d %02d:%02d:%02d" % (20 + second // DAY, second // HOUR % 24, second // 60 % 60, second % 60)


@pytest.mark.parametrize(
    ("times", "kinds"),
    [
        ((0, 10, 0), ""),
        ((10, 10, 0), ""),
        ((11, 10, 0), "stop_before_start"),
        ((0, 10, 11_000), ""),
        ((0, 10, 11_001), "hold_exceeds_duration"),
        ((0, SETUP, 0), ""),
        ((0, SETUP + 1, 0), "implausible_duration"),
        ((0, SETUP + 1, 1000), ""),
        ((0, HOLD, HOLD * 1000), ""),
        ((0, HOLD + 1, HOLD * 1000 + 1), "implausible_duration"),
    ],
)
def test_what_is_suspicious_of_a_record(times, kinds, line, summarise):
    fields, (start, stop, hold) = line.split(b"|"), times
    fields[2:5] = at(start), at(stop), b"%d" % hold
    found = summarise(b"|".join(fields) + b"\n").tallies
    assert " ".join(sorted(name[11:] for name in found if name.startswith("suspicious:"))) == kinds


@pytest.mark.parametrize(
    ("name", "stop", "outside"),
    [
        ("2026042612", "12:00:00", False),
        ("2026042612", "11:59:59", True),
        ("2026042612", "12:59:59", False),
        ("2026042612", "13:00:00", True),
        ("202604261230", "12:29:59", True),
        ("202604261230", "23:59:59", False),
    ],
)
def test_what_the_name_of_a_file_says_of_its_calls(name, stop, outside, line, summarise):
    fields = line.split(b"|")
    fields[2] = fields[3] = f"2026-04-26 {stop}".encode()
    fields[4] = b"0"
    found = summarise(b"|".join(fields) + b"\n", f"cdr/{name}.txt").tallies
    assert found["suspicious:outside_file_time"] == outside
    assert (
        Stretch("cdr/2026042612.txt", covers=DAY).named_time[1] - Stretch("2026042612.txt").named_time[1] == DAY - HOUR
    )


@pytest.mark.parametrize("times", [1, 3])
def test_headers_are_counted_one_by_one_wherever_they_stand(times, line, summarise, oracle):
    header = "|".join(oracle.NAMES).encode()
    (facts,) = summarise((line + b"\n" + header + b"\n") * times + line + b"\n").files.values()
    assert (facts.headers, facts.records, facts.rejected) == (times, times + 1, 0)
