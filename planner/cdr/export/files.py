"""CSV and Parquet files as targets, rejected lines beside them, and the interface all targets share."""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Protocol, Self

from planner.cdr.export.reading import Batch, FileReader, Position, Reject
from planner.cdr.export.rows import Row, RowMaker, digest, text_of
from planner.files import replacing
from planner.wording import cell

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


class ExportError(Exception):
    """An export that cannot go on; the message says what would be right."""


class UsageError(ExportError):
    """An export that was asked for wrongly, or misses a library; nothing was read."""


class Form(Protocol):
    """How a target takes rows; travels to the processes that make batches."""

    def refuses(self, row: Row) -> bool:
        """Tell whether the target cannot hold a row."""

    def pack(self, rows: list[Row]) -> Any:  # noqa: ANN401  known to the target alone
        """Return the payload of a batch of rows."""


class Sink(Protocol):
    """Takes the batches of one file after another; leaving it with an error keeps no half of anything."""

    form: Form

    def __enter__(self) -> Self:
        """Open the sink. Raises ExportError."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish, or on an error undo what is not whole."""

    def begin(self, reader: FileReader) -> tuple[str, Position]:
        """Return a file's identity, and from where on it is to be read. Raises UnreadableError."""

    def write(self, file_id: str, reader: FileReader, batch: Batch) -> None:
        """Take a batch: all of it or nothing. Raises ExportError."""


class FileIdentities:
    """Identities of files by their first records; files that begin alike are told apart by their order."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, reader: FileReader) -> str:
        """Return the identity of the next file."""
        first = reader.first_record
        self._seen[first] += 1
        return numbered(first, self._seen[first] - 1)


def numbered(first: str, ordinal: int) -> str:
    """Return the identity of the `ordinal`-th file that begins with a record, from 0."""
    return first if ordinal == 0 else digest(first.encode(), b"%d" % ordinal)


class AnyRow:
    """A form of files: any row fits."""

    def refuses(self, row: Row) -> bool:  # noqa: ARG002  part of the interface
        """Take any row."""
        return False


class FileSink:
    """What files share: each source is read from its beginning."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._identities = FileIdentities()

    def begin(self, reader: FileReader) -> tuple[str, Position]:
        """Return a file's identity and its beginning. Raises UnreadableError."""
        return self._identities.of(reader), Position()


# Optional libraries, imported when a target needs them.


def driver(module: str, target: str, extra: str) -> Any:  # noqa: ANN401  drivers are optional and untyped
    """Return a library's module. Raises UsageError naming the extra that installs it."""
    # Arrow's own pools keep what is freed, in every process; a pool the user chose stands.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(f"{target} needs {module}: pip install 'vos3000-plan[{extra}]'") from error


# Rejected lines as JSON Lines: where each stood, why it is no row, and its bytes as text.


class RejectWriter:
    """Writes rejected lines; `masked` leaves out their content, which may hold numbers."""

    def __init__(self, stream: IO[str] | None, *, masked: bool) -> None:
        self._stream, self._masked = stream, masked

    def write(self, rejects: Iterable[Reject]) -> None:
        r"""Write one object a line: file, line, offset, reason and, unless masked, content.

        Bytes that are no UTF-8 appear as `\xNN`; a line too long to be read is left out of `content`.
        """
        if self._stream is None:
            return
        for reject in rejects:
            line = reject.line
            shown = {"file": reject.file, "line": line.number, "offset": line.offset, "reason": reject.reason}
            if not (self._masked or line.overlong):
                shown["content"] = line.content.decode(errors="backslashreplace")
            self._stream.write(json.dumps(shown, ensure_ascii=False) + "\n")


