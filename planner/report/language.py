"""The reader's language: messages marked and translated, units, plurals and citations."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, reduce
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from planner.catalogue.data import MARK, SEPARATOR
from planner.report.blocks import Cell
from planner.wording import Value, Wording, term, wording


def mark(message: str) -> str:
    """Mark a message for translation; it is translated where it is shown."""
    return message


# Texts, numbers and dates in the reader's language: gettext catalogues read through Babel.
#
# English is the language of the sources and needs no catalogue. Another language is one file,
# `locale/<code>/LC_MESSAGES/report.po`; `available` finds it by being there.

LOCALES = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"
_BETWEEN_IDEOGRAPHS = "(?<=[\u3001-\u9fff\uff01-\uff65]) (?=[\u3001-\u9fff\uff01-\uff65])"
_TAGS = {"zh": "zh-Hans"}
# English is said without Babel, whose import costs a tenth of a report.
_MONTHS = ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December")  # fmt: skip


def available() -> tuple[str, ...]:
    """Return the codes of all languages a report can be written in."""
    return (SOURCE_LANGUAGE, *sorted(path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/report.po")))


@dataclass(frozen=True)
class Language:
    """How one language says and writes things. Call it with a message to get its translation, filled in."""

    code: str = SOURCE_LANGUAGE
    translations: NullTranslations = field(default_factory=NullTranslations)

    @property
    def tag(self) -> str:
        """The BCP 47 tag for `lang` attributes."""
        return _TAGS.get(self.code, self.code)

    @property
    def others(self) -> str:
        """The tag of texts that stay in the language of the sources, such as citations; empty for its own."""
        return "" if self.code == SOURCE_LANGUAGE else SOURCE_LANGUAGE

    def __call__(self, message: str, /, **values: Any) -> str:  # noqa: ANN401  whatever str.format can fill in
        """Return the translation of `message`, `{name}` places filled in; values are not formats.

        A wording brings its own values, wordings among them translated as well.
        """
        if isinstance(message, Wording):
            return self(message.template, **{name: self._value(each) for name, each in message.values.items()})
        text = self._said(message) if message else ""
        return self._joined(text.format(**values)) if values else text

    def _joined(self, text: str) -> str:
        """Return a filled-in text without the blanks between ideographs, which stand beside numbers alone."""
        without = text.isascii() or max(text) < "\N{IDEOGRAPHIC COMMA}"
        return text if without else re.sub(_BETWEEN_IDEOGRAPHS, "", text)

    def _said(self, message: str) -> str:
        """Return a message's translation; a label of two parts, such as `Starter: RAM`, is said by parts."""
        if self._listed(message) or not self._listed(tail := message.partition(": ")[2]):
            return self.translations.gettext(message)
        return self(mark("{subject}: {said}"), subject=self(message.partition(": ")[0]), said=self(tail))

    def _listed(self, message: str) -> bool:
        said = self.translations
        # Older releases of Python's `gettext` do not look among messages with a plural.
        found = said.gettext(message) != message or said.ngettext(message, message, 1) != message
        return bool(message) and found

    def _value(self, value: Value) -> Value:
        return self(value) if isinstance(value, Wording) else value

    def knows(self, message: str) -> bool:
        """Tell whether a message coming from data, or a wording, can be said in this language."""
        if isinstance(message, Wording):
            return self.knows(message.template)
        english = self.code == SOURCE_LANGUAGE or not message
        return english or self._listed(message) or self._listed(message.partition(": ")[2])

    def plural(self, one: str, many: str, count: int, **values: Any) -> str:  # noqa: ANN401  as above
        """Return `one` or `many` as the language counts, with `{n}` and the values filled in."""
        return self.translations.ngettext(one, many, count).format(n=self.number(count), **values)

    def sentences(self, *texts: str) -> str:
        """Return sentences one after the other, spaced as the language spaces them; empty texts are none."""
        first, *rest = filter(None, texts)
        return reduce(lambda said, each: self(mark("{first} {second}"), first=said, second=each), rest, first)

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number in the language's digits and separators, with at most `digits` decimals."""
        group, point = _separators(self.code)
        whole, _, rest = f"{value:,.{digits}f}".partition(".")
        rest = rest.rstrip("0")
        written = whole.replace(",", group) + (point + rest if rest else "")
        return "0" if written == "-0" else written

    def percent(self, ratio: float, digits: int = 0) -> str:
        """Return a ratio as a percentage, 0.4 as `40%`."""
        return self(mark("{value} %"), value=self.number(ratio * 100, digits))

    def quantity(self, value: float, unit: str) -> str:
        """Return a value in base units as people write it: 2592000000 B as `2.59 GB`."""
        if not math.isfinite(value):
            return self(mark("without limit"))
        if unit == "ratio":
            return self.percent(value, 1 if abs(value) < 0.1 else 0)  # noqa: PLR2004  0.1 is ten percent
        number, digits, shown = scaled(value, unit)
        written = self.number(number, digits)
        return f"{written} {self.unit(shown)}" if shown else written

    def unit(self, name: str) -> str:
        """Return a unit in the language; what it is counted by is said after the stroke: `GB/day`."""
        base, stroke, per = name.partition("/")
        whole = not base or not stroke or per == "s" or self._listed(name)
        return self(name) if whole else f"{base}{self(stroke + per)}"

    def span(self, low: float, high: float, unit: str) -> str:
        """Return a range as people write it; one value where both ends read alike."""
        first, last = self.quantity(low, unit), self.quantity(high, unit)
        return first if first == last else f"{first} \N{EN DASH} {last}"

    def date(self, day: dt.date) -> str:
        """Return a date in the language's long form."""
        if self.code == SOURCE_LANGUAGE:
            return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
        from babel.dates import format_date  # noqa: PLC0415  slow to import

        return str(format_date(day, format="long", locale=self.code))

    def month(self, day: dt.date) -> str:
        """Return a month with its year, short."""
        if self.code == SOURCE_LANGUAGE:
            return f"{_MONTHS[day.month - 1][:3]} {day.year}"
        from babel.dates import format_skeleton  # noqa: PLC0415  slow to import

        return str(format_skeleton("yMMM", day, locale=self.code))

    def weekdays(self) -> tuple[str, ...]:
        """Return the names of the seven days, Monday first, abbreviated."""
        from babel.dates import get_day_names  # noqa: PLC0415  slow to import

        names = get_day_names("abbreviated", locale=self.code)
        return tuple(str(names[day]) for day in range(7))


