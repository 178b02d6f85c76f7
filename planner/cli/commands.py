"""How commands are run: their exit codes, each imported when it is asked for."""

from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches
from enum import IntEnum
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption


class Exit(IntEnum):
    """What a run of `plan` tells the shell."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    INTERNAL = 4


# Command groups that import a command's module only when that command runs.


class Command(TyperCommand):
    """A command whose help lists its options in groups, and that says itself what it cannot read."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for each in self.params:
            if hasattr(each.type, "readable"):
                each.type.readable = False

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the words apart; an option that is given again takes the place of the first, which is said."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        for each, times in Counter(order).items():
            if times > 1 and isinstance(each, TyperOption) and not each.multiple and not each.is_flag:
                typer.echo(f"plan: {max(each.opts, key=len)} is given more than once: the last one counts", err=True)
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, each under the heading of its group."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in self.get_params(ctx):
            if (record := each.get_help_record(ctx)) is not None:
                panel = getattr(each, "rich_help_panel", None)
                usual = "Options" if isinstance(each, TyperOption) else "Arguments"
                groups.setdefault(panel or usual, []).append(record)
        for heading, records in groups.items():
            with formatter.section(heading):
                formatter.write_dl(records)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  the context is not needed
        """Write the examples as they are: a command broken over two lines cannot be pasted."""
        if self.epilog:
            formatter.write("\n" + "".join(f"  {line}\n" for line in self.epilog.splitlines()))


DEBUG_HELP = "Show the trace of an internal error."


def lazy_group(commands: Mapping[str, tuple[str, str]]) -> type[TyperGroup]:
    """Return a group class over `commands`: name -> (module with an `app`, one line of help)."""

    class LazyGroup(TyperGroup):
        """Lists from the table; imports on the way to running."""

        def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  the table needs no context
            return list(commands)

        def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:  # noqa: ARG002  the same
            if cmd_name not in commands:
                return None
            # A placeholder is enough to list and complete; help texts must not cost imports.
            return TyperCommand(cmd_name, help=commands[cmd_name][1], rich_markup_mode=None)

        def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
            wanted = args[0]
            if wanted not in commands and (close := get_close_matches(wanted, commands)):
                ctx.fail(f"No such command '{wanted}'. Did you mean '{close[0]}'?")
            _, command, rest = super().resolve_command(ctx, args)
            return wanted, command and load(commands[wanted][0], wanted), rest

    return LazyGroup


def load(module: str, name: str) -> Any:
    """Return the command a module's `app` defines, under `name`."""
    command = typer.main.get_command(import_module(module).app)
    command.name = name
    command.params.append(TyperOption(param_decls=["--debug"], is_flag=True, expose_value=False, help=DEBUG_HELP))
    return command
