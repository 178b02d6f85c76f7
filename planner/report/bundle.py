"""plotly.js as the page carries it: from the installed plotly package, unpacked by the browser.

No bundle stands in the repository or in the wheel. The script is found without importing plotly (50 ms),
deflated
with the zlib format (no time or platform in its header, unlike gzip) and cached for the user, because
compressing 4.8 MB takes longer than the rest of the report.
"""

from __future__ import annotations

import base64
import hashlib
import os
import zlib
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

from planner.report.packing import ALPHABET, LEVEL, deflated, written

TRACES = frozenset({"scatter", "bar", "heatmap"})
"""The trace types a report uses. A type a bundle lacks is drawn as `scatter` without any message."""
CONFIG: dict[str, object] = {
    "displayModeBar": False,
    "displaylogo": False,
    "plotlyServerURL": "",
    "responsive": False,
    "scrollZoom": False,
    "sendData": False,
    "showSendToCloud": False,
}
"""How each chart is drawn: plotly.js 4 offers to upload charts to a server unless told not to."""


class BundleError(Exception):
    """plotly is not installed, or without its script."""


class Bundle:
    """plotly.js as bytes, its hash as a Content-Security-Policy names it, and its packed form."""

    def __init__(self, script: bytes) -> None:
        self.script = script
        self.integrity = integrity(script)
        self._deflating: Thread | None = None
        self._deflated = b""

    def prepare(self) -> Bundle:
        """Begin packing beside other work, where no packed copy is kept."""
        if not _cache_file(self.integrity).exists():
            self._deflating = Thread(target=self._deflate)
            self._deflating.start()
        return self

    def packed(self) -> str:
        """Return the script deflated, written in printable characters (see `planner.report.packing`)."""
        kept = _kept(self.integrity)
        if kept:
            return kept
        if self._deflating:
            self._deflating.join()
        packed = written(self._deflated or deflated(self.script))
        with suppress(OSError, RuntimeError):
            _keep(_cache_file(self.integrity), packed)
        return packed

    def _deflate(self) -> None:
        self._deflated = deflated(self.script)


def integrity(script: bytes) -> str:
    """Return the Content-Security-Policy hash of an inline script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode("ascii")


@cache
def plotly_bundle() -> Bundle:
    """Read plotly.js from the installed plotly package; raises BundleError naming what to install."""
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise BundleError("plotly is not installed; install it with: pip install 'plotly>=7,<8'")
    path = Path(spec.origin).parent / "package_data" / "plotly.min.js"
    try:
        return Bundle(path.read_bytes())
    except OSError as error:
        raise BundleError(f"{path}: {error.strerror}; reinstall plotly: pip install --force-reinstall plotly") from None


def cache_folder() -> Path:
    """Return the user's cache folder for this product (XDG_CACHE_HOME, or ~/.cache)."""
    root = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(root) if root.startswith("/") else Path.home() / ".cache") / "vos3000-plan"


def _kept(digest: str) -> str:
    """Return the packed script from the cache, where a whole and true copy stands there; else nothing."""
    with suppress(OSError, RuntimeError, ValueError):
        named, _, kept = _cache_file(digest).read_text("ascii").partition("\n")
        if named == hashlib.sha256(kept.encode("ascii")).hexdigest():
            return kept
    return ""


def _cache_file(digest: str) -> Path:
    kind = f"{digest} {LEVEL} {zlib.ZLIB_RUNTIME_VERSION} {ALPHABET}"
    return cache_folder() / f"plotly-{hashlib.sha256(kind.encode()).hexdigest()[:32]}.packed"


def _keep(path: Path, packed: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        partial.write_text(f"{hashlib.sha256(packed.encode()).hexdigest()}\n{packed}", "ascii")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
