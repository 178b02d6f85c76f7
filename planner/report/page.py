"""The report as one HTML file: no request, no script but the two whose hashes the page's policy names."""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.catalogue.paths import TEMPLATES
from planner.report.bundle import CONFIG, Bundle, cache_folder, integrity
from planner.report.charts.style import TEMPLATE
from planner.report.extract import embed
from planner.report.palette import DARK, HEAT, NIGHT, PAPER, contrast, mix, normalised, readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import BytecodeCache, Environment

    from planner.report.evidence import Brand
    from planner.report.model import Report

FOLDER = TEMPLATES / "report"
PAPERS = {"": "auto", "a4": "A4", "letter": "letter"}
_HEAT_STEPS = 10


class Print(NamedTuple):
    """How a page is printed at once: on which paper, and the page on which each section begins."""

    paper: str
    pages: Mapping[str, int] = MappingProxyType({})


def page(report: Report, bundle: Bundle, printing: Print | None = None) -> str:
    """Return the page. To be printed at once, it carries plotly.js as it is: larger, and sooner there."""
    from markupsafe import Markup  # noqa: PLC0415  jinja2's own dependency: as slow to import

    environment = _environment()
    charts = _charts(report)
    script = (FOLDER / "page.js").read_text(encoding="utf-8")
    texts = {
        "style": _style(environment, report, printing.paper if printing else ""),
        "data": embed(report.data),
        "charts": charts,
        "packed": bundle.packed() if charts and not printing else "",
        "plain": bundle.script.decode() if charts and printing else "",
        "script": script,
    }
    return environment.get_template("page.html").render(
        report=report,
        cover=report.cover,
        say=report.say,
        logo=report.brand.logo,
        pages=printing.pages if printing else {},
        policy=policy(script, bundle if charts else None),
        # Ours, plotly's, or escaped for the element they stand in.
        **{name: Markup(text) for name, text in texts.items()},  # noqa: S704  as the line above says
    )


def _style(environment: Environment, report: Report, paper: str) -> str:
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


def _charts(report: Report) -> str:
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
    }


def _heat(step: int) -> dict[str, str]:
    place = step / (_HEAT_STEPS - 1) * (len(HEAT) - 1)
    index = min(int(place), len(HEAT) - 2)
    light = mix(HEAT[index], HEAT[index + 1], place - index)
    dark = mix(DARK.get(HEAT[index], HEAT[index]), DARK.get(HEAT[index + 1], HEAT[index + 1]), place - index)
    return {"light": light, "light_ink": _ink(light), "dark": dark, "dark_ink": _ink(dark)}


def _ink(background: str) -> str:
    return max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ink, background))


def _running(report: Report) -> str:
    parts = (report.cover.title, report.cover.site, report.cover.customer)
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)[:110]


def _css_text(text: str) -> str:
    """Return a text for a CSS string: every character but ASCII letters and digits escaped."""
    plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return "".join(each if each in plain else f"\\{ord(each):x} " for each in text)
