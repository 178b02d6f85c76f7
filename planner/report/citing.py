"""Citations in the reader's language: publications keep their titles, what we say ourselves is translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.sources import MARK, SEPARATOR
from planner.report.blocks import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.report.language import Language


def cited(say: Language, references: Iterable[str]) -> Cell:
    """Return citations in one text; it is marked as English where one of them is, such as an RFC's title."""
    listed = [each for each in references if each]
    lang = "" if all(_is_ours(say, each) for each in listed) else say.others
    return Cell(SEPARATOR.join(say(each) if _is_ours(say, each) else each for each in listed), lang=lang)


def _is_ours(say: Language, reference: str) -> bool:
    """Tell whether a language has words for a source itself, not only for what stands there."""
    return say.knows(reference.partition(MARK)[0]) and say.knows(reference)
