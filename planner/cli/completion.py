"""`plan completion`: the script that makes a shell complete commands, options and names."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.console import application, write_output

app = application()


class Shell(StrEnum):
    """The shells there are scripts for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


SCRIPTS = {
    Shell.BASH: """\
_plan() {
    local IFS=$'\\n'
    COMPREPLY=($(plan completion bash -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o bashdefault -o default -F _plan plan
""",
    Shell.ZSH: """\
#compdef plan
_plan() {
    local -a found
    found=("${(@f)$(plan completion zsh -- "${(@)words[2,$CURRENT]}" 2>/dev/null)}")
    if [[ -n "${found[1]}" ]]; then compadd -Q -- "${found[@]}"; else _files; fi
}
compdef _plan plan
""",
    Shell.FISH: """\
function __plan_complete
    set -l words (commandline -opc) (commandline -ct)
    plan completion fish -- $words[2..-1] 2>/dev/null
end
complete -c plan -a '(__plan_complete)'
""",
}


@app.command(epilog="Example: plan completion bash > ~/.local/share/bash-completion/completions/plan")
def completion(
    shell: Annotated[Shell, typer.Argument(help="The shell.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(help="What stands behind `plan` so far: prints what may come.", metavar="[WORDS]..."),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Print a completion script for bash, zsh or fish."""
    text = SCRIPTS[shell] if words is None else "".join(f"{each}\n" for each in candidates(words))
    write_output(text, output)


def candidates(words: list[str]) -> list[str]:
    """Return what may stand in the place of the last of the words; nothing where a file may."""
    from planner.cli import app as root

    *before, word = words
    command: Any = typer.main.get_command(root)
    context: Any = None
    rest = list(before)
    while hasattr(command, "list_commands"):
        names = [each for each in rest if not each.startswith("-")]
        if not names:
            return _beginning(word, [*command.list_commands(context), *_options(command)])
        try:
            _, command, rest = command.resolve_command(typer.Context(command), rest[rest.index(names[0]) :])
        except Exception:  # noqa: BLE001  what does not exist has no candidates
            return []
    return _of_command(command, rest, word)


def _of_command(command: Any, before: list[str], word: str) -> list[str]:
    option, separator, value = word.partition("=")
    if word.startswith("--") and separator:
        return [f"{option}={each}" for each in _beginning(value, _values(command, option))]
    if word.startswith("-"):
        return _beginning(word, _options(command))
    if before and before[-1].startswith("-") and _takes_value(command, before[-1]):
        return _listed(word, _values(command, before[-1]))
    return _listed(word, _names(_ARGUMENTS.get(command.name, "")))


def _listed(word: str, values: Iterable[str]) -> list[str]:
    """Return values that continue a list separated by commas."""
    done, comma, last = word.rpartition(",")
    return [f"{done}{comma}{each}" for each in _beginning(last, values)]


def _beginning(word: str, names: Iterable[str]) -> list[str]:
    return [each for each in names if each.startswith(word)]


def _options(command: Any) -> list[str]:
    return [name for each in command.params for name in (*each.opts, *each.secondary_opts) if name.startswith("--")] + [
        "--help"
    ]


def _parameter(command: Any, option: str) -> Any:
    return next((each for each in command.params if option in (*each.opts, *each.secondary_opts)), None)


def _takes_value(command: Any, option: str) -> bool:
    found = _parameter(command, option)
    return found is not None and not found.is_flag


def _values(command: Any, option: str) -> list[str]:
    found = _parameter(command, option)
    choices = getattr(found.type, "choices", None) if found is not None else None
    if choices:
        return [str(getattr(each, "value", each)) for each in choices]
    if found is not None and "|" in (found.metavar or ""):
        return list(found.metavar.split("|"))
    return _names(_VALUES.get(option, ""))


def _names(kind: str) -> list[str]:
    return sorted(_KINDS[kind]()) if kind else []


def _rules() -> Iterable[str]:
    from planner.rules.registry import rules

    return rules()


def _codecs() -> Iterable[str]:
    from planner.catalogue.mixtures import codec_names

    return {*codec_names(), *codec_names().values()}


def _parameters() -> Iterable[str]:
    from planner.catalogue.parameter import parameters

    return (each.name for each in parameters(None))


def _sections() -> Iterable[str]:
    from planner.catalogue.parameter import sections

    return sections()


def _figures() -> Iterable[str]:
    from planner.sizing.explain import listed

    return (name for name, _ in listed("figures"))


def _assumptions() -> Iterable[str]:
    from planner.sizing.explain import listed

    return (f"{name}=" for name, _ in listed("assumptions"))


def _everything() -> Iterable[str]:
    from planner.sizing.explain import LISTS, listed

    documented = (name for kind in LISTS for name, _ in listed(kind))
    parameters = tuple(_parameters())
    return {*LISTS, *documented, *_rules(), *parameters, *(each.partition(".")[2] for each in parameters)}


def _schemas() -> Iterable[str]:
    from planner.catalogue.data import names

    return names()


def _parts() -> Iterable[str]:
    from planner.tune.render import PARTS

    return PARTS


_KINDS: dict[str, Callable[[], Iterable[str]]] = {
    "rules": _rules,
    "severities": lambda: (f"{each}=" for each in _rules()),
    "codecs": _codecs,
    "parameters": lambda: (f"{each}=" for each in _parameters()),
    "sections": _sections,
    "figures": _figures,
    "assumptions": _assumptions,
    "everything": _everything,
    "schemas": _schemas,
    "parts": _parts,
}
_VALUES = {
    "--select": "rules",
    "--ignore": "rules",
    "--severity": "severities",
    "--codec": "codecs",
    "--egress-codec": "codecs",
    "--vary": "parameters",
    "--section": "sections",
    "--figure": "figures",
    "--figures": "figures",
    "--assume": "assumptions",
    "--only": "parts",
}
_ARGUMENTS = {"explain": "everything", "schema": "schemas"}
