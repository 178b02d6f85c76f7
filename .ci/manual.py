"""Writes the reference of the command line, docs/reference/cli.md, and the man page, docs/reference/plan.1.

    python .ci/manual.py [--check]

Both say what `--help` says, of every command; with --check nothing is written, and stale files end with code 1.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from planner.cli import COMMANDS, app
from planner.cli.cdr import COMMANDS as RECORDS
from planner.cli.commands import load

if TYPE_CHECKING:
    from collections.abc import Iterator

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
HEAD = """\
# Commands

Every command has `--help`, writes to standard output or to `-o FILE`, and ends with the codes of
[the contract](contract.md). This page is made from the commands themselves.
"""


class Shown(NamedTuple):
    """One command: how it is called, what it does, and its options by heading."""

    name: str
    usage: str
    text: str
    options: dict[str, list[tuple[str, str]]]
    example: str


def commands() -> Iterator[Shown]:
    """Yield every command, those of `plan cdr` behind it."""
    for name, (module, _) in COMMANDS.items():
        if name != "cdr":
            yield _shown(f"plan {name}", load(module, name))
            continue
        for inner, (place, _) in RECORDS.items():
            yield _shown(f"plan cdr {inner}", load(place, inner))


def _shown(name: str, command: Any) -> Shown:  # noqa: ANN401  typer's own classes
    context = command.make_context(name, [], resilient_parsing=True)
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in command.get_params(context):
        record = each.get_help_record(context)
        if record is not None and "--debug" not in each.opts and "--help" not in each.opts:
            usual = "Arguments" if each.param_type_name == "argument" else "Options"
            groups.setdefault(getattr(each, "rich_help_panel", None) or usual, []).append(record)
    pieces = " ".join(command.collect_usage_pieces(context))
    return Shown(name, f"{name} {pieces}", command.help.strip(), groups, command.epilog.removeprefix("Example: "))


def markdown() -> str:
    """Return the page of the site."""
    return HEAD + "".join(map(_section, commands()))


def _section(each: Shown) -> str:
    parts = [f"\n## {each.name}\n\n{each.text}\n\n```text\n{each.usage}\n```\n"]
    for heading, records in each.options.items():
        rows = "".join(f"| `{_cell(option)}` | {_cell(text)} |\n" for option, text in records)
        parts.append(f"\n| {heading} | |\n| --- | --- |\n{rows}")
    return "".join((*parts, f"\nExample: `{each.example}`\n"))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def man() -> str:
    """Return the man page, in the `man` macros that every reader knows."""
    root = typer.main.get_command(app)
    head = '.TH PLAN 1 "" "plan" "User Commands"\n.SH NAME\n'
    parts = [head, f"plan \\- {_roff(root.help.strip().rstrip('.').lower().replace('vos3000', 'VOS3000'))}\n"]
    parts.append(".SH SYNOPSIS\n.B plan\n.I command\n[\\fIoptions\\fR]\n.SH COMMANDS\n")
    parts += map(_man_section, commands())
    parts.append(
        ".SH EXIT STATUS\n0 success; 1 findings at or above \\-\\-fail\\-on; 2 wrong usage, or nothing to check;\n"
    )
    parts.append("3 an input could not be read; 4 a fault of the program.\n")
    return "".join(parts)


def _man_section(each: Shown) -> str:
    lines = [f".SS {_roff(each.name)}\n{_roff(' '.join(each.text.split()))}\n.PP\n.B {_roff(each.usage)}\n"]
    for heading, records in each.options.items():
        lines.append(f".PP\n{_roff(heading)}:\n")
        lines += [f".TP\n.B {_roff(option)}\n{_roff(text)}\n" for option, text in records]
    lines.append(f".PP\nExample:\n.PP\n.nf\n{_roff(each.example)}\n.fi\n")
    return "".join(lines)


def _roff(text: str) -> str:
    """Return text that roff prints as it is."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe


def main(arguments: list[str]) -> int:
    """Write both files, or tell whether they are as they should be."""
    made = {REFERENCE / "cli.md": markdown(), REFERENCE / "plan.1": man()}
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if "--check" in arguments:
            print(f"{path.name} is stale: make docs", file=sys.stderr)
        else:
            path.write_text(made[path], encoding="utf-8")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
