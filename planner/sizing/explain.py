"""What can be explained of the model, as sections of plain text, and how a figure was derived."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from planner.catalogue.data import cited
from planner.catalogue.display import format_quantity, range_text
from planner.catalogue.releases import KERNEL_KEYS_SOURCE, SOURCE, KernelKey, kernel_key, life, server_option
from planner.document.options import option_name
from planner.sizing.codecs import codecs, packet
from planner.sizing.constants import data, defaults, tiers
from planner.sizing.evaluation import registry
from planner.sizing.formula import TABLES, dotted, parse
from planner.sizing.numbers import Assumption, Estimate, Range
from planner.sizing.result import Sizing, span
from planner.wording import wording

LISTS = ("figures", "assumptions", "codecs", "tiers", "terms")


class Topic(NamedTuple):
    """One thing explained: what kind it is, its name, one line of what it is, and named facts."""

    kind: str
    name: str
    title: str
    facts: tuple[tuple[str, str], ...]


def topics(name: str) -> Iterator[Topic]:
    """Yield what the model knows under a name, whatever its case: several where a name is, say, a figure, too."""
    spelled = name.strip().lower()
    if spelled in registry():
        yield _figure(spelled)
    if spelled in defaults():
        yield _assumption(spelled)
    if spelled in codecs():
        yield _codec(spelled)
    for tier in tiers():
        if spelled in {tier["name"], f"tier.{tier['name']}"}:
            yield _tier(tier)
    words = spelled.replace("-", " ").replace("_", " ")
    for known, topic in _described():
        if spelled == known.lower() or (topic.kind == "term" and words == known.lower().replace("-", " ")):
            yield topic
    yield from _option(spelled.removeprefix("mysql.").lstrip("-").replace("-", "_"))
    if (key := kernel_key(name.strip().removeprefix("sysctl.").replace("/", "."))) is not None:
        yield _kernel_key(key)


def _option(written: str) -> Iterator[Topic]:
    """Yield an option of database servers with its life in each family; prefixes such as skip are taken off."""
    families = {"m": "MySQL", "a": "MariaDB"}
    for name in dict.fromkeys((written, option_name(written).name)):
        options = [each for each in (server_option(name, mariadb=mariadb) for mariadb in (False, True)) if each]
        facts = [(families[each.family], life(each)) for each in options]
        facts += [(f"words of {families[each.family]}", _listed(each.choices())) for each in options]
        if options:
            title = wording("what servers of each family make of it in an option file")
            facts.append(("sources", cited((SOURCE,))))
            yield Topic("option of database servers", options[0].name, title, _kept(facts))
            return


def _kernel_key(key: KernelKey) -> Topic:
    access = {"r": wording("read-only"), "w": wording("write-only")}.get(key.access[:1], "")
    until = key.access.partition(":")[2]
    facts = [
        ("kernels", key.known_to()),
        ("access", wording("{access} before {version}", access=access, version=until) if until else access),
        ("module", key.module),
        ("unit", key.unit),
        ("range", "; ".join(_ranges(key))),
        ("words", ", ".join(f"{word} {since}" for word, since in _words(key))),
        ("all and interface", key.combines),
        ("named now", key.renamed),
        ("sources", cited((KERNEL_KEYS_SOURCE,))),
    ]
    return Topic("kernel key", key.key, wording("a key of /proc/sys"), _kept(facts))


def _listed(words: tuple[str, ...]) -> str:
    """Return words in a row, of hundreds the first ones."""
    more = len(words) - _LISTED
    rest = wording("and {count} more", count=more) if more > 0 else ""
    return ", ".join(filter(None, (*words[:_LISTED], rest)))


_LISTED = 60


def _words(key: KernelKey) -> Iterator[tuple[str, str]]:
    """Yield the words that came with a later kernel than the oldest."""
    for word, _, since in (each.partition(":") for each in key.words.split("|") if each):
        yield word, wording("from {came} on", came=since)


def _ranges(key: KernelKey) -> Iterator[str]:
    """Yield the numbers a key takes, each with the kernel from which on where they differ."""
    found = [(kernel, range_text(*limits)) for kernel, limits in key.ranges()]
    for kernel, text in found:
        since = wording("from {came} on", came=".".join(map(str, kernel.numbers)))
        yield text if len(found) == 1 else f"{text or wording('any number')} {since}"


def _described() -> Iterator[tuple[str, Topic]]:
    """Yield what is described elsewhere: terms, columns of CDRs, and the parts of a sizing that are no figures."""
    for term in data("glossary")["terms"]:
        also = term.get("also", ())
        known = _kept([("also", ", ".join(also)), ("sources", "; ".join(term["sources"]))])
        yield from ((name, Topic("term", term["name"], term["text"], known)) for name in (term["name"], *also))
    layout = data("cdr-format")
    for place, column in enumerate(layout["columns"], 1):
        values = tuple(f"{value} {meaning}" for value, meaning in column.get("labels", {}).items())
        facts = [("column", f"{place}"), ("type", column["type"]), ("unit", column.get("unit", ""))]
        facts += [("also", column.get("alias", "")), ("values", _listed(values))]
        named = layout["labels"].get(column["name"], {"source": ()})
        facts += [("sources", cited((*layout["source"], *named["source"])))]
        topic = Topic("CDR column", column["name"], column["meaning"], _kept(facts))
        yield from ((name, topic) for name in (column["name"], column.get("alias")) if name)
    document = data("sizing-v1.schema")["properties"]
    for part in ("hardware", "plan"):
        for name, field in document[part]["properties"].items():
            text = field.get("description") or name.replace("_", " ")
            full = f"{part}.{name}"
            yield full, Topic("part of a sizing", full, text, _kept([("values", ", ".join(field.get("enum", ())))]))
            inside = {**field.get("properties", {}), **field.get("items", {}).get("properties", {})}
            for below, each in inside.items():
                said = each.get("description") or wording("part of {whole}", whole=full)
                yield f"{full}.{below}", Topic("part of a sizing", f"{full}.{below}", said, ())


def listed(kind: str) -> list[tuple[str, str]]:
    """Return (name, one line) of everything of a kind in LISTS. Raises KeyError for another kind."""
    return {
        "figures": [(name, figure.label) for name, figure in registry().items() if figure.shown],
        "assumptions": [(name, default.assumption.label) for name, default in defaults().items()],
        "codecs": [(entry["name"], entry["label"]) for entry in data("codecs")["codecs"]],
        "tiers": [(tier["name"], tier["label"]) for tier in tiers()],
        "terms": [(name, topic.title) for name, topic in _described() if (topic.kind, topic.name) == ("term", name)],
    }[kind]


def names() -> list[str]:
    """Return every name the model can explain."""
    described = (name for name, _ in _described())
    return [*registry(), *defaults(), *codecs(), *(tier["name"] for tier in tiers()), *described]


def _figure(name: str) -> Topic:
    figure = registry()[name]
    used = ", ".join(other.name for other in registry().values() if name in other.operands)
    facts = [("unit", figure.unit), ("formula", figure.formula), ("from", ", ".join(figure.operands))]
    facts += [("sources", "; ".join(figure.sources)), ("used by", used)]
    return Topic("figure", name, figure.label, _kept(facts))


def _assumption(name: str) -> Topic:
    default = defaults()[name]
    item = default.assumption
    used = ", ".join(figure.name for figure in registry().values() if name in figure.operands)
    low, typical, high = (format_quantity(value, item.unit) for value in item.range)
    facts = [
        ("low, typical, high", f"{low}, {typical}, {high}"),
        ("basis", item.grounds),
        ("sources", "; ".join(item.sources)),
        ("allowed", f"{span(default.minimum, default.maximum)} {item.unit}"),
        ("replace with", ", ".join(dict.fromkeys((item.replace, f"--assume {name}=VALUE")))),
        ("declared as", default.declared),
        ("used by", used),
        ("note", default.note),
    ]
    return Topic("assumption", name, item.label, _kept(facts))


def _codec(name: str) -> Topic:
    entry = codecs()[name]
    size, duration = packet(entry, None)
    rates = ", ".join(
        f"{framing} {_kbps(size, duration, option['link_bytes'])}"
        for framing, option in data("framings")["framings"].items()
        if not option["documented"]
    )
    documented = entry.get("documented_bits_per_second")
    facts = [
        ("bit rate", format_quantity(entry["bit_rate"], "bit/s")),
        ("packets", f"{size} B every {entry['ptime_ms']} ms; durations {entry['ptimes_ms']}"),
        ("one stream, one direction", rates),
        ("the guide's column", format_quantity(documented, "bit/s") if documented else ""),
        ("other spellings", ", ".join(entry["aliases"])),
        ("basis", entry["basis"]),
        ("sources", "; ".join(entry["sources"])),
    ]
    return Topic("codec", entry["name"], entry["label"], _kept(facts))


def _kbps(size: int, duration: float, link: int) -> str:
    headers = sum(defaults()[f"header.{name}"].assumption.range.typical for name in ("rtp", "udp", "ipv4"))
    return format_quantity((size + headers + link) * 8 / duration, "bit/s")


def _tier(tier: dict[str, Any]) -> Topic:
    units = data("tiers")["units"]
    counted = {column: unit for column, unit in units.items() if unit != "flag"}
    facts = [(column.replace("_", " "), format_quantity(tier[column], unit)) for column, unit in counted.items()]
    facts += [("storage", tier["storage"]), ("basis", tier["basis"]), ("sources", "; ".join(tier["sources"]))]
    return Topic("tier", tier["name"], tier["label"], _kept(facts))


def _kept(facts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in facts if text)


# Where a figure comes from: the tree of figures and numbers below it, in the values of one sizing.


class Step(NamedTuple):
    """One number of a derivation.

    `formula` is empty for a number that was not computed; `origin` then says who chose it. `children` are the
    numbers the formula took, without branches not taken; `again` marks a figure whose children stand further
    up.
    """

    name: str
    label: str
    range: Range
    unit: str
    formula: str
    basis: str
    origin: str
    sources: tuple[str, ...]
    replace: str
    children: tuple[Step, ...]
    again: bool = False


def derivation(sizing: Sizing, figure: str) -> Step:
    """Return the tree below a figure. Raises KeyError for an unknown name.

    A sizing read from a document lacks declared numbers; the tree then ends above them.
    """
    return _step(sizing, figure, set())


def _step(sizing: Sizing, name: str, seen: set[str]) -> Step:
    leaf = sizing.leaves.get(name)
    if leaf is not None:
        return _leaf(leaf)
    estimate = sizing.figures[name]
    if name in seen:
        return _estimate(estimate, (), again=True)
    seen.add(name)
    children = tuple(
        _step(sizing, operand, seen)
        for operand in taken(estimate.formula, sizing.leaves)
        if operand in sizing.leaves or operand in sizing.figures
    )
    return _estimate(estimate, children, again=False)


def _leaf(leaf: Assumption) -> Step:
    basis = "" if leaf.origin == "declared" else leaf.grounds
    return Step(leaf.name, leaf.label, leaf.range, leaf.unit, "", basis, leaf.origin, leaf.sources, leaf.replace, ())


def _estimate(item: Estimate, children: tuple[Step, ...], *, again: bool) -> Step:
    return Step(
        item.name, item.label, item.range, item.unit, item.formula, item.grounds, "computed", item.sources,
        "", children, again,
    )  # fmt: skip


def taken(formula: str, leaves: Mapping[str, Assumption]) -> tuple[str, ...]:
    """Return the names a formula takes, each once; of a choice the flag and the branch taken."""
    return tuple(dict.fromkeys(_taken(parse(formula), leaves)))


def _taken(node: ast.expr, leaves: Mapping[str, Assumption]) -> Iterator[str]:
    match node:
        case ast.BinOp(left=left, right=right):
            yield from _taken(left, leaves)
            yield from _taken(right, leaves)
        case ast.Call(func=ast.Name(id="where"), args=[condition, yes, no]):
            yield from _chosen(condition, (yes, no), leaves)
        case ast.Call(args=args):
            for argument in args:
                yield from _taken(argument, leaves)
        case ast.Constant():
            return
        case _:
            name = dotted(node)
            if not name.startswith(f"{TABLES}."):
                yield name


def _chosen(
    condition: ast.expr, branches: tuple[ast.expr, ast.expr], leaves: Mapping[str, Assumption]
) -> Iterator[str]:
    flag = leaves.get(dotted(condition))
    if flag is None:
        for branch in branches:
            yield from _taken(branch, leaves)
        return
    if flag.replace:
        yield flag.name
    yield from _taken(branches[0] if flag.range.typical else branches[1], leaves)


def as_dict(step: Step) -> dict[str, Any]:
    """Return the tree as plain JSON types."""
    from planner.sizing.numbers import number  # noqa: PLC0415  only writers need it

    plain: dict[str, Any] = {"name": step.name, "label": step.label}
    plain |= {case: number(value) for case, value in zip(("low", "value", "high"), step.range, strict=True)}
    plain |= {"unit": step.unit, "formula": step.formula, "basis": step.basis, "origin": step.origin}
    plain |= {"sources": list(step.sources), "replace": step.replace, "again": step.again}
    return plain | {"inputs": [as_dict(child) for child in step.children]}
