"""Colours: Okabe and Ito's palette, one brand colour, and contrast as WCAG 2 computes it.

Charts are built in light colours; the page replaces them by their dark counterparts (`DARK`) where the
reader's
system is dark. On white only four of the eight colours reach 3:1, so the light charts use those four.
"""

import re

BLUE, VERMILION, PURPLE = "#0072B2", "#D55E00", "#CC79A7"
GREEN = "#00523B"
"""Of Okabe and Ito's hue, and darker: series that stand side by side differ in lightness, so in grey, too."""
INK, MUTED, GRID, PAPER = "#1B2430", "#56616F", "#DDE3EA", "#FFFFFF"
NIGHT, NIGHT_INK = "#0F141B", "#E6EBF2"
HEAT = ("#F2F7FB", "#CFE3F1", "#8FC0DF", "#3F93C4", "#0072B2", "#00476F")
BAND = "rgba(0,114,178,0.18)"
DARK = {
    BLUE: "#56B4E9",
    VERMILION: "#FF8A3D",
    GREEN: "#178A68",
    PURPLE: "#F3C9E0",
    INK: NIGHT_INK,
    MUTED: "#A3B1C2",
    GRID: "#2B3644",
    PAPER: "#161D27",
    BAND: "rgba(86,180,233,0.22)",
    "#F2F7FB": "#18222E",
    "#CFE3F1": "#1D3A52",
    "#8FC0DF": "#245E88",
    "#3F93C4": "#2E87BF",
    "#00476F": "#BFE3FA",
}
"""Each colour of a light chart with its counterpart on a dark page."""
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
TEXT_CONTRAST = 4.5


def normalised(colour: str) -> str:
    """Return `#RRGGBB` for a colour written `#abc` or `#aabbcc`; raises ValueError for anything else."""
    text = colour.strip()
    if not _HEX.fullmatch(text):
        raise ValueError(f"{colour!r} is not a colour; write it as #rrggbb, such as #0072B2")
    digits = text[1:] if len(text) == len("#rrggbb") else "".join(digit * 2 for digit in text[1:])
    return f"#{digits.upper()}"


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, background: str, least: float = TEXT_CONTRAST) -> str:
    """Return `colour`, moved towards black or white by as little as makes it readable on `background`."""
    goal = "#000000" if _luminance(background) > 0.18 else "#FFFFFF"  # noqa: PLR2004  where both contrasts meet
    for step in range(101):
        mixed = mix(colour, goal, step / 100)
        if contrast(mixed, background) >= least:
            return mixed
    return goal


def mix(first: str, second: str, share: float) -> str:
    """Return the colour `share` of the way from `first` to `second`, in sRGB."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [_linear(channel / 255) for channel in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  sRGB