@contextmanager
def reject_file(path: Path | None, *, masked: bool) -> Iterator[RejectWriter]:
    """Open a file of rejected lines; it takes its name when the block ends well. Raises OSError."""
    if path is None:
        yield RejectWriter(None, masked=masked)
        return
    with replacing(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", write_through=True)
        yield RejectWriter(text, masked=masked)
        text.detach()


# Records as CSV (RFC 4180, UTF-8, header line), into a file or a stream.


def _encoded(rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


_SPECIAL = frozenset("=+-@\t\r")


class CsvForm(AnyRow):
    """Rows as the bytes of CSV lines; instants as ISO 8601, with Z where they are UTC.

    Callers choose what they are called by: unless `raw`, a text that a spreadsheet would take for a formula gets an
    apostrophe; plain numbers such as +15550100 stay.
    """

    def __init__(self, maker: RowMaker, *, raw: bool = False) -> None:
        self.header = _encoded([[column.name for column in maker.columns]])
        self._texts = [] if raw else [at for at, column in enumerate(maker.columns) if column.type == "text"]
        self._instants = [at for at, column in enumerate(maker.columns) if column.type == "instant"]
        self._mark = "Z" if maker.zone else ""

    def pack(self, rows: list[Row]) -> bytes:
        """Return the lines of the rows."""
        return _encoded(map(self._shown, rows))

    def _shown(self, row: Row) -> list[Any]:
        shown: list[Any] = list(row)
        for at in self._instants:
            shown[at] = text_of(shown[at]) + self._mark
        for at in self._texts:
            if shown[at] and shown[at][0] in _SPECIAL:
                shown[at] = cell(shown[at])
        return shown


class CsvSink(FileSink):
    """Writes one CSV file, which takes its name when it is whole, or to an open stream of bytes."""

    def __init__(self, target: Path | IO[bytes], maker: RowMaker, *, raw: bool = False) -> None:
        form = CsvForm(maker, raw=raw)
        super().__init__(form)
        self._target, self._header = target, form.header
        self._place: AbstractContextManager[IO[bytes]] = (
            replacing(target) if isinstance(target, Path) else nullcontext(target)
        )
        self._stream: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Open the target and write the header line. Raises OSError."""
        self._stream = self._place.__enter__()
        self._stream.write(self._header)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the file in its place, or remove it; a stream stays open."""
        if self._stream is not None and not isinstance(self._target, Path):
            self._stream.flush()
        self._place.__exit__(kind, error, trace)

    def write(self, file_id: str, reader: FileReader, batch: Batch) -> None:  # noqa: ARG002  part of the interface
        """Write the lines."""
        assert self._stream is not None  # noqa: S101  the same
        self._stream.write(batch.payload)


# Records as a Parquet file, typed and compressed; needs pyarrow.

# Rows of a group: large enough to compress, small enough for memory.
GROUP_ROWS = 65_536


def arrow_schema(maker: RowMaker) -> Any:  # noqa: ANN401  drivers are optional and untyped
    """Return the Arrow schema of a layout. Raises UsageError where pyarrow is missing."""
    pa = driver("pyarrow", "Parquet", "parquet")
    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        # Parquet knows no coarser unit.
        "instant": pa.timestamp("ms", tz="UTC" if maker.zone else None),
    }
    fields = [
        pa.field(column.name, types[column.type], metadata={"description": column.meaning}) for column in maker.columns
    ]
    about = {"server_timezone": str(maker.zone) if maker.zone else "unknown: times are local"}
    return pa.schema(fields, metadata=about)


def arrow_table(schema: Any, rows: list[Row]) -> Any:  # noqa: ANN401  drivers are optional and untyped
    """Return rows as an Arrow table of a schema."""
    pa = driver("pyarrow", "Parquet", "parquet")
    values = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [
        pa.array(column, pa.int64()).cast(pa.timestamp("s", tz=field.type.tz)).cast(field.type)
        if pa.types.is_timestamp(field.type)
        else pa.array(column, field.type)
        for column, field in zip(values, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


class ArrowForm(AnyRow):
    """Rows as Arrow tables."""

    def __init__(self, maker: RowMaker) -> None:
        self._maker = maker

    @cached_property
    def schema(self) -> Any:  # noqa: ANN401  drivers are optional and untyped
        """The tables' schema. Raises UsageError where pyarrow is missing."""
        return arrow_schema(self._maker)

    def pack(self, rows: list[Row]) -> Any:  # noqa: ANN401  the same
        """Return the rows as a table."""
        return arrow_table(self.schema, rows)


class ParquetSink(FileSink):
    """Writes one Parquet file; it takes its name when it is whole."""

    def __init__(self, path: Path, maker: RowMaker) -> None:
        form = ArrowForm(maker)
        super().__init__(form)
        self._place, self._arrow = replacing(path), form
        self._waiting: list[Any] = []
        self._writer: Any = None

    def __enter__(self) -> Self:
        """Open the file under another name. Raises UsageError, OSError."""
        schema = self._arrow.schema
        pq = driver("pyarrow.parquet", "Parquet", "parquet")
        self._writer = pq.ParquetWriter(self._place.__enter__(), schema, compression="zstd", store_schema=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the file in its place, or remove it."""
        try:
            if kind is None:
                self._flush()
            self._writer.close()
        except BaseException as failed:
            self._place.__exit__(type(failed), failed, failed.__traceback__)
            raise
        self._place.__exit__(kind, error, trace)

    def write(self, file_id: str, reader: FileReader, batch: Batch) -> None:  # noqa: ARG002  part of the interface
        """Keep rows until a group is full."""
        self._waiting.append(batch.payload)
        if sum(table.num_rows for table in self._waiting) >= GROUP_ROWS:
            self._flush()

    def _flush(self) -> None:
        pa = driver("pyarrow", "Parquet", "parquet")
        tables, self._waiting = self._waiting, []
        if any(table.num_rows for table in tables):
            self._writer.write_table(pa.concat_tables(tables))
