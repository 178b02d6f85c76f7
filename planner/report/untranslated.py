"""Lists the sentences of the product that a catalogue lacks: `python -m planner.report.untranslated`.

`make docs` prints the list; a sentence on it is shown in English in a report of that language. The check before a
release fails while there are any.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from planner.catalogue.pages import spoken
from planner.report.language import LOCALES, SOURCE_LANGUAGE, available
from planner.rules.registry import rules
from planner.sizing.constants import data

PACKAGE = Path(__file__).resolve().parent.parent


def sentences() -> dict[str, str]:
    """Return each sentence of the code, the rules' pages and the notes of a sizing, as a template with its place."""
    found = {template: place for path in sorted(PACKAGE.rglob("*.py")) for template, place in _said_in(path)}
    pages = {said: f"rules/pages/{name}.md" for name in rules() for said in spoken(name)}
    notes = {note["text"]: f"notes.json: {name}" for name, note in data("notes")["notes"].items()}
    report = data("report")
    told = (
        *report["method"],
        *report["glossary"],
        *report["glossary"].values(),
        *(row["label"] for row in report["measured"]),
    )
    return {**pages, **notes, **dict.fromkeys(told, "report.json"), **found}


def _said_in(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and _called(node.func) in {"wording", "mark", "say"}:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, f"{path.relative_to(PACKAGE)}:{node.lineno}"


def _called(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def missing(code: str) -> dict[str, str]:
    """Return the sentences the catalogue of a language lacks, each with its place."""
    from babel.messages.pofile import read_po  # noqa: PLC0415  the reader of catalogues, which few commands need

    with (LOCALES / code / "LC_MESSAGES" / "report.po").open("rb") as file:
        known = {message.id for message in read_po(file, locale=code) if message.string}
    return {text: place for text, place in sentences().items() if text not in known}


def main() -> int:
    """Print what each language lacks; return 1 where anything is, 0 where nothing."""
    lacking = {code: missing(code) for code in available() if code != SOURCE_LANGUAGE}
    for code, texts in lacking.items():
        sys.stdout.write(f"{code}: {len(texts)} sentences are not translated yet, and stand in English\n")
        sys.stdout.writelines(f"  {place}: {text}\n" for text, place in texts.items())
    return int(any(lacking.values()))


if __name__ == "__main__":
    raise SystemExit(main())
