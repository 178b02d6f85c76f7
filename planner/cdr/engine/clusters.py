"""Which engine reads, and what a cluster's executors run: file contents, or stretches of shared files."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

import planner
from planner.catalogue.data import SCHEMAS
from planner.cdr.engine.local import HOUR, read_content, read_stretch
from planner.cdr.sources import broken, decompress, tells
from planner.cdr.summary.meter import Meter
from planner.cdr.summary.summary import Stretch, usual_interval
from planner.cdr.summary.wire import from_bytes, to_bytes

_PIECE = 1 << 18


def read_contents(files: Iterable[tuple[str, bytes]], shown: Mapping[str, str]) -> bytes:
    """Return the summary of whole files, given as (URI, bytes); `shown` maps all URIs to the user's paths."""
    meter = Meter()
    covers = max(usual_interval(shown.values()) or HOUR, HOUR)
    for uri, content in files:
        path = shown.get(uri, uri)
        read_content(meter, Stretch(path, covers=covers), content)
    return to_bytes(meter.take())


def digest_contents(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, tuple[str, bool]]]:
    """Return the digest of what each file holds, decompressed, and whether it tells copies under any name.

    The digest of a damaged file is empty.
    """
    return [(uri, _digest(uri, content)) for uri, content in files]


def _digest(uri: str, content: bytes) -> tuple[str, bool]:
    stream: Any = decompress(uri, cast("BinaryIO", io.BytesIO(content)))
    digest, beginning = hashlib.blake2b(), b""
    try:
        while piece := stream.read(_PIECE):
            beginning = beginning or piece
            digest.update(piece)
    except broken():
        return "", False
    return digest.hexdigest(), tells(beginning)


def read_shared(stretches: Iterable[Stretch]) -> bytes:
    """Return the summary of stretches of files that every executor sees under the same path."""
    meter = Meter()
    for stretch in stretches:
        read_stretch(meter, stretch)
    return to_bytes(meter.take())


def merge_messages(one: bytes, other: bytes) -> bytes:
    """Return the sum of two summaries."""
    summary = from_bytes(one)
    summary.merge(from_bytes(other))
    return to_bytes(summary)


def pack_product() -> bytes:
    """Return this product as a zip archive that runs from the folder it is unpacked into."""
    package = Path(planner.__file__).resolve().parent
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(package.rglob("*.py")):
            archive.write(path, Path("planner") / path.relative_to(package))
        for path in sorted(SCHEMAS.glob("*.json")):
            archive.write(path, Path("planner/data/schemas") / path.name)
    return into.getvalue()
