"""Names of options: dashes and underscores are equal, prefixes change what an option does.

Source: mysys/my_getopt.c. A prefix counts only where the whole name is not itself an option, so the options
that merely begin like one are listed here.
"""

from __future__ import annotations

from dataclasses import dataclass

_PREFIXES = ("skip", "disable", "enable", "maximum", "loose", "autoset")
_WHOLE = frozenset(
    {
        "disable_gtid_unsafe_statements",
        "enable_locking",
        "enable_named_pipe",
        "enable_pstack",
        "skip_bdb",
        "skip_character_set_client_handshake",
        "skip_concurrent_insert",
        "skip_external_locking",
        "skip_grant_tables",
        "skip_host_cache",
        "skip_locking",
        "skip_name_resolve",
        "skip_networking",
        "skip_new",
        "skip_parallel_replication",
        "skip_replica_start",
        "skip_replication",
        "skip_safemalloc",
        "skip_show_database",
        "skip_slave_start",
        "skip_stack_trace",
        "skip_symlink",
        "skip_sync_bdb_logs",
        "skip_thread_priority",
    }
)


@dataclass(frozen=True, slots=True)
class OptionName:
    """What a written name stands for: the option, and the prefixes in front of it, outermost first."""

    name: str
    prefixes: tuple[str, ...] = ()

    @property
    def is_loose(self) -> bool:
        """Tell whether the server merely warns where it does not know the option."""
        return "loose" in self.prefixes

    def seen(self, value: str | None) -> str | None:
        """Return the value the option gets: the prefix next to the name decides, `skip_x=0` switches x on."""
        match self.prefixes[-1:]:
            case ("skip",) | ("disable",):
                return "1" if value == "0" else "0"
            case ("enable",):
                return "0" if value == "0" else "1"
        return value


def underscored(written: str) -> str:
    """Return a name in lower case, with underscores for dashes, which mean the same."""
    return written.lower().replace("-", "_")


def option_name(written: str) -> OptionName:
    """Return the option a written name stands for; `maximum_x` bounds x and stays a name of its own."""
    name = underscored(written)
    prefixes: list[str] = []
    while name not in _WHOLE:
        prefix, _, rest = name.partition("_")
        if prefix not in _PREFIXES or not rest:
            break
        prefixes.append(prefix)
        name = rest
    if prefixes[-1:] == ["maximum"]:
        return OptionName(f"maximum_{name}", tuple(prefixes[:-1]))
    return OptionName(name, tuple(prefixes))
