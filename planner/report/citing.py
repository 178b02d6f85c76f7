"""Citations in the reader's language: publications keep their titles, what we say ourselves is translated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.catalogue.sources import MARK, SEPARATOR
from planner.report.blocks import Cell
from planner.wording import Wording, term, wording

_PROFILE = re.compile(
    r"plan cdr profile: (?P<samples>[\d,]+) samples, (?P<confidence>[\d.]+%) confidence, (?P<method>.+)"
)
_BUSIEST = re.compile(r"busiest of (\d+), Bonferroni")

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.report.language import Language


def cited(say: Language, references: Iterable[str]) -> Cell:
    """Return citations in one text; it is marked as English where one of them is, such as an RFC's title."""
    listed = [_measured(each) or each for each in references if each]
    lang = "" if all(_is_ours(say, each) for each in listed) else say.others
    return Cell(SEPARATOR.join(say(each) if _is_ours(say, each) else each for each in listed), lang=lang)


def _measured(reference: str) -> Wording | None:
    """Return what a profile says of a number's source as a wording; the profile's file holds plain text."""
    found = _PROFILE.fullmatch(reference)
    if found is None:
        return None
    choices = _BUSIEST.fullmatch(found["method"])
    return wording(
        "plan cdr profile: {samples} samples, {confidence} confidence, {method}",
        samples=found["samples"],
        confidence=found["confidence"],
        method=wording("busiest of {choices}, Bonferroni", choices=choices[1]) if choices else term(found["method"]),
    )


def _is_ours(say: Language, reference: str) -> bool:
    """Tell whether a language has words for a source itself, not only for what stands there."""
    if isinstance(reference, Wording):
        return say.knows(reference)
    return say.knows(reference.partition(MARK)[0]) and say.knows(reference)
