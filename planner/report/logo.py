"""A customer's logo: a PNG or SVG file made safe to stand in the page.

An SVG is rebuilt from an allow-list of shapes and attributes and shown as an image, where browsers run no
script and
load nothing. Addresses of other hosts are refused: a report makes no request.
"""

import base64
import re
from pathlib import Path
from xml.etree import ElementTree as ET

from planner.document.reader import file_bytes
from planner.document.text import RefusedError

LIMIT = 100_000


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = _words(
    "svg g path rect circle ellipse line polyline polygon text tspan defs title desc use symbol clipPath "
    "mask style linearGradient radialGradient stop"
)
_LOOKS = _words(
    "fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-opacity stroke-dasharray stroke-dashoffset opacity stop-color stop-opacity clip-path "
    "clip-rule mask "
    "font-family font-size font-weight font-style text-anchor letter-spacing"
)
_ATTRIBUTES = _LOOKS | _words(
    "id class x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy d points width height viewBox preserveAspectRatio "
    "transform offset gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits "
    "href version"
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:|//|\\\\", re.IGNORECASE)
_LOCAL = re.compile(r"url\(\s*['\"]?#[\w.-]+['\"]?\s*\)")


class LogoError(ValueError):
    """A logo that cannot be used: which file, what is wrong, what would be right."""


def data_address(name: str, folder: Path) -> str:
    """Return a logo, its name relative to `folder`, as a `data:` address. Raises LogoError."""
    if _ADDRESS.match(name):
        raise LogoError(f"{name}: a logo is a file on this machine, a PNG or SVG; addresses are not fetched")
    path = folder / name
    try:
        raw = file_bytes(path, str(path))
    except RefusedError as error:
        raise LogoError(f"{error.finding.message}; the logo must be a readable PNG or SVG file") from None
    if len(raw) > LIMIT:
        raise LogoError(f"{path}: a logo may have at most {LIMIT} bytes")
    if raw.startswith(_PNG):
        return "data:image/png;base64," + base64.b64encode(raw).decode("ascii")
    return "data:image/svg+xml;base64," + base64.b64encode(safe_svg(raw, str(path))).decode("ascii")


def safe_svg(raw: bytes, name: str) -> bytes:
    """Return the drawing rebuilt from what is allowed: no script and no reference outside."""
    if any(word in raw.upper() for word in (b"<!DOCTYPE", b"<!ENTITY")):
        raise LogoError(f"{name}: an SVG with a document type is refused; save it as plain SVG, or as PNG")
    try:
        return _written(ET.fromstring(raw.decode("utf-8-sig")), name)  # noqa: S314  no entities: see above
    except LogoError:
        raise
    except (ET.ParseError, ValueError, RecursionError) as error:
        raise LogoError(f"{name}: neither a PNG nor a well-formed SVG file ({error})") from None


def _written(root: ET.Element, name: str) -> bytes:
    if root.tag != f"{{{_SVG}}}svg":
        raise LogoError(f"{name}: its root element is not an SVG drawing; the logo must be a PNG or SVG file")
    ET.register_namespace("", _SVG)
    written: bytes = ET.tostring(_rebuilt(root), encoding="utf-8")
    return written


def _rebuilt(element: ET.Element) -> ET.Element:
    copy = ET.Element(element.tag, _safe_attributes(element))
    copy.text = element.text
    for child in element:
        if _permitted(child):
            safe = _rebuilt(child)
            safe.tail = child.tail
            copy.append(safe)
    return copy


def _permitted(element: ET.Element) -> bool:
    name = _local(element.tag)
    return name in _ELEMENTS and (name != "style" or _harmless(name, element.text or ""))


def _safe_attributes(element: ET.Element) -> dict[str, str]:
    named = {"href" if name == _XLINK else name: value for name, value in element.attrib.items()}
    named |= _declarations(named.pop("style", ""))
    return {name: value for name, value in named.items() if name in _ATTRIBUTES and _harmless(name, value)}


def _declarations(style: str) -> dict[str, str]:
    """Return the looks a `style` attribute declares, as attributes."""
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip() in _LOOKS}


def _harmless(name: str, value: str) -> bool:
    if name == "href":
        return value.startswith("#")
    rest = _LOCAL.sub("", value).lower()
    return "url(" not in rest and "\\" not in rest and "@" not in rest


def _local(tag: object) -> str:
    prefix = f"{{{_SVG}}}"
    return tag.removeprefix(prefix) if isinstance(tag, str) and tag.startswith(prefix) else ""
