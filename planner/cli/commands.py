"""How commands are run: their exit codes, each imported when it is asked for."""

from collections import Counter
from collections.abc import Callable, Mapping
from enum import IntEnum
from functools import partial
from importlib import import_module
from typing import Any

import click

Ended = click.exceptions.Exit
"""What a command raises to end with an exit code."""

_HELP_NAMES = {"help_option_names": ["-h", "--help"]}


class Exit(IntEnum):
    """What a run of `plan` tells the shell."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    INTERNAL = 4


class Option(click.Option):
    """An option that stands under a heading in the help, with the default that it has."""

    def __init__(self, *arguments: Any, group: str = "Options", **options: Any) -> None:
        super().__init__(*arguments, **{"show_default": bool(options.get("default"))} | options)
        self.group = group


option = partial(click.option, cls=Option)
DEBUG = "--debug"
debug_option = option(DEBUG, is_flag=True, expose_value=False, help="Show the trace of an internal error.")
"""The option that all commands have; `ending` looks for it."""


class Command(click.Command):
    """A command whose help lists its options in groups."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        debug_option(self)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the words apart; an option that is given again takes the place of the first, which is said."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        for each, times in Counter(order).items():
            if times > 1 and isinstance(each, click.Option) and not each.multiple and not each.is_flag:
                click.echo(f"plan: {max(each.opts, key=len)} is given more than once: the last one counts", err=True)
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each under the heading of its group."""
        for heading, records in headed(self, ctx).items():
            with formatter.section(heading):
                formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  the context is not needed
        """Write the examples as they are: a command broken over two lines cannot be pasted."""
        if self.epilog:
            formatter.write("\n" + "".join(f"  {line}\n" for line in self.epilog.splitlines()))


def headed(command: click.Command, context: click.Context) -> dict[str, list[tuple[str, str]]]:
    """Return what the help says of the options of a command, by heading."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in command.get_params(context):
        record = each.get_help_record(context)
        if record is not None and isinstance(each, click.Option):
            groups.setdefault(getattr(each, "group", "Options"), []).append(record)
    return groups


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
"""What adds an option or an argument to a command."""


def command(epilog: str, cls: type[Command] = Command) -> Callable[[Callable[..., None]], Command]:
    """Return the decorator that makes a function a command of `plan`."""
    return click.command(cls=cls, epilog=epilog, context_settings=_HELP_NAMES)


# Groups that import a command's module only when that command runs.


class LazyGroup(click.Group):
    """Lists from the table `commands`: name -> (module that has a command of this name, one line of help)."""

    def __init__(self, *, table: Mapping[str, tuple[str, str]], **options: Any) -> None:
        # A placeholder is enough to list and complete; help texts must not cost imports.
        listed = {name: click.Command(name, help=text) for name, (_, text) in table.items()}
        super().__init__(commands=listed, context_settings=_HELP_NAMES, **options)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the table needs no context
        """Return the names in the order of the table."""
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Import the command on the way to running."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, name and load(self._table[name][0]), rest


def load(module: str) -> click.Command:
    """Return the command that a module defines under its own name."""
    found: click.Command = getattr(import_module(module), module.rpartition(".")[2])
    return found
