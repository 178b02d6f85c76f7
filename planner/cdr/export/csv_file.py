"""Records as CSV (RFC 4180, UTF-8, header line), into a file or a stream."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from planner.cdr.export.instants import text_of
from planner.cdr.export.sink import AnyRow, FileSink, partial_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType
    from typing import Self

    from planner.cdr.export.columns import Row
    from planner.cdr.export.reading import FileReader
    from planner.cdr.export.rows import RowMaker
    from planner.cdr.export.stretch import Batch


def _encoded(rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


class CsvForm(AnyRow):
    """Rows as the bytes of CSV lines; instants as ISO 8601, with Z where they are UTC."""

    def __init__(self, maker: RowMaker) -> None:
        self.header = _encoded([[column.name for column in maker.columns]])
        self._instants = [at for at, column in enumerate(maker.columns) if column.type == "instant"]
        self._mark = "Z" if maker.zone else ""

    def pack(self, rows: list[Row]) -> bytes:
        """Return the lines of the rows."""
        return _encoded(map(self._shown, rows))

    def _shown(self, row: Row) -> list[Any]:
        shown: list[Any] = list(row)
        for at in self._instants:
            shown[at] = text_of(shown[at]) + self._mark
        return shown


class CsvSink(FileSink):
    """Writes one CSV file, which takes its name when it is whole, or to an open stream of bytes."""

    def __init__(self, target: Path | IO[bytes], maker: RowMaker) -> None:
        form = CsvForm(maker)
        super().__init__(form)
        self._target, self._header = target, form.header
        # A device or a pipe cannot be replaced, only written to.
        self._replaces = not (isinstance(target, Path) and target.exists() and not target.is_file())
        self._stream: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Open the target and write the header line. Raises OSError."""
        if isinstance(self._target, Path):
            place = partial_path(self._target) if self._replaces else self._target
            self._stream = place.open("wb")
        else:
            self._stream = self._target
        self._stream.write(self._header)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the file in its place, or remove it; a stream stays open."""
        assert self._stream is not None  # noqa: S101  opened on entering
        if not isinstance(self._target, Path):
            self._stream.flush()
            return
        partial = partial_path(self._target)
        try:
            self._stream.close()
            if kind is None and self._replaces:
                partial.replace(self._target)
        finally:
            partial.unlink(missing_ok=True)

    def write(self, file_id: str, reader: FileReader, batch: Batch) -> None:  # noqa: ARG002  part of the interface
        """Write the lines."""
        assert self._stream is not None  # noqa: S101  the same
        self._stream.write(batch.payload)
