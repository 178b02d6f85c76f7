"""Bytes as text that is a fifth smaller than base64 makes it, for a script element.

Deflated (the zlib format, which unlike gzip carries no time or platform), then 13 bits at a time as two of 91
printable characters: 1.23 characters a byte against 1.33. `<`, `&` and the backslash are no digits, so
nothing in the
text can end an element or begin a comment. The number of deflated bytes and a space stand before it, because
what is
left of the last group is filling. `templates/report/page.js` reads it.
"""

from __future__ import annotations

import zlib

LEVEL = 5
"""Compression: level 6 takes a third longer for seven parts in a thousand."""
ALPHABET = "".join(chr(code) for code in range(33, 127) if chr(code) not in "<&\\")
_BASE = len(ALPHABET)
_BITS = 13


def deflated(data: bytes) -> bytes:
    """Return `data` compressed; other threads run meanwhile."""
    return zlib.compress(data, LEVEL)


def written(data: bytes) -> str:
    """Return compressed bytes in the 91 digits, their number before them."""
    import numpy as np  # noqa: PLC0415  slow to import, and needed once for each plotly

    pairs = "".join(ALPHABET[value // _BASE] + ALPHABET[value % _BASE] for value in range(1 << _BITS))
    table = np.frombuffer(pairs.encode(), dtype=np.uint16)
    # Thirteen bytes are eight groups; each lies within three bytes, the last of them filling.
    rows = np.frombuffer(data + bytes(-len(data) % _BITS), dtype=np.uint8).reshape(-1, _BITS)
    wide = np.pad(rows, ((0, 0), (0, 1))).astype(np.uint32)
    groups = np.empty((len(rows), 8), dtype=np.uint32)
    for index in range(8):
        byte, bit = divmod(index * _BITS, 8)
        three = wide[:, byte] << 16 | wide[:, byte + 1] << 8 | wide[:, byte + 2]
        groups[:, index] = three >> (24 - _BITS - bit) & (1 << _BITS) - 1
    count = -(-8 * len(data) // _BITS)
    text = table[groups.ravel()[:count]].tobytes().decode("ascii")
    return f"{len(data)} {text}"


def unpack(text: str) -> bytes:
    """Return what was deflated and written."""
    length, _, digits = text.partition(" ")
    number = {character: value for value, character in enumerate(ALPHABET)}
    stream = bytearray()
    held = bits = 0
    for first, second in zip(digits[::2], digits[1::2], strict=True):
        held = held << _BITS | number[first] * _BASE + number[second]
        bits += _BITS
        while bits >= 8:  # noqa: PLR2004  bits in a byte
            bits -= 8
            stream.append(held >> bits)
            held &= (1 << bits) - 1
    return zlib.decompress(bytes(stream[: int(length)]))
