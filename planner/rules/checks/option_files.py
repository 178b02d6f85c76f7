"""Option files of the database as such: who may write them, which program reads a group, what was left in."""

from __future__ import annotations

from pathlib import Path
from stat import S_IWOTH

from planner.catalogue.releases import Program, Version, programs, read_groups, rescue_options, server_option, wrapper
from planner.deployment.names import slip
from planner.document.model import Mapping
from planner.document.mysql import server_groups
from planner.document.options import Option
from planner.finding import Severity, Span
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.sizing.memory import VERSION
from planner.wording import listing, term, wording

FORMATS = frozenset({"option-file"})


def option_file_world_writable(site: Site, rule: Rule) -> Findings:
    """Yield option files on this machine's disk with the permission."""
    for document in site.deployment.documents:
        if document.format in FORMATS and document.root is not None and _writable(document.path):
            yield rule.found(site, Span.at(document.path, 1, 1), subject=document.path)


def _writable(path: str) -> bool:
    try:
        return bool(Path(path).stat().st_mode & S_IWOTH)
    except (OSError, ValueError):
        return False


MAIN = frozenset({"mysql", "mysqladmin", "mysqldump"})


def option_in_wrong_group(site: Site, rule: Rule) -> Findings:
    """Yield each option that a program which reads its group refuses, or that nobody heeds."""
    from planner.document.options import option_name, options  # noqa: PLC0415  few deployments name such a file

    for document in site.deployment.documents:
        if document.format == "option-file" and isinstance(document.root, Mapping):
            yield from _misspelled_groups(document.root, rule)
        for option in options(document) if document.format == "option-file" else ():
            name = option_name(option.entry.key.text)
            if not name.is_loose and name.name:
                yield from _refused(option, rule)
                yield from _unheeded(option, rule)


def _misspelled_groups(root: Mapping, rule: Rule) -> Findings:
    """Yield each group that no program reads and that one letter makes one of those that are read."""
    read = read_groups() | set(server_groups(None))
    for group in root.entries:
        near = sorted(each for each in read if slip(each, group.name))
        if near and group.name not in read and not group.name[-1:].isdigit():  # [mysqld2] is mysqld_multi's
            message = wording("no program reads the group [{group}]", group=group.key.text)
            yield rule.at(group.key.span, message, wording("Did you mean [{name}]?", name=near[0]))


def _refused(option: Option, rule: Rule) -> Findings:
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
            programs=listing(each.name for each in strangers),
        )
        if only_some
        else wording(
            "[{group}] {option}: every client that reads the group refuses to start with it",
            group=option.group,
            option=option.entry.key.text,
        )
    )
    severity = Severity.INFO if minor else Severity.WARNING
    yield rule.at(option.entry.key.span, message, _advice(option, readers, strangers), severity=severity)


def _written(option: Option) -> str:
    return option.entry.key.text.lower().replace("-", "_")


def _advice(option: Option, readers: list[Program], strangers: list[Program]) -> str:
    takers = [each.name for each in readers if each not in strangers]
    if takers:
        return wording("Write it under {groups}.", groups=", ".join(f"[{each}]" for each in takers))
    if _is_servers(option.name):
        return wording("It is an option of the server: write it under [mysqld].")
    return wording("Remove it, or write `loose-` before it.")


def _unheeded(option: Option, rule: Rule) -> Findings:
    safe = wrapper()
    if option.group in safe.groups and not safe.knows(option.name) and _is_servers(option.name):
        message = wording(
            "[{group}] {option}: mysqld_safe passes it over, and the server does not read this group",
            group=option.group,
            option=option.entry.key.text,
        )
        yield rule.at(option.entry.key.span, message, wording("Write it under [mysqld]."))


def _is_servers(name: str) -> bool:
    return any(server_option(name, mariadb=each) is not None for each in (False, True))


LATIN1_UNTIL = {False: "8.0", True: "11.6"}


def collation_of_another_character_set(site: Site, rule: Rule) -> Findings:
    """Yield a collation that is not one of the server's character set, be it declared or the version's own."""
    collation, declared = site.get("mysql.collation_server"), site.get("mysql.character_set_server")
    server = Version.read(site.text(VERSION)) if site.get(VERSION) else None
    if collation is None or (declared is None and (server is None or server.reaches(LATIN1_UNTIL[server.mariadb]))):
        return
    charset = _charset(declared.text) if declared else "latin1"
    if _charset(collation.text.partition("_")[0]) == charset:
        return
    yield rule.found(
        site,
        collation,
        severity=rule.severity if declared else Severity.WARNING,
        collation=collation.text,
        charset=declared.text if declared else wording("latin1, the character set of most builds of this version"),
        name=collation.text.partition("_")[0],
    )


def _charset(name: str) -> str:
    return {"utf8": "utf8mb3"}.get(name.strip().casefold(), name.strip().casefold())


OFF = frozenset({"0", "off", "false", "no"})


def rescue_option_left_in(site: Site, rule: Rule) -> Findings:
    """Yield each option of an emergency that is in force."""
    for name, does in rescue_options().items():
        declared = site.usable.get(f"mysql.{name}") or site.deployment.values.get(f"mysql.{name}")
        if declared is None or str(declared.value).lower() in OFF:
            continue
        yield rule.found(site, declared.key_span or site[f"mysql.{name}"], name=name, does=term(does))
