"""The product's data in `schemas/` and `templates/`, read once: schemas, tables, and sources with citations."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

SCHEMAS = _ROOT / "schemas"
TEMPLATES = _ROOT / "templates"


# The JSON Schemas of `schemas/`: loaded one by one when asked for, bundled for editors.

SUFFIX = ".schema.json"


class UnknownSchemaError(LookupError):
    """There is no schema of this name."""


def names() -> tuple[str, ...]:
    """Return the name of every schema, sorted: `deployment`, `traffic`, ..."""
    return tuple(sorted(path.name.removesuffix(SUFFIX) for path in SCHEMAS.glob(f"*{SUFFIX}")))


@cache
def schema(name: str) -> dict[str, Any]:
    """Return a schema as it stands in its file; not to be changed. Raises UnknownSchemaError."""
    if not name.replace("-", "").isalnum() or not (SCHEMAS / f"{name}{SUFFIX}").is_file():
        raise UnknownSchemaError(f"there is no schema `{name}`; the schemas are {', '.join(names())}")
    loaded: dict[str, Any] = json.loads(text(name))
    return loaded


def text(name: str) -> str:
    """Return the text of a schema's file."""
    return (SCHEMAS / f"{name}{SUFFIX}").read_text(encoding="utf-8")


def bundle(name: str) -> dict[str, Any]:
    """Return a schema with every schema it refers to inside, under `$defs`: one self-contained document."""
    wanted = _closure(name)
    bundled = _rewritten(schema(name), name, root=name)
    definitions = {other: _inner(other, name) for other in wanted if other != name}
    return {**bundled, "$defs": {**bundled.get("$defs", {}), **definitions}} if definitions else bundled


def _closure(name: str) -> list[str]:
    found, waiting = {name}, [name]
    while waiting:
        fresh = _referred(schema(waiting.pop())) - found
        found |= fresh
        waiting.extend(fresh)
    return sorted(found)


def _referred(node: Any) -> set[str]:  # noqa: ANN401  a JSON value of any shape
    if isinstance(node, dict):
        reference = node.get("$ref")
        own = {reference.partition(SUFFIX)[0]} if isinstance(reference, str) and SUFFIX in reference else set()
        return own.union(*(_referred(value) for value in node.values()))
    return set().union(*(_referred(value) for value in node)) if isinstance(node, list) else set()


def _inner(name: str, root: str) -> dict[str, Any]:
    rewritten = _rewritten(schema(name), name, root=root)
    for each in rewritten.get("properties", {}).values():
        if "x-sources" in each:
            each["markdownDescription"] = _told(each)
    for kind in rewritten.get("$defs", {}).values():
        # Editors would show it in the place of what the parameter that refers to it says.
        kind.pop("description", None)
    return {key: value for key, value in rewritten.items() if key not in {"$schema", "$id"}}


def _told(entry: dict[str, Any]) -> str:
    """Return what is known of a parameter, for people who look at its name in an editor."""
    least, most = entry.get("minimum", ""), entry.get("maximum", "")
    facts = {
        "Range": f"{least}-{most}" if least != "" or most != "" else "",
        "Unit": entry.get("x-unit", ""),
        "Default": entry.get("default", ""),
        "Source": cited(tuple(entry["x-sources"])),
    }
    lines = [f"{name}: {value}" for name, value in facts.items() if value != ""]
    return "\n\n".join((entry.get("description", ""), *lines))


def _rewritten(node: Any, here: str, *, root: str) -> Any:  # noqa: ANN401  a JSON value of any shape
    if isinstance(node, dict):
        return {
            key: _pointer(value, here, root) if key == "$ref" else _rewritten(value, here, root=root)
            for key, value in node.items()
        }
    return [_rewritten(value, here, root=root) for value in node] if isinstance(node, list) else node


def _pointer(reference: str, here: str, root: str) -> str:
    file, _, fragment = reference.partition("#")
    target = file.removesuffix(SUFFIX) or here
    return f"#{fragment}" if target == root else f"#/$defs/{target}{fragment}"


# Sources: the registry of `schemas/sources.json`, and how rules, data and figures refer to it.
#
# A *reference* is a key of the registry, or a key with what stands there: `guide-scaling` or
# `guide-scaling: softswitch parameters`. People read *citations*, which have the source's title for its key.

MARK = ": "
"""Stands between a reference's key and what the source says there."""

SEPARATOR = "; "
"""Stands between citations; no citation holds it."""


@cache
def sources() -> Mapping[str, Mapping[str, str]]:
    """Return every source by its key, with `title` and `locator`."""
    listed: dict[str, dict[str, str]]
    listed = json.loads((SCHEMAS / "sources.json").read_text(encoding="utf-8"))["sources"]
    return listed


@cache
def citation(reference: str) -> str:
    """Return a reference for people: the title with what stands there, or else with the locator.

    A text without a key of the registry, such as what a profile says of itself, cites itself.
    """
    key, _, detail = reference.partition(MARK)
    known = sources().get(key)
    return f"{known['title']}{MARK}{detail or known['locator']}" if known else reference


def citations(references: Iterable[str]) -> tuple[str, ...]:
    """Return references for people, one by one."""
    return tuple(map(citation, references))


@cache
@cache
def cited(references: tuple[str, ...]) -> str:
    """Return references for people in one text, as findings show them."""
    return SEPARATOR.join(citations(references))


def with_citations(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an object of a data file, with citations for the references it has under `sources`."""
    if "sources" in entry:
        entry["sources"] = list(citations(entry["sources"]))
    return entry
