"""Names of files as the reader of a report sees them: the same from wherever it was written."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.finding import Finding, Span

    Shown = Callable[[str], str]
    """Gives the name to show for the path of a file."""


def seen_from(deployment: str) -> Shown:
    """Return what names files as seen from the folder of a deployment file.

    Of a file elsewhere only the last part is shown: a customer's report tells nothing of its author's disk.
    """
    folder = Path(os.path.abspath(Path(deployment).parent)) if deployment else Path.cwd()  # noqa: PTH100  links stay

    def shown(path: str) -> str:
        if not path or path.startswith("<"):
            return path
        place = Path(os.path.abspath(path))  # noqa: PTH100  `..` is resolved, links stay what they are called
        return place.relative_to(folder).as_posix() if place.is_relative_to(folder) else place.name

    return shown


def relabelled(finding: Finding, shown: Shown) -> Finding:
    """Return a finding with the files it speaks of named by `shown`."""
    related = tuple(each._replace(span=_relabelled(each.span, shown)) for each in finding.related)
    return replace(finding, span=_relabelled(finding.span, shown), related=related)


def _relabelled(span: Span, shown: Shown) -> Span:
    return span._replace(path=shown(span.path))
