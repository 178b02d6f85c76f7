"""A temporary file for what is seldom asked for: compressed hours of long archives take no memory."""

from __future__ import annotations

import tempfile
import weakref
from dataclasses import dataclass


class Shelf:
    """Bytes in a file of this process that has no name and ends with it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="plan-cdr-", buffering=0)  # noqa: SIM115  closed below
        self._end = 0
        weakref.finalize(self, self._file.close)

    def put(self, content: bytes) -> Shelved | bytes:
        """Return where the bytes are from now on; where the disk is full, that is memory."""
        self._file.seek(self._end)
        try:
            done = self._file.write(content)
        except OSError:
            return content
        if done != len(content):
            return content
        self._end += done
        return Shelved(self, self._end - done, done)

    def take(self, begin: int, length: int) -> bytes:
        """Return bytes that were put here."""
        self._file.seek(begin)
        return self._file.read(length)


@dataclass(frozen=True, slots=True)
class Shelved:
    """Bytes on a shelf: where they begin, and how many they are."""

    shelf: Shelf
    begin: int
    length: int

    def __len__(self) -> int:
        return self.length

    def __bytes__(self) -> bytes:
        return self.shelf.take(self.begin, self.length)
