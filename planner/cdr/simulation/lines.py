"""Simulated calls as lines: structured arrays of digits and texts, laid out in one pass."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from planner.cdr.format import cdr_format
from planner.cdr.simulation.calls import (
    VOCABULARIES,
    code_table,
    gateway_addresses,
    gateway_ids,
    prefixes,
    subscribers,
    table,
)
from planner.cdr.simulation.workload import DAY, Layout, Routing

Calls: TypeAlias = NDArray[np.void]
Rows: TypeAlias = NDArray[np.void]
Whole: TypeAlias = NDArray[np.int64]


# Numbers and times as columns of text, a whole chunk at a time; unused cells are NUL and dropped later.

GROUP = 10_000


@cache
def _groups() -> NDArray[np.bytes_]:
    """Return the four digits of 0..9999 twice: without leading zeros (0 is blank), then with them."""
    short = [str(value) if value else "" for value in range(GROUP)]
    return np.array([text.rjust(4, "\0").encode() for text in short] + [b"%04d" % v for v in range(GROUP)], "S4")


@cache
def _clock() -> NDArray[np.bytes_]:
    """Return `HH:MM:SS` of every second of a day."""
    return np.array([b"%02d:%02d:%02d" % (s // 3600, s // 60 % 60, s % 60) for s in range(DAY)])


def write_integers(cells: Rows, values: NDArray[np.int64]) -> None:
    """Write whole numbers from 0 to 10^12 - 1 into `cells`: fields `a`, `b`, `c` of four bytes each."""
    groups = _groups()
    high, middle, low = values // (GROUP * GROUP), values // GROUP % GROUP, values % GROUP
    cells["a"] = groups[high]
    cells["b"] = groups[middle + GROUP * (high > 0)]
    cells["c"] = groups[low + GROUP * (values >= GROUP)]
    zero = values == 0
    if zero.any():
        cells["c"][zero] = np.bytes_(b"0")


def write_instants(cells: Rows, seconds: NDArray[np.int64]) -> None:
    """Write local times (s since 1970) into `cells`: fields `date` and `time`."""
    days, of_day = np.divmod(seconds, DAY)
    # An archive spans few days, a chunk one or two.
    first = int(days.min())
    names = [str(np.datetime64(day, "D")).encode() for day in range(first, int(days.max()) + 1)]
    cells["date"] = np.array(names)[days - first]
    cells["time"] = _clock()[of_day]


# Calls as lines of the text format, formatted column by column for a whole chunk.
#
# Every row is laid out in a record of fixed width; cells not needed stay NUL, and dropping all NUL bytes
# leaves the lines.

INTEGER = [("a", "S4"), ("b", "S4"), ("c", "S4")]
INSTANT = [("date", "S10"), ("blank", "S1"), ("time", "S8")]
CORE_COLUMNS = 17
SEPARATOR = b"|"


@dataclass(frozen=True)
class Formatter:
    """Turns calls into lines of one layout."""

    routing: Routing
    layout: Layout

    @property
    def line_end(self) -> bytes:
        """The bytes that end a line."""
        return b"\r\n" if self.layout.crlf else b"\n"

    @property
    def header(self) -> bytes:
        """The header line: the names of as many columns as most lines have (17 or 19)."""
        widest = max(self.layout.columns, key=lambda entry: entry[1])[0]
        count = CORE_COLUMNS if widest == CORE_COLUMNS else len(cdr_format().columns)
        return "|".join(column.name for column in cdr_format().columns[:count]).encode() + self.line_end

    @cached_property
    def _tables(self) -> dict[str, NDArray[np.bytes_]]:
        """The texts of each coded column, and of the prefixes."""
        routing = self.routing
        counts = {"caller": routing.caller_gateways, "callee": routing.callee_gateways}
        tables = {f"{side}_gateway": table(gateway_ids(side, routing)) for side in counts}
        tables |= {f"{side}_ip": table(gateway_addresses(side, count)) for side, count in counts.items()}
        tables |= {column: code_table(name) for column, name in VOCABULARIES.items()}
        tables |= {f"{name}_prefix": table(prefixes(name)) for name in ("access", "gateway")}
        return tables | {"number": table(subscribers())}

    @cached_property
    def _row(self) -> np.dtype[np.void]:
        """The layout of a row: the columns in order, with a cell for each separator."""
        width = {name: f"S{texts.itemsize}" for name, texts in self._tables.items()}
        number = width["number"]
        with_access = [("prefix", width["access_prefix"]), ("number", number)]
        with_gateway = [("prefix", width["gateway_prefix"]), ("number", number)]
        columns: list[Any] = [
            number, number, INSTANT, INSTANT, INTEGER, width["end_reason"], width["end_direction"],
            width["caller_gateway"], width["callee_gateway"], width["caller_ip"], width["callee_ip"],
            number, with_access, number, with_gateway, width["callee_billing"], width["billing_mode"],
            INTEGER, INTEGER,
        ]  # fmt: skip
        cells: list[Any] = []
        for index, column in enumerate(columns):
            cells += [(f"|{index}", "S1"), (str(index), column)]
        return np.dtype([*cells[1:], ("end", "S2")])

    def rows(self, calls: Calls) -> Rows:
        """Return the laid-out rows of `calls`."""
        rows: Any = np.zeros(calls.size, dtype=self._row)
        for index in range(1, CORE_COLUMNS):
            rows[f"|{index}"] = SEPARATOR
        rows["end"] = self.line_end
        self._write_numbers(rows, calls)
        self._write_codes(rows, calls)
        for index, column in ((2, "start"), (3, "stop")):
            rows[str(index)]["blank"] = b" "
            write_instants(rows[str(index)], calls[column])
        write_integers(rows["4"], calls["hold"])
        self._write_delays(rows, calls)
        finished: Rows = rows
        return finished

    def _write_numbers(self, rows: Rows, calls: Calls) -> None:
        tables = self._tables
        caller, callee = tables["number"][calls["caller"]], tables["number"][calls["callee"]]
        rows["0"] = rows["11"] = rows["13"] = caller
        rows["1"] = rows["12"]["number"] = rows["14"]["number"] = callee
        access, outward = tables["access_prefix"], tables["gateway_prefix"]
        rows["12"]["prefix"] = access[calls["caller_gateway"] % access.size]
        rows["14"]["prefix"] = outward[calls["callee_gateway"] % outward.size]

    def _write_codes(self, rows: Rows, calls: Calls) -> None:
        places = {"end_reason": "5", "end_direction": "6", "callee_billing": "15", "billing_mode": "16"}
        for column, place in (*places.items(), ("caller_gateway", "7"), ("callee_gateway", "8")):
            rows[place] = self._tables[column][calls[column]]
        rows["9"] = self._tables["caller_ip"][calls["caller_gateway"]]
        rows["10"] = self._tables["callee_ip"][calls["callee_gateway"]]

    @staticmethod
    def _write_delays(rows: Rows, calls: Calls) -> None:
        for index, column in ((17, "caller_pdd"), (18, "callee_pdd")):
            if not (shown := calls["columns"] > index).any():
                continue
            rows[f"|{index}"] = np.where(shown, SEPARATOR, b"")
            write_integers(rows[str(index)], calls[column].astype(np.int64))
            empty = ~shown | (calls[column] < 0)
            if empty.any():
                rows[str(index)][empty] = np.zeros(1, dtype=rows[str(index)].dtype)


def text_of(rows: Rows) -> bytes:
    """Return laid-out rows as the bytes of a file."""
    return bytes(rows.tobytes().translate(None, b"\0"))


def lengths(rows: Rows) -> NDArray[np.int64]:
    """Return the bytes of each row's line, line end included."""
    cells = np.ascontiguousarray(rows).view(np.uint8).reshape(rows.size, -1)
    found: NDArray[np.int64] = np.count_nonzero(cells, axis=1)
    return found
