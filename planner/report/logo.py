"""A customer's logo: a PNG or SVG file made safe to stand in the page.

An SVG is rebuilt from an allow-list of shapes and attributes and shown as an image, where browsers run no script
and load nothing. Addresses of other hosts are refused: a report makes no request.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path
from xml.etree import ElementTree as ET  # noqa: S405  documents with a DOCTYPE, and so entities, are refused first

LIMIT = 100_000
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan defs title desc use symbol clipPath mask "
    "linearGradient radialGradient stop".split()
)
_ATTRIBUTES = frozenset(
    "id x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy d points width height viewBox preserveAspectRatio transform fill "
    "fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray "
    "stroke-dashoffset stroke-opacity opacity offset stop-color stop-opacity gradientUnits gradientTransform "
    "spreadMethod clip-path clip-rule clipPathUnits mask maskUnits font-family font-size font-weight font-style "
    "text-anchor letter-spacing href version".split()
)
_LOCAL = re.compile(r"url\(\s*['\"]?#[\w.-]+['\"]?\s*\)")


class LogoError(Exception):
    """A logo that cannot be used: which file, what is wrong, what would be right."""


def data_address(path: Path) -> str:
    """Return the logo as a `data:` address for an `img` element; raises LogoError."""
    if "://" in str(path) or re.match(r"(data|https?|ftp|file):", str(path)):
        raise LogoError(f"{path}: a logo is a file on this machine, a PNG or SVG; addresses are not fetched")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LogoError(f"{path}: {error.strerror}; the logo must be a readable PNG or SVG file") from None
    if len(raw) > LIMIT:
        raise LogoError(f"{path}: {len(raw)} bytes; a logo may have at most {LIMIT}")
    if raw.startswith(_PNG):
        return "data:image/png;base64," + base64.b64encode(raw).decode("ascii")
    return "data:image/svg+xml;base64," + base64.b64encode(safe_svg(raw, str(path))).decode("ascii")


def safe_svg(raw: bytes, name: str) -> bytes:
    """Return the drawing rebuilt from what is allowed in it: no script, no style sheet, no reference outside."""
    if b"<!DOCTYPE" in raw.upper() or b"<!ENTITY" in raw.upper() or b"\0" in raw:
        raise LogoError(f"{name}: an SVG with a document type is refused; save it as plain SVG, or as PNG")
    try:
        root = ET.fromstring(raw)  # noqa: S314  no entities: see above
    except (ET.ParseError, ValueError, LookupError) as error:
        raise LogoError(f"{name}: neither a PNG nor a well-formed SVG file ({error})") from None
    if root.tag != f"{{{_SVG}}}svg":
        raise LogoError(f"{name}: its root element is not an SVG drawing; the logo must be a PNG or SVG file")
    ET.register_namespace("", _SVG)
    return ET.tostring(_rebuilt(root), encoding="utf-8")


def _rebuilt(element: ET.Element) -> ET.Element:
    copy = ET.Element(element.tag, _safe_attributes(element))
    copy.text = element.text
    for child in element:
        if _local(child.tag) in _ELEMENTS:
            safe = _rebuilt(child)
            safe.tail = child.tail
            copy.append(safe)
    return copy


def _safe_attributes(element: ET.Element) -> dict[str, str]:
    named = {"href" if name == _XLINK else name: value for name, value in element.attrib.items()}
    return {name: value for name, value in named.items() if name in _ATTRIBUTES and _harmless(name, value)}


def _harmless(name: str, value: str) -> bool:
    if name == "href":
        return value.startswith("#")
    return "url(" not in _LOCAL.sub("", value).lower() and "\\" not in value


def _local(tag: object) -> str:
    prefix = f"{{{_SVG}}}"
    return tag.removeprefix(prefix) if isinstance(tag, str) and tag.startswith(prefix) else ""
