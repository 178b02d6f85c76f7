"""An option stands in a group whose programs do not know it."""

from planner.catalogue.client_options import Program, programs, wrapper
from planner.catalogue.server_options import server_option
from planner.document.options import Option
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "option-in-wrong-group", Severity.WARNING, Basis.STANDARD, ("database-client-options", "mysqld-safe-script")
)
MAIN = frozenset({"mysql", "mysqladmin", "mysqldump"})


def check(site: Site) -> Findings:
    """Yield each option that a program which reads its group refuses, or that nobody heeds."""
    from planner.document.options import option_name, options  # noqa: PLC0415  few deployments name such a file

    for document in site.deployment.documents:
        for option in options(document) if document.format == "option-file" else ():
            name = option_name(option.entry.key.text)
            if not name.is_loose and name.name:
                yield from _refused(option)
                yield from _unheeded(option)


def _refused(option: Option) -> Findings:
    readers = [each for each in programs() if option.group in each.groups]
    strangers = [each for each in readers if not each.knows(option.name) and not each.knows(_written(option))]
    if not strangers:
        return
    only_some = len(strangers) < len(readers)
    minor = only_some and MAIN.isdisjoint(each.name for each in strangers)
    message = (
        wording(
            "[{group}] {option}: {programs} refuse to start with it; the other clients take it",
            group=option.group,
            option=option.entry.key.text,
            programs=", ".join(each.name for each in strangers),
        )
        if only_some
        else wording(
            "[{group}] {option}: every client that reads the group refuses to start with it",
            group=option.group,
            option=option.entry.key.text,
        )
    )
    severity = Severity.INFO if minor else Severity.WARNING
    yield RULE.at(option.entry.key.span, message, _advice(option, readers, strangers), severity=severity)


def _written(option: Option) -> str:
    return option.entry.key.text.lower().replace("-", "_")


def _advice(option: Option, readers: list[Program], strangers: list[Program]) -> str:
    takers = [each.name for each in readers if each not in strangers]
    if takers:
        return wording("Write it under {groups}.", groups=", ".join(f"[{each}]" for each in takers))
    if _is_servers(option.name):
        return wording("It is an option of the server: write it under [mysqld].")
    return wording("Remove it, or write `loose-` before it.")


def _unheeded(option: Option) -> Findings:
    safe = wrapper()
    if option.group in safe.groups and not safe.knows(option.name) and _is_servers(option.name):
        message = wording(
            "[{group}] {option}: mysqld_safe passes it over, and the server does not read this group",
            group=option.group,
            option=option.entry.key.text,
        )
        yield RULE.at(option.entry.key.span, message, wording("Write it under [mysqld]."))


def _is_servers(name: str) -> bool:
    return any(server_option(name, mariadb=each) is not None for each in (False, True))
