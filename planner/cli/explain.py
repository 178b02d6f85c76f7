"""`plan explain`: what a name of the product stands for, and where a figure comes from."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.commands import Exit
from planner.cli.console import application, chosen_format, fail, format_option, write_form
from planner.cli.traffic_options import declared_options, read_deployment, sized, with_traffic_options

if TYPE_CHECKING:
    from planner.sizing.explain import Step

app = application()
FORMATS = ("text", "markdown", "json")
LONGEST = 100
# So many names may be meant by one that is none.
FEW = 4


@app.command(epilog="Example: plan explain cdr.retained_bytes examples/wholesale/deployment.yaml")
@with_traffic_options
def explain(
    traffic: dict[str, Any],
    name: Annotated[
        str, typer.Argument(help="A figure, assumption, codec, tier, parameter or rule; or a list: figures.")
    ],
    deployment: Annotated[str | None, typer.Argument(help="Derive the figure in this deployment's numbers.")] = None,
    format: Annotated[str | None, format_option(FORMATS)] = None,  # noqa: A002  the option's name
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
) -> None:
    """Document a rule, parameter, figure, codec, tier or assumption.

    With a deployment, or with the options of plan size, a figure's derivation is shown in numbers, down to
    sourced constants. The names figures, assumptions, codecs and tiers list what there is.
    """
    form = chosen_format(format, output, FORMATS, "text")
    from planner.sizing.explain import LISTS, listed

    text = _list(listed(name), form) if name in LISTS else _explanation(name, deployment, traffic, form)
    write_form(text, output, form)


def _list(entries: list[tuple[str, str]], form: str) -> str:
    if form == "json":
        import json

        return json.dumps(dict(entries), indent=2, ensure_ascii=False) + "\n"
    if form == "markdown":
        return "".join(f"- `{name}`: {text}\n" for name, text in entries)
    width = max(len(name) for name, _ in entries)
    return "".join(f"{name:{width}}  {text}\n" for name, text in entries)


def _explanation(name: str, deployment: str | None, traffic: dict[str, Any], form: str) -> str:
    from planner.catalogue.units import quoted
    from planner.output.explanations import render
    from planner.sizing.evaluation import registry
    from planner.sizing.explain import topics

    found, pages = list(topics(name)), _pages(name)
    for meant in () if found or pages else _meant(name):
        found, pages, name = [*found, *topics(meant)], list(dict.fromkeys((*pages, *_pages(meant)))), meant
    if not found and not pages:
        fail(f"nothing is named {quoted(name)}{_close(name)}", Exit.USAGE)
    declared = declared_options(traffic)
    tree: Step | None = None
    figure = name.strip().lower()
    if figure in registry() and (deployment is not None or declared or traffic.get("profile")):
        from planner.sizing.explain import derivation

        tree = derivation(sized(read_deployment(deployment, declared), traffic), figure)
    return render(found, tree, pages, form)


def _meant(name: str) -> list[str]:
    """Return the few names that differ in hyphens or in z for s, else that end, else that begin, as is written."""
    from planner.catalogue.parameter import parameters
    from planner.rules.registry import rules
    from planner.sizing.explain import names

    def plain(written: str) -> str:
        return written.strip().lower().translate(str.maketrans("-/ z", "_._s"))

    known = {each: plain(each) for each in (*names(), *rules(), *(parameter.name for parameter in parameters()))}
    spelled = plain(name)
    alike = [each for each, said in known.items() if said == spelled]
    alike = alike or [each for each, said in known.items() if said.endswith(f".{spelled}")]
    alike = alike or [each for each, said in known.items() if said.startswith(f"{spelled}.")]
    return alike if len(alike) <= FEW else []


def _pages(name: str) -> list[str]:
    """Return the pages of the rule and of the parameter of that name, in whatever case it is written."""
    from planner.catalogue.parameter import parameters, resolve, sections
    from planner.rules.page import describe
    from planner.rules.registry import rules

    rule = name.strip().lower()
    pages = [describe(rules()[rule])] if rule in rules() else []
    names = {known.name.lower(): known.name for known in parameters()}
    spelled = [name, *(f"{section}.{name}" for section in sections())]
    spelled += [names[each.strip().lower()] for each in spelled if each.strip().lower() in names]
    found = {known.name: known for known in map(resolve, spelled) if known is not None}
    return [*pages, *map(_parameter, found.values())]


def _parameter(known: Any) -> str:
    from planner.catalogue.data import cited

    recommended = (f"{each['value']} ({each['when']})" for each in known.recommended)
    facts = {
        "default": known.default_text,
        "recommended": ", ".join(recommended),
        "range": known.range_text,
        "choices": ", ".join(map(str, known.choices)),
        "section": known.section,
        "basis": str(known.schema.get("x-basis", "")),
        "confidence": str(known.schema.get("x-confidence", "")),
        "where": str(known.schema.get("x-where", "")),
        "manual section": str(known.schema.get("x-section", "")),
        "not the same": ", ".join(known.look_alikes),
        "note": known.note,
        "checked by": ", ".join(_checking(known.name)),
        "sources": cited(known.sources),
    }
    lines = (f"  {label:14}  {text}" for label, text in facts.items() if text)
    return "\n".join((f"{known.name} (parameter): {known.description}", *lines))


def _checking(name: str) -> Iterator[str]:
    """Yield the rules that look at a parameter: what it conflicts with is what they say."""
    from planner.rules.registry import rules

    return (rule for rule, known in rules().items() if any(name in need.split("|") for need in known.rule.needs))


def _close(name: str) -> str:
    from difflib import get_close_matches

    from planner.catalogue.parameter import sections, suggest
    from planner.catalogue.releases import option_names
    from planner.rules.registry import rules
    from planner.sizing.explain import names

    spelled = name[:LONGEST]
    options = (option_names(None, mariadb=mariadb) for mariadb in (False, True))
    known = [*names(), *rules(), *suggest(spelled), *(each for family in options for each in family)]
    known += [each for section in sections() for each in suggest(f"{section}.{spelled}")]
    close = get_close_matches(spelled, dict.fromkeys(known), 5, 0.5)
    if spelled.partition(".")[0] in sections():
        # A section says that a setting is meant.
        close = list(dict.fromkeys((*suggest(spelled), *close)))
    return f"; close: {', '.join(close)}" if close else "; plan explain figures lists figures"
