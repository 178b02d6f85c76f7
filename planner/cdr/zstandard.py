"""Reading `.zst`: every frame of the file, and an error where the last one is cut short."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

_PIECE = 1 << 18


class ZstandardReader(io.RawIOBase):
    """A binary stream over the decompressed bytes.

    The library's own reader ends silently at the end of the first frame and at a cut; archives rotated by
    parallel compressors have many frames, and a cut must not look like the end.
    """

    def __init__(self, raw: BinaryIO) -> None:
        import zstandard  # noqa: PLC0415  only where a .zst is read

        self._raw = raw
        self._decompressor = zstandard.ZstdDecompressor()
        self._frame = self._decompressor.decompressobj()
        self._ready = b""
        self._rest = b""
        self._begun = False

    def readable(self) -> bool:
        """Tell that this is an input."""
        return True

    def close(self) -> None:
        """Close the compressed file too."""
        self._raw.close()
        super().close()

    def _next_frame(self) -> None:
        if self._frame.eof:
            self._rest = self._frame.unused_data
            self._frame = self._decompressor.decompressobj()
            self._begun = False

    def _fill(self) -> bool:
        compressed = self._rest or self._raw.read(_PIECE)
        self._rest = b""
        if not compressed:
            if self._begun:
                raise EOFError("the compressed stream ends before its end-of-frame")
            return False
        self._begun = True
        try:
            self._ready = self._frame.decompress(compressed)
        except Exception as error:
            raise OSError(f"not a zstandard stream: {error}") from error
        self._next_frame()
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with what is ready; 0 at the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._ready:
            if not self._fill():
                return 0
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count
