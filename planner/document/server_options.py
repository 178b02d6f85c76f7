"""Which options a server of a given version gets from its files, and which one beats each other one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.document.option_completion import SET_VARIABLE, completed
from planner.document.server_version import server_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.document.option_file import Option
    from planner.document.server_version import ServerVersion

_FIRST_WINS = frozenset({"user"})
_ADDED_UP = frozenset(
    {
        "binlog_do_db",
        "binlog_ignore_db",
        "ignore_db_dir",
        "ignore_db_dirs",
        "plugin_load_add",
        "replicate_do_db",
        "replicate_do_table",
        "replicate_ignore_db",
        "replicate_ignore_table",
        "replicate_rewrite_db",
        "replicate_wild_do_table",
        "replicate_wild_ignore_table",
        SET_VARIABLE,
    }
)


@dataclass(frozen=True, slots=True)
class ShadowedOption:
    """An option that has no effect, and the one that beats it."""

    option: Option
    by: Option


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """What a server gets: one option per name, those it never sees, and those of groups it does not read.

    Names are those of the server: where it takes abbreviations they are completed.

    Of options that add up (`replicate_do_db`, `plugin_load_add`...) the last stands here and none is
    shadowed.
    """

    effective: Mapping[str, Option]
    shadowed: tuple[ShadowedOption, ...]
    unread: tuple[Option, ...]


def server_options(options: Iterable[Option], version: ServerVersion | None = None) -> ServerOptions:
    """Return what a server of `version` makes of options in reading order; the last of a name wins."""
    groups = frozenset(server_groups(version))
    effective: dict[str, Option] = {}
    shadowed: list[ShadowedOption] = []
    unread: list[Option] = []
    for written in options:
        if written.group.rstrip(" ") not in groups:
            unread.append(written)
            continue
        option = completed(written, version)
        known = effective.get(option.name)
        if known is not None and option.name in _FIRST_WINS:
            shadowed.append(ShadowedOption(option, known))
        else:
            if known is not None and option.name not in _ADDED_UP:
                shadowed.append(ShadowedOption(known, option))
            effective[option.name] = option
    return ServerOptions(effective, tuple(shadowed), tuple(unread))
