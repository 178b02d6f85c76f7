"""Rejected lines as JSON Lines: where each stood, why it is no row, and its bytes as text."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from planner.cdr.export.sink import partial_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from planner.cdr.export.stretch import Reject


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
    target = path.resolve()
    if target.exists() and not target.is_file():
        # A device or a pipe cannot be replaced, only written to.
        with target.open("w", encoding="utf-8") as stream:
            yield RejectWriter(stream, masked=masked)
        return
    partial = partial_path(target)
    try:
        with partial.open("w", encoding="utf-8") as stream:
            yield RejectWriter(stream, masked=masked)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
