"""Kernel settings as such: keys that exist, values the kernel takes, files that are read and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath

from planner.catalogue.parameter import parameter
from planner.catalogue.releases import KernelKey, Version, foreign_part, is_charted, kernel_key, near_keys, sysfs_part
from planner.catalogue.units import quoted
from planner.deployment import Declared
from planner.deployment.host import differences
from planner.deployment.settings import profile_named
from planner.document.model import Entry, Mapping, Scalar
from planner.document.sysctl import trailing_comment
from planner.document.sysctl_host import PROFILES, resolve
from planner.document.text import split_lines
from planner.finding import Edit, Related, Severity, Span
from planner.rules.rule import Findings, Rule, beside
from planner.rules.shared import BUCKETS, kernel_version, short_name
from planner.rules.site import Site
from planner.wording import additions, wording

SOUND = re.compile(r"[A-Za-z0-9_.:@/*?\[\]{}~,%+!-]+", re.ASCII)
COMMAND = re.compile(r"(?:sudo\s+)?(?:/s?bin/|/usr/s?bin/)?(?:sysctl|echo|ulimit|modprobe)\b")


def _noticed(site: Site) -> Iterator[tuple[Declared, str]]:
    """Yield the kernel settings whose key something may be said of, be it what it may, each with its key."""
    kernel = kernel_version(site)
    return ((each, each.name.removeprefix("sysctl.")) for each in site.kernel if not _is_usual(each.name, kernel))


@lru_cache(1 << 10)
def _is_usual(name: str, version: Version | None) -> bool:
    """Tell whether a kernel has a key under this name, and lets it be written."""
    key = name.removeprefix("sysctl.")
    found = kernel_key(key) if SOUND.fullmatch(key) else None
    return found is not None and found.exists(version) and not found.renamed and not found.read_only(version)


def impossible_kernel_key(site: Site, rule: Rule) -> Findings:
    """Yield each declared key that can be no name below /proc/sys."""
    for declared, key in _noticed(site):
        if SOUND.fullmatch(key) or declared.span is None:
            continue
        if COMMAND.match(key):
            message = wording("{key} is a shell command, not a key of the kernel", key=quoted(key))
            advice = wording("Write `{key} = value`, without the command.", key=key.split()[-1])
        else:
            message = wording("{key} can be no key of the kernel", key=quoted(key))
            seen = (each for each in dict.fromkeys(key) if each.isprintable() and not each.isascii())
            if odd := ", ".join(f"U+{ord(each):04X}" for each in seen):
                message = wording("{key} can be no key of the kernel: it holds {odd}", key=quoted(key), odd=odd)
            advice = wording("Delete the name and type it again in plain ASCII, without blanks.")
        yield rule.at(declared, message, advice, span=declared.key_span)


QUOTES = ('"', "'")
QUOTED = re.compile(r"""(["'])\s*([-+0-9][-+0-9\s]*)\1""")


def kernel_value_refused(site: Site, rule: Rule) -> Findings:
    """Yield each number with quotes around it, each text of a key that holds numbers, each word of a later kernel."""
    kernel = kernel_version(site)
    for declared in site.kernel:
        key, text = declared.name.removeprefix("sysctl."), declared.text.strip()
        found = kernel_key(key)
        if found is None:
            continue
        quotes = QUOTED.fullmatch(text) if text.startswith(QUOTES) else None
        if quotes and _as_written(site, declared.span and declared.span.path):
            message = wording(
                "{key} is given {value} with its quotes; the kernel refuses it", key=key, value=declared.text
            )
            yield rule.at(declared, message, wording("Write {value}.", value=quotes[2].strip()))
        elif not quotes and _refused_as_text(declared, key, found):
            message = wording(
                "{key} is given {value}; the kernel takes numbers alone", key=key, value=quoted(declared.text)
            )
            yield rule.at(declared, message, wording("Write digits, without a unit or a word."))
        elif (since := found.came(declared.text.strip("\"' "))) and kernel is not None and not kernel.reaches(since):
            message = wording("kernel {kernel} has no {word}", kernel=_number(kernel), word=quoted(declared.text))
            advice = wording("Name another one, or run a kernel from {since} on.", since=since)
            yield rule.at(declared, message, advice, severity=Severity.WARNING)
        elif found.words and declared.text[:1] in ("'", '"'):
            message = wording(
                "{key} is given {value} with its quotes; the kernel refuses it", key=key, value=declared.text
            )
            yield rule.at(declared, message, wording("Write {value}.", value=declared.text.strip("\"' ")))


def _refused_as_text(declared: Declared, key: str, found: KernelKey) -> bool:
    """Tell whether a value beyond the catalogue is text where numbers belong; an empty one writes nothing."""
    if found.unit == "text" or not isinstance(declared.value, str) or not declared.text.strip():
        return False
    return is_charted(key) and parameter(declared.name) is None


def _number(kernel: Version) -> str:
    return ".".join(map(str, kernel.numbers))


def _as_written(site: Site, path: str | None) -> bool:
    """Tell whether a file is one whose values reach the kernel as they stand."""
    return any(each.path == path and each.format == "sysctl" for each in site.deployment.documents)


DOTTED = re.compile(r"(net\.ipv[46]\.(?:conf|neigh)\.[\w-]+)\.(?=[\w-]+\.\w+$)")
"""The name of an interface of a VLAN, whose dot parts the key: `eth0.100` is written eth0/100."""
GLOBS, PROC = frozenset("*?[{"), "proc.sys."


def no_such_kernel_key(site: Site, rule: Rule) -> Findings:
    """Yield each declared key that the declared kernel, or any known one, does not have."""
    kernel = kernel_version(site)
    for declared, key in _noticed(site):
        if not SOUND.fullmatch(key) or GLOBS.intersection(key) or key == "file" or key.startswith("-"):
            continue
        if (told := _missing(key, kernel)) is not None:
            message, advice, severity = told
            yield rule.at(declared, message, advice, span=declared.key_span, severity=severity)


def _missing(key: str, kernel: Version | None) -> tuple[str, str, Severity | None] | None:
    """Return what is wrong with a key that is not there, and what to do; None where it is."""
    if (found := kernel_key(key)) is None:
        return _unknown(key)
    if found.renamed and not found.exists(kernel):
        message = wording("{key} is named {new} now; the kernel has no key of the old name", key=key, new=found.renamed)
        return message, wording("Write {name}.", name=found.renamed), None
    if found.renamed and kernel is None and not found.kernels.endswith("1"):
        message = wording("{key} is the old name of {new}; newer kernels do not have it", key=key, new=found.renamed)
        return message, wording("Write {name}.", name=found.renamed), Severity.INFO
    if not found.exists(kernel):
        running = _number(kernel) if kernel else wording("from 2.6.32 to 6.12")
        message = wording("kernel {kernel} has no key {key}", kernel=running, key=key)
        return message, wording("Remove the line."), None
    return None


def _unknown(key: str) -> tuple[str, str, None] | None:
    if part := sysfs_part(key):
        message = wording("{part} is a folder of /sys, and sysctl writes below /proc/sys alone", part=part)
        path = "/".join(("/sys", *key.split(".")))
        advice = wording("Remove the line; write {path} at boot, with systemd-tmpfiles for one.", path=path)
    elif part := foreign_part(key):
        message = wording("no kernel of Linux has keys that begin with {part}", part=part)
        advice = wording("Remove the line; FreeBSD and others have such keys.")
        if part == key:
            advice = wording("Write a whole key such as vm.swappiness, or begin the line with #.")
        elif key.startswith(PROC):
            advice = wording("Write {name}.", name=key.removeprefix(PROC))
    elif is_charted(key) and parameter(f"sysctl.{key}") is None:
        near = DOTTED.sub(r"\1/", key) if DOTTED.match(key) else next(iter(near_keys(key)), "")
        message = wording("no kernel from 2.6.32 to 6.12 has a key {key}", key=key)
        advice = wording("Remove the line, or make sure that a module or a patched kernel brings it.")
        if near:
            advice = wording("Did you mean {names}?", names=near)
    else:
        return None
    return message, advice, None


def read_only_kernel_key(site: Site, rule: Rule) -> Findings:
    """Yield each declared key that is read-only; what a running kernel printed is no attempt to write."""
    kernel = kernel_version(site)
    if any(document.format == "sysctl-dump" for document in site.deployment.documents):
        return
    for declared, key in _noticed(site):
        found = kernel_key(key)
        if found is None or not found.exists(kernel) or not found.read_only(kernel):
            continue
        message = wording("{key} is read-only: the kernel refuses the write", key=found.key)
        advice = (
            wording("Set `options nf_conntrack hashsize=N` in /etc/modprobe.d instead.")
            if declared.name == BUCKETS
            else wording("Remove the line.")
        )
        yield rule.at(declared, message, advice, span=declared.key_span)


OLD = frozenset({"el6-boot", "el7-boot", "procps-system"})
SPECIAL = frozenset("*?[")


def sysctl_syntax_of_newer_readers(site: Site, rule: Rule) -> Findings:
    """Yield the keys whose line begins with `-`, or whose name is a pattern."""
    named = profile_named(site.deployment.values)
    profile = named or site.profile
    if profile and profile not in OLD:
        return
    severity = Severity.ERROR if named else Severity.WARNING
    for document in site.deployment.documents:
        for number, line in enumerate(split_lines(document.text) if document.format == "sysctl" else (), 1):
            key = line.partition("=")[0].strip()
            several = SPECIAL & set(key) and SOUND.fullmatch(key) and not key.startswith(("#", ";"))
            if "=" in line and (key.startswith("-") or several):
                what = wording("the - prefix") if key.startswith("-") else wording("a pattern of keys")
                span = Span.at(document.path, number, line.index(key) + 1, len(key))
                yield rule.found(site, span, severity=severity, subject=key, key=key, what=what)


OTHERS = {
    "el7-boot": wording("at boot of CentOS 7"),
    "el8-boot": wording("at boot of release 8 and later"),
    "procps-system": wording("by sysctl --system"),
}


def boot_and_apply_disagree(site: Site, rule: Rule) -> Findings:
    """Yield each key that other ways of reading the same host's files set to another value."""
    if site.root is None or not PROFILES[site.profile].units:
        return
    others = {
        reader: resolve(site.root, profile).effective for profile, reader in OTHERS.items() if profile != site.profile
    }
    for name, mine in sorted(resolve(site.root, site.profile).effective.items()):
        found = {reader: other[name].value for reader, other in others.items() if name in other}
        ours = mine.value.text if mine.value is not None else ""
        differing = {
            each: value for each, value in found.items() if value and ours and value.text.split() != ours.split()
        }
        if differing:
            said = (wording("{other} {reader}", other=each.text, reader=reader) for reader, each in differing.items())
            places = tuple(
                Related(wording("in force {reader}", reader=reader), each.span) for reader, each in differing.items()
            )
            yield rule.found(
                site, mine.key.span, related=places, subject=mine.name, key=mine.name, ours=ours, others=additions(said)
            )


def running_value_differs(site: Site, rule: Rule) -> Findings:
    """Yield each setting of a bundle's files that the running host has otherwise."""
    bundles = (each for each in site.deployment.documents if each.format == "bundle")
    for files, live in (pair for each in bundles for pair in differences(each)):
        places = beside(live, wording("the live value"))
        yield rule.found(site, files, related=places, name=short_name(files), files=files.text, live=live.text)


def comment_inside_value(site: Site, rule: Rule) -> Findings:
    """Yield each assignment of a sysctl file whose value ends in what was meant as a comment."""
    for document in site.deployment.documents:
        root = document.root
        for entry in root.entries if document.format == "sysctl" and isinstance(root, Mapping) else ():
            value = entry.node
            if isinstance(value, Scalar) and not foreign_part(entry.name) and (comment := trailing_comment(value)):
                fix, name = _moved(entry, value, comment), entry.name
                yield rule.found(site, comment, pointer=value.pointer, subject=name, fix=fix, key=name)


def _moved(entry: Entry, value: Scalar, comment: Span) -> Edit:
    """Return the edit that puts the comment above its line; what stands before the key stays before it."""
    start = entry.key.span
    bare = value.text[: comment.column - value.span.column].rstrip()
    text = value.text[comment.column - value.span.column :].strip()
    return Edit(
        span=Span(start.path, start.line, start.column, comment.line, value.span.end_column),
        replacement=f"{text}\n{entry.key.text} = {bare}",
    )


def settings_file_passed_over(site: Site, rule: Rule) -> Findings:
    """Yield the files the profile passes over, but not documentation."""
    if site.root is None:
        return
    for passed in resolve(site.root, site.profile).ignored:
        if PurePath(passed.path).stem.upper() != "README":
            yield rule.found(site, Span.at(passed.path, 1, 1), subject=passed.path, reason=passed.reason)
