"""Parameters for people and programs: plain data, a text table, the Markdown of docs/parameters.md."""

from collections.abc import Iterable, Iterator
from typing import Any

from planner.catalogue.data import schema, sources
from planner.catalogue.display import shown
from planner.catalogue.parameter import Parameter, parameters, sections

_KINDS = {
    "address": "IP:port",
    "brand": "name, or mapping of name, colour and logo",
    "choice": "one of a few words",
    "codecs": "codec, or mix such as g729=70,g711=30",
    "count": "whole number",
    "days": "number of days",
    "duration": "duration such as 75s, 2m, 1h30m",
    "family": "beginning of a family of names",
    "hex": "byte such as 0xa0",
    "ignores": "list of rule, reason and until",
    "kernel-integer": "integer",
    "kernel-vector": "integers separated by blanks",
    "mysql-number": "number, with K, M or G",
    "mysql-switch": "ON or OFF",
    "numbers": "list of numbers",
    "option-text": "text, or nothing",
    "path": "path, or list of paths",
    "port-list": "list of ports and ranges",
    "ports": "ports such as 5060 or 10000-49999",
    "rate": "bit rate such as 1Gbps",
    "ratio": "share such as 0.4 or 40%",
    "severities": "mapping of rule to severity",
    "size": "size such as 32GB",
    "switch": "On or Off",
    "version": "version",
}


def facts(parameter: Parameter) -> Iterator[tuple[str, str]]:
    """Yield what is known of a parameter as label and text, in the order a reader wants it."""
    extra = parameter.schema
    renamed = extra.get("x-renamed")
    pairs = (
        ("Value", _KINDS.get(parameter.quantity, parameter.quantity)),
        ("Allowed", ", ".join(map(shown, parameter.choices))),
        ("Range", parameter.range_text),
        ("Unit", "" if parameter.range_text else parameter.unit),
        ("Default", parameter.default_text),
        ("Recommended", "; ".join(f"{shown(each['value'])} ({each['when']})" for each in parameter.recommended)),
        ("Since", str(extra.get("x-since", ""))),
        ("Removed", str(extra.get("x-removed", ""))),
        ("Renamed", f"{renamed['to']} since {renamed['in']}" if renamed else ""),
        ("Stands for", parameter.alias_of),
        ("Also written", ", ".join(parameter.aliases)),
        ("Not to be confused with", ", ".join(parameter.look_alikes)),
        ("Set in", parameter.where),
        ("Manual", parameter.manual_section),
        ("Note", parameter.note),
        ("Basis", f"{parameter.basis}{f', {parameter.confidence}' if parameter.confidence else ''}"),
    )
    return (pair for pair in pairs if pair[1])


def record(parameter: Parameter) -> dict[str, Any]:
    """Return a parameter as plain data; `minimum`, `maximum` and `default` in the parameter's own unit."""
    least, most = parameter.limits
    known = {
        "name": parameter.name,
        "section": parameter.section,
        "description": parameter.description,
        "quantity": parameter.quantity,
        "unit": parameter.unit,
        "minimum": least,
        "maximum": most,
        "choices": list(parameter.choices),
        "default": parameter.schema.get("default"),
        "unset_by_default": parameter.unset,
        "recommended": [dict(each) for each in parameter.recommended],
        "aliases": list(parameter.aliases),
        "alias_of": parameter.alias_of or None,
        "where": parameter.where,
        "manual_section": parameter.manual_section,
        "basis": parameter.basis.value,
        "confidence": parameter.confidence,
        "note": parameter.note,
        "sources": [{"key": key, **sources()[key]} for key in parameter.sources],
    }
    extra = ("since", "deprecated", "removed", "renamed", "default-by-version", "range-by-version", "mariadb")
    return known | {
        key.replace("-", "_"): parameter.schema[f"x-{key}"] for key in extra if f"x-{key}" in parameter.schema
    }


def text_table(chosen: Iterable[Parameter]) -> str:
    """Return parameters as aligned lines: name, range or choices, default, what it does."""
    rows = [(each.name, _allowed(each), each.default_text, each.description) for each in chosen]
    widths = [min(max((len(row[at]) for row in rows), default=0), limit) for at, limit in enumerate((62, 34, 28))]
    lines = ["  ".join((*(row[at].ljust(widths[at]) for at in range(3)), row[3])).rstrip() for row in rows]
    return "\n".join(lines) + "\n"


def _allowed(parameter: Parameter) -> str:
    return parameter.range_text or "|".join(map(shown, parameter.choices)) or _KINDS.get(parameter.quantity, "text")


def markdown(section: str | None = None) -> str:
    """Return the reference of all parameters, or of one section's, as Markdown."""
    chosen = sections() if section is None else (section,)
    parts = ["# Parameters\n", _INTRODUCTION]
    for name in chosen:
        parts.append(f"## {name}\n\n{schema(name)['description']}\n")
        parts += [_block(each) for each in parameters(name)]
    used = sorted({key for name in chosen for each in parameters(name) for key in each.sources})
    parts.append("## Sources\n\n" + "".join(map(_source_line, used)))
    return "\n".join(parts)


_INTRODUCTION = """Everything a deployment may declare, as `plan params --format markdown` lists it.
A number without a unit counts in the unit of its range. GB is 10^9 B; GiB, and a bare G, are 2^30 B.
*Basis* says what an entry rests on, the word behind it how well it is documented.
"""


def _block(parameter: Parameter) -> str:
    cited = ", ".join(f"[{key}](#source-{_anchor(key)})" for key in parameter.sources)
    lines = [f"- **{label}**: {_escaped(text)}" for label, text in facts(parameter)]
    head = f"### `{parameter.key}`\n\n{_escaped(parameter.description)}\n\n"
    return head + "\n".join([*lines, f"- **Source**: {cited}"]) + "\n"


def _source_line(key: str) -> str:
    known = sources()[key]
    return f'- <a id="source-{_anchor(key)}"></a>`{key}`: {known["title"]}. {known["locator"]}\n'


def _anchor(key: str) -> str:
    return key.replace(".", "-")


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*")
