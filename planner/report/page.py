"""A report as one HTML file that needs nothing else: its data packed, its scripts bundled.

Deflated (the zlib format, which unlike gzip carries no time or platform), then 13 bits at a time as two of 91
printable characters: 1.23 characters a byte against 1.33. `<`, `&` and the backslash are no digits, so
nothing in the
text can end an element or begin a comment. The number of deflated bytes and a space stand before it, because
what is
left of the last group is filling. `templates/report/page.js` reads it.
"""

from __future__ import annotations

import base64
import hashlib
import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.catalogue.data import TEMPLATES
from planner.files import look
from planner.report import what_if
from planner.report.charts import TEMPLATE
from planner.report.drawn import drawn, variables
from planner.report.evidence import Brand
from planner.report.palette import DARK, HEAT, NIGHT, PAPER, contrast, mix, normalised, readable
from planner.report.report import Sheet, embed
from planner.version import rule_page
from planner.wording import joined

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment


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


# plotly.js as the page carries it: from the installed plotly package, unpacked by the browser.
#
# No bundle stands in the repository or in the wheel. The script is found without importing plotly (50 ms), deflated
# with the zlib format (no time or platform in its header, unlike gzip) and cached for the user, because
# compressing 4.8 MB takes longer than the rest of the report.

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

    def __init__(self, script: bytes | Path, known: str = "") -> None:
        self._given = script
        self.integrity = known or integrity(self.script)
        self._deflating: Thread | None = None
        self._deflated = b""

    @cached_property
    def script(self) -> bytes:
        """The script; where it is given as a file it is read when it is asked for."""
        return self._given if isinstance(self._given, bytes) else self._given.read_bytes()

    def prepare(self) -> Bundle:
        """Begin packing beside other work, where no packed copy is kept."""
        if look(_cache_file(self.integrity)).kind is None:
            self._deflating = Thread(target=self._deflate)
            self._deflating.start()
        return self

    def packed(self) -> str:
        """Return the script deflated, written in printable characters (see `planner.report.page`)."""
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
        return _bundle(path, path.stat())
    except OSError as error:
        raise BundleError(f"{path}: {error.strerror}; reinstall plotly: pip install --force-reinstall plotly") from None


def _bundle(path: Path, status: os.stat_result) -> Bundle:
    """Return the bundle of a file; while it stands as it stood its hash is kept, which takes long to make."""
    stamp = f"{path} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
    if known := _kept(stamp):
        return Bundle(path, known)
    bundle = Bundle(path)
    with suppress(OSError, RuntimeError):
        _keep(_cache_file(stamp), bundle.integrity)
    return bundle


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


# The report as one HTML file: no request, no script but the two whose hashes the page's policy names.

FOLDER = TEMPLATES / "report"
PAPERS = {"": "auto", "a4": "A4", "letter": "letter"}
_HEAT_STEPS = 10


class Print(NamedTuple):
    """How a page is printed at once: on which paper, and the page on which each section begins."""

    paper: str
    pages: Mapping[str, int] = MappingProxyType({})


class PrintError(Exception):
    """A PDF could not be printed: the message says what to install, or what the browser said."""


def page(report: Sheet, bundle: Bundle | None, printing: Print | None = None) -> str:
    """Return the page. To be printed at once, it carries plotly.js as it is: larger, and sooner there.

    Without a bundle its charts are the drawn pictures alone, and their marks say what they are.
    """
    from markupsafe import Markup  # noqa: PLC0415  jinja2's own dependency: as slow to import

    environment = _environment()
    charts = _charts(report) if bundle else ""
    script = (FOLDER / "page.js").read_text(encoding="utf-8")
    if report.panel:
        script = f"{what_if.script()}{script}"
    texts = {
        "style": _style(environment, report, printing.paper if printing else ""),
        "data": embed(report.data),
        "charts": charts,
        "packed": bundle.packed() if bundle and charts and not printing else "",
        "plain": bundle.script.decode() if bundle and charts and printing else "",
        "script": script,
        "what_if": embed(report.panel["data"]) if report.panel else "",
    }
    return environment.get_template("page.html").render(
        report=report,
        cover=report.cover,
        say=report.say,
        panel=report.panel,
        logo=report.brand.logo,
        pages=printing.pages if printing else {},
        drawn=lambda figure: Markup(drawn(figure, touched=not bundle)),  # noqa: S704  texts of figures are escaped
        policy=policy(script, bundle if charts else None),
        # Ours, plotly's, or escaped for the element they stand in.
        **{name: Markup(text) for name, text in texts.items()},  # noqa: S704  as the line above says
    )


def _style(environment: Environment, report: Sheet, paper: str) -> str:
    return environment.get_template("page.css").render(
        **_colours(report.brand), paper=PAPERS[paper], running_title=_css_text(_running(report))
    )


def policy(script: str, bundle: Bundle | None) -> str:
    """Return the Content-Security-Policy: nothing but our script, plotly's, inline styles and `data:` images.

    Styles cannot be hashed: plotly.js writes its rules into a style element at run time.
    """
    scripts = [integrity(script.encode()), *([bundle.integrity] if bundle else [])]
    allowed = " ".join(f"'{each}'" for each in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  slow to import

    environment = Environment(
        loader=FileSystemLoader(FOLDER, encoding="utf-8"),
        bytecode_cache=_compiled(),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["rule_page"] = rule_page
    environment.filters["joined"] = joined
    environment.filters["kind"] = lambda block: type(block).__name__
    return environment


def _compiled() -> BytecodeCache | None:
    """Return where compiled templates are kept: a folder only this user can write to, or None."""
    from jinja2 import FileSystemBytecodeCache  # noqa: PLC0415  slow to import

    folder = cache_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except (OSError, RuntimeError):
        return None
    private = not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)
    return (
        FileSystemBytecodeCache(str(folder), "template-%s.compiled") if private and os.access(folder, os.W_OK) else None
    )


def _charts(report: Sheet) -> str:
    figures = {chart.key: chart.figure for chart in report.charts()}
    if not figures:
        return ""
    return embed({"template": TEMPLATE, "dark": DARK, "config": CONFIG, "figures": figures})


def _colours(brand: Brand) -> dict[str, Any]:
    colour = normalised(brand.colour)
    night = mix(colour, "#FFFFFF", 0.25)
    return {
        "accent_light": colour,
        "accent_text_light": readable(colour, "#F5F7FA"),
        "accent_dark": night,
        "accent_text_dark": readable(night, "#161D27"),
        "reach_light": mix(colour, PAPER, 0.55),
        "reach_dark": mix(night, NIGHT, 0.45),
        "heat": [_heat(step) for step in range(_HEAT_STEPS)],
        "chart_light": variables(dark=False),
        "chart_dark": variables(dark=True),
    }


def _heat(step: int) -> dict[str, str]:
    place = step / (_HEAT_STEPS - 1) * (len(HEAT) - 1)
    index = min(int(place), len(HEAT) - 2)
    light = mix(HEAT[index], HEAT[index + 1], place - index)
    dark = mix(DARK.get(HEAT[index], HEAT[index]), DARK.get(HEAT[index + 1], HEAT[index + 1]), place - index)
    return {"light": light, "light_ink": _ink(light), "dark": dark, "dark_ink": _ink(dark)}


def _ink(background: str) -> str:
    return max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ink, background))


def _running(report: Sheet) -> str:
    parts = (report.cover.title, report.cover.site, report.cover.customer)
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)[:110]


def _css_text(text: str) -> str:
    """Return a text for a CSS string: every character but ASCII letters and digits escaped."""
    plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return "".join(each if each in plain else f"\\{ord(each):x} " for each in text)