@cache
def _separators(code: str) -> tuple[str, str]:
    """Return what stands between thousands and before decimals, from Babel's locale data."""
    if code == SOURCE_LANGUAGE:
        return ",", "."
    from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415  slow to import

    return get_group_symbol(code), get_decimal_symbol(code)


@cache
def language(code: str) -> Language:
    """Return the language for a code such as `zh`; raises ValueError naming the available ones."""
    if code == SOURCE_LANGUAGE:
        return Language()
    path = LOCALES / code / "LC_MESSAGES" / "report.po"
    if code not in available():
        raise ValueError(f"there is no language {code!r}; available are: {', '.join(available())}")
    return Language(code, _translations(path))


def _translations(path: Path) -> NullTranslations:
    """Read a catalogue. Compiled in memory: no binary file to build, ship or forget."""
    from gettext import GNUTranslations  # noqa: PLC0415  slow to import
    from io import BytesIO  # noqa: PLC0415  slow to import

    from babel.messages.mofile import write_mo  # noqa: PLC0415  slow to import
    from babel.messages.pofile import read_po  # noqa: PLC0415  slow to import

    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=path.parent.parent.name))
    compiled.seek(0)
    return GNUTranslations(compiled)


# Values in base units as people write them: scale, decimals and unit, three significant digits.

_DECIMAL = ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, ""))
_BINARY_FREE = {"B", "B/s", "B/h", "B/day", "B/month", "bit/s"}
_DURATIONS = (
    (2 * 365.25 * 86400, 365.25 * 86400, mark("years")),
    (2 * 86400, 86400.0, mark("days")),
    (2 * 3600, 3600.0, mark("h")),
    (120, 60.0, mark("min")),
    (1, 1.0, mark("s")),
    (0, 0.001, mark("ms")),
)
_COUNTED = {
    "count": "",
    "1": "",
    "1/s": mark("/s"),
    "1/h": mark("/h"),
    "1/day": mark("/day"),
    "erlang": mark("erlangs"),
    "page": mark("pages"),
    "1/min": mark("/min"),
    "min/day": mark("min/day"),
    "day": mark("days"),
    "flag": "",
    "s": "",
}


def decimals(number: float, significant: int = 3) -> int:
    """Return how many decimals show `significant` digits: 2 for 2.59, 0 for 221."""
    if number == 0 or not math.isfinite(number):
        return 0
    return max(0, significant - 1 - math.floor(math.log10(abs(number))))


def scaled(value: float, unit: str) -> tuple[float, int, str]:
    """Return the number to show, its decimals, and its unit as a message to translate."""
    if unit == "s":
        return _duration(value)
    if unit in _BINARY_FREE:
        return _prefixed(value, unit)
    whole = float(value).is_integer() or abs(value) >= 1000  # noqa: PLR2004  a thousand shows four digits already
    return value, 0 if whole else decimals(value), _COUNTED.get(unit, unit)


def scales(say: Language, unit: str) -> list[tuple[float, str]]:
    """Return by what a quantity in a base unit is divided to be shown, and the unit then, the largest first."""
    if unit in _BINARY_FREE:
        return [(size, say.unit(prefix + unit)) for size, prefix in _DECIMAL]
    return [(1.0, say.unit(_COUNTED.get(unit, unit)))]


def _duration(value: float) -> tuple[float, int, str]:
    for least, size, name in _DURATIONS:
        if abs(value) >= least or size == 0.001:  # noqa: PLR2004  the smallest unit there is
            number = value / size
            return number, min(decimals(number), 1), name
    raise AssertionError  # pragma: no cover  the loop ends at its last row


def _prefixed(value: float, unit: str) -> tuple[float, int, str]:
    # 999,999,999 B are 1 GB, not 1,000 MB: the prefix follows the rounded number.
    rounded = abs(float(f"{value:.3g}"))
    size, prefix = next((row for row in _DECIMAL if rounded >= row[0]), _DECIMAL[-1])
    number = value / size
    return number, decimals(number), prefix + unit


# Citations in the reader's language: publications keep their titles, what we say ourselves is translated.

_PROFILE = re.compile(
    r"plan cdr profile: (?P<samples>[\d,]+) samples, (?P<confidence>[\d.]+%) confidence, (?P<method>.+)"
)
_BUSIEST = re.compile(r"busiest of (\d+), Bonferroni")


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
