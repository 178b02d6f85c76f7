"""What exported rows go into: the interface of files and databases."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol

from planner.cdr.export.rows import digest
from planner.cdr.export.stretch import Position

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from planner.cdr.export.columns import Row
    from planner.cdr.export.reading import FileReader
    from planner.cdr.export.stretch import Batch


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


def partial_path(path: Path) -> Path:
    """Return where a file is written until it is whole."""
    return path.with_name(f".{path.name}.part")
