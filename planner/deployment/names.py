"""Names of settings: slips, other spellings, and what a server of the declared version makes of an option."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from planner.catalogue.data import schema
from planner.catalogue.display import range_text
from planner.catalogue.parameter import Parameter, parameter, suggest
from planner.catalogue.releases import ServerOption, Version, kernel_of, server_option, similar_options
from planner.catalogue.units import quoted
from planner.deployment.model import Declared
from planner.deployment.native import MYSQL_SWITCH, Place, fault
from planner.document.model import Entry, Scalar
from planner.document.mysql import OptionNumberProblem, ServerVersion, option_integer
from planner.document.options import Option, is_name, option_name
from planner.document.options_host import (
    SET_VARIABLE,
    abbreviates,
    as_read,
    completed,
    full_name,
    sets_variables,
    several,
)
from planner.finding import Edit, Finding, Severity
from planner.wording import wording

_LIKENESS = 0.85
_SIZE = "_size"
_LISTED, _NAMED = 12, 3
_SWITCHES = frozenset({"skip", "disable", "enable"})
_UNKNOWN = frozenset({"gone", "not yet", "variable"})
_STATES = ("on", "off", "default")
_KEY_CACHE = frozenset(
    f"key_{each}"
    for each in ("buffer_size", "cache_block_size", "cache_division_limit", "cache_age_threshold", "cache_segments")
)
_UNREAD = (9,)  # series of MySQL of whose ranges no source was read
_SHORT = 4  # ipv4 and ipv6, all and eth0 are no slips of each other


def misspelled(section: str, key: str) -> str:
    """Return the known name of which a name of an open section must be a slip, so like it is; empty for none.

    Interface names and the like stand between dots: compared are names of as many parts that differ in one.
    """
    if section == "sysctl":
        from planner.catalogue.releases import kernel_key  # noqa: PLC0415  only names beyond the catalogue need it

        if kernel_key(key) is not None:
            return ""  # Likeness is costly to tell.
    near = next(iter(suggest(f"{section}.{key}")), "")
    if section == "sysctl":
        theirs, ours = near.split("."), key.split(".")
        differing = [pair for pair in zip(theirs, ours, strict=False) if pair[0] != pair[1]]
        return near if len(theirs) == len(ours) and len(differing) == 1 and slip(*differing[0]) else ""
    return near if slip(near, key) else ""


def slip(right: str, written: str) -> bool:
    """Tell whether one letter more, less, wrong or swapped makes one word the other; short words never."""
    if min(len(right), len(written)) <= _SHORT or abs(len(right) - len(written)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(right, written, strict=False)) if a != b), min(len(right), len(written))
    )
    one, two = right[start:], written[start:]
    return one[1:] == two[1:] or one[1:] == two or one == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])


# Whether a parameter exists in the version of the program that a deployment declares.


@cache
def version_name(section: str) -> str:
    """Return the name under which the version of the program is declared that a section's settings belong to."""
    return str(schema(section).get("x-version-of", ""))


def version_of(section: str, values: Mapping[str, Declared]) -> Version | None:
    """Return the version of the program a section's settings belong to, declared or the system's; None for neither."""
    declared = (values.get(name) for name in (version_name(section), "server.os"))
    version, system = (str(each.value or "") if each is not None else "" for each in declared)
    return kernel_of(version, system) if section == "sysctl" else Version.read(version)


def version_faults(entry: Parameter, place: Place, version: Version) -> Iterator[Finding]:
    """Yield whether the version no longer knows a parameter, or knows it under another name."""
    removed = str(entry.schema.get("x-removed", ""))
    renamed = entry.schema.get("x-renamed")
    if removed and version.reaches(removed):
        message = wording("{name} was removed in {removed}", name=entry.name, removed=removed)
        yield fault("removed-parameter", place, message, parameter=entry, severity=Severity.WARNING)
    elif renamed and version.reaches(renamed["in"]):
        message = wording(
            "{name} is named {new} since {version}", name=entry.name, new=renamed["to"], version=renamed["in"]
        )
        hint = wording("Write {name}.", name=renamed["to"])
        severity = Severity.INFO if version.mariadb else None  # MariaDB keeps old names that MySQL refuses
        yield fault("renamed-parameter", place, message, hint=hint, parameter=entry, severity=severity)


# Options of option files under names a server completes, or no longer does.


def spelling_faults(options: Iterable[Option], version: ServerVersion | None) -> Iterator[Finding]:
    """Yield abbreviated names and `set-variable`, each with whether a server of this version takes it."""
    for option, full in as_read(options, version):
        if option_name(option.entry.key.text).is_loose:
            continue
        if option.name == SET_VARIABLE:
            yield _set_variable(option, version)
        elif full.name != option.name:
            yield _abbreviated(option, full)
        elif version is None and (whole := completed(option)).name != option.name:
            yield _in_full(option.entry, whole.name, _place(option), "MariaDB")


def option_faults(entry: Entry, name: str, version: Version | None) -> Iterator[Finding]:
    """Yield what servers of the declared version, or of any, make of an option under this name.

    `name` is the option's, completed and without prefixes that change what it does.
    """
    written = option_name(entry.key.text)
    cache = "." in name and name.rpartition(".")[2] in _KEY_CACHE
    if not is_name(entry.key.text) or name == SET_VARIABLE or cache or name.startswith("maximum_"):
        return
    place = Place(span=entry.key.span, pointer=entry.node.pointer, subject=f"mysql.{name}")
    if written.is_loose and "." not in name:
        yield from _ambiguous(entry, name, place, version)
        return
    if version is None:
        yield from _of_any_version(entry, name, place)
        return
    option = _meant(name, mariadb=version.mariadb)
    program = f"{'MariaDB' if version.mariadb else 'MySQL'} {'.'.join(map(str, version.numbers))}"
    if option is None:
        yield from _foreign(entry, name, place, version, program)
        return
    server, standing = ServerVersion(version.numbers, version.mariadb), option.standing(version)
    if standing == "elsewhere" and written.is_loose:
        return
    if standing in _UNKNOWN and abbreviates(server) and full_name(name, server) not in {None, name}:
        return  # read as the beginning of another option
    if (said := _said(option, standing, place, program, version)) is not None:
        yield said
    if standing in {"taken", "deprecated"}:
        yield from _refused_argument(option, entry, program)
        yield from _refused_words(option, entry, version, program)
        yield from _refused_number(option, entry, server, program)
        yield from _unread_switch(option, entry, program)


def _ambiguous(entry: Entry, name: str, place: Place, version: Version | None) -> Iterator[Finding]:
    """Yield a loose name that begins several options: not being known is forgiven, being ambiguous is not."""
    meant = several(name, ServerVersion(version.numbers, version.mariadb)) if version else ()
    if meant:
        names = ", ".join(meant[:_NAMED]) + (", ..." if len(meant) > _NAMED else "")
        message = wording(
            "{option} may mean {names}: the server refuses to start", option=quoted(entry.key.text), names=names
        )
        yield fault("unknown-parameter", place, message, hint=wording("Write the whole name."))


def switched(entry: Entry) -> Entry:
    """Return a setting of a deployment under its option's name: `skip-log-bin: true` is `log_bin` put off."""
    name, node = option_name(entry.name), entry.node
    if not name.prefixes or not isinstance(node, Scalar):
        return entry
    if name.prefixes[-1] in _SWITCHES:
        node = node._replace(value=name.seen("0" if MYSQL_SWITCH.get(node.text.lower()) is False else None))
    return Entry(name.name, entry.key, node)


def told_once(findings: Iterable[Finding], version: Version | None, loaded: str) -> Iterator[Finding]:
    """Yield findings, of those on options of one plugin the first; none where `loaded` names the plugin."""
    told: set[str] = set()
    for each in findings:
        row = server_option(each.subject.removeprefix("mysql."), mariadb=version.mariadb) if version else None
        plugin = (
            row.part(version) if row and each.rule == "unknown-parameter" and each.severity is Severity.INFO else ""
        )
        names = {plugin, plugin.replace("rpl_semi_sync", "semisync")}
        if not plugin or (plugin not in told and not any(name in loaded for name in names)):
            told.add(plugin)
            yield each


def passed_over(entry: Entry, name: str, version: Version | None) -> bool:
    """Tell whether an option is written so that the declared server, which does not know it, goes on without it."""
    if version is None or "." in name or not option_name(entry.key.text).is_loose:
        return False
    option = _meant(name, mariadb=version.mariadb)
    unknown = option is None or option.standing(version) in _UNKNOWN
    return unknown and not several(name, ServerVersion(version.numbers, version.mariadb))


def _meant(name: str, *, mariadb: bool) -> ServerOption | None:
    """Return the option of a name; `skip_external_locking` is a variable, and the option `external_locking` put off."""
    option = server_option(name, mariadb=mariadb)
    prefix, _, rest = name.partition("_")
    if (option is None or option.settable in "vrc") and prefix in _SWITCHES:
        return server_option(rest, mariadb=mariadb) or option
    return option


def _refused_argument(option: ServerOption, entry: Entry, program: str) -> Iterator[Finding]:
    """Yield where a value is missing, or stands behind a name that takes none."""
    node = entry.node
    if option_name(entry.key.text).prefixes or not isinstance(node, Scalar):
        return
    absent = node.value is None and node.span == entry.key.span
    place = Place(span=entry.key.span, pointer=entry.node.pointer, subject=f"mysql.{option.name}")
    if option.argument == "r" and absent:
        message = wording(
            "{name} stands without a value: {program} refuses to start", name=option.name, program=program
        )
        yield fault("wrong-type", place, message, hint=wording("Write {name} = value.", name=option.name))
    elif option.argument == "n" and not absent:
        message = wording("{name} takes no value: {program} refuses to start", name=option.name, program=program)
        yield fault("wrong-type", place, message, hint=wording("Write {name} alone.", name=option.name))


_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


def _beyond_catalogue(option: ServerOption, kind: str, entry: Entry) -> str | None:
    """Return the value written for an option of a kind that the catalogue has not; None where there is none of it."""
    node = entry.node
    if (
        option.kind != kind
        or not isinstance(node, Scalar)
        or node.value is None
        or option_name(entry.key.text).prefixes
    ):
        return None
    return node.text.strip() if parameter(f"mysql.{option.name.lower()}") is None else None


def _refused_number(option: ServerOption, entry: Entry, server: ServerVersion, program: str) -> Iterator[Finding]:
    """Yield a value that is no number to the server, or one beyond its range, of an option the catalogue has not."""
    text, decimal = (_beyond_catalogue(option, kind, entry) for kind in "id")
    number = option_integer(text, server) if text else None
    place = Place(span=entry.node.span, pointer=entry.node.pointer, subject=f"mysql.{option.name}")
    if isinstance(number, OptionNumberProblem) or (decimal and not _DECIMAL.fullmatch(decimal)):
        message = wording(
            "{name}: {program} reads no number in {value} and refuses to start",
            name=option.name,
            program=program,
            value=quoted(text or decimal or ""),
        )
        digits = wording("Write digits, with K, M or G behind them.")
        hint = digits if text else wording("Write {expected}.", expected=wording("a number"))
        yield fault("wrong-type", place, message, hint=hint)
        return
    if number is None:
        return
    least, most = option.limits(Version(server.numbers, server.is_mariadb))
    taken = min(max(number, number if least is None else least), number if most is None else most)
    if taken != number:
        message = wording(
            "{name} is {amount}, outside {allowed}: {program} takes {taken}",
            name=option.name,
            amount=number,
            allowed=range_text(least, most),
            program=program,
            taken=taken,
        )
        severity = Severity.ERROR if number < 0 <= (least or 0) and server.is_mariadb else Severity.WARNING
        hint = wording("Write a value of {allowed}.", allowed=range_text(least, most))
        if not server.is_mariadb and server.numbers >= _UNREAD:
            hint = wording("Write a value of {allowed}, what MySQL 8.4 takes.", allowed=range_text(least, most))
        yield fault("out-of-range", place, message, hint=hint, severity=severity)


def _unread_switch(option: ServerOption, entry: Entry, program: str) -> Iterator[Finding]:
    """Yield a value that a switch the catalogue has not does not know: the server warns, and goes on without it."""
    text = _beyond_catalogue(option, "b", entry)
    if text is not None and text.lower() not in MYSQL_SWITCH and not text.isdecimal():
        place = Place(span=entry.node.span, pointer=entry.node.pointer, subject=f"mysql.{option.name}")
        message = wording(
            "{name}: {program} reads neither on nor off in {value}: it warns, and takes off or its default",
            name=option.name,
            program=program,
            value=quoted(text),
        )
        hint = wording("Write ON or OFF, 1 or 0.")
        yield fault("wrong-type", place, message, hint=hint, severity=Severity.WARNING)


def _refused_words(option: ServerOption, entry: Entry, version: Version, program: str) -> Iterator[Finding]:
    """Yield the words of an enumeration or a set that the server of this version does not know."""
    choices = option.choices(version)
    text = entry.node.text if isinstance(entry.node, Scalar) and entry.node.value is not None else ""
    words = text.split(",") if option.kind in "sf" and not text.isdecimal() else [text]
    # Nothing is no name of a character set or a collation.
    unnamed = option.kind == "n" and isinstance(entry.node, Scalar) and entry.node.value == ""
    for word in words if choices and (text or unnamed) else []:
        # Blanks behind a word are passed over, those in front are not.
        if _is_word(option, word.rstrip(" "), version):
            continue
        place = Place(span=entry.node.span, pointer=entry.node.pointer, subject=f"mysql.{option.name}")
        message = wording(
            "{name}: {program} does not know {word} and refuses to start",
            name=option.name,
            program=program,
            word=quoted(word),
        )
        hint = wording("Write {value}.", value=", ".join(choices[:_LISTED]))
        if _is_word(option, word.strip(), version):
            hint = wording("Remove the blank in front of the word.")
        yield fault("not-an-allowed-value", place, message, hint=hint)


def _is_word(option: ServerOption, word: str, version: Version) -> bool:
    if option.kind == "f":
        name, _, state = word.casefold().partition("=")
        return word.casefold() == "default" or (state in _STATES and bool(option.choice(name, version)))
    if option.kind == "s" and word.isdecimal():
        return int(word) < 1 << len(option.choices(version))
    return bool(option.choice(word, version))


def _said(
    option: ServerOption, standing: str, place: Place, program: str, version: Version | None = None
) -> Finding | None:
    """Return what a server says of an option in its file; None where it takes it without a word."""
    name, hint = f"mysql.{option.name}", ""
    match standing:
        case "gone":
            rule, severity = "removed-parameter", Severity.ERROR
            message = wording(
                "{name} was removed in {gone}; {program} does not know it and refuses to start",
                name=name,
                gone=(version and option.left(version)) or option.gone,
                program=program,
            )
        case "not yet":
            rule, severity = "not-yet-in-version", Severity.ERROR
            message = wording(
                "{name} came with {came}; {program} does not know it and refuses to start",
                name=name,
                came=option.came,
                program=program,
            )
        case "ignored":
            rule, severity = "ignored-option", Severity.WARNING
            message = wording("{program} warns of {name} and ignores it", program=program, name=name)
        case "deprecated":
            rule, severity = "deprecated-parameter", Severity.INFO
            message = wording("{name} is deprecated since {deprecated}", name=name, deprecated=option.deprecated)
        case "variable":
            rule, severity = "unknown-parameter", Severity.ERROR
            message = wording("{name} is no option of a file: {program} refuses to start", name=name, program=program)
            hint = wording("Remove it; what `SET` may change is set where the server runs.")
        case "elsewhere":
            rule, severity = "unknown-parameter", Severity.INFO
            part = option.part(version)
            message = wording(
                "{name} is no option of {program} itself, but of {part}", name=name, program=program, part=part
            )
            hint = wording("Make sure that it is there: without it the server refuses to start.")
        case _:
            return None
    hint = wording("Write {name}.", name=option.instead) if option.instead else hint
    return fault(rule, place, message, hint=hint, severity=severity)


def _of_any_version(entry: Entry, name: str, place: Place) -> Iterator[Finding]:
    known = [each for each in (_meant(name, mariadb=False), _meant(name, mariadb=True)) if each]
    if not known and full_name(name) is None:
        yield _of_no_server(entry, name, place)
    elif known and all(each.settable in "vrc" for each in known):
        found = _said(known[0], "variable", place, wording("the server"))
        yield from (found,) if found else ()


def _of_no_server(entry: Entry, name: str, place: Place) -> Finding:
    every = sorted({each for mariadb in (False, True) for each in similar_options(name, None, mariadb=mariadb)})
    near = next((each for each in _near(name, every) if slip(each, name) or each == name + _SIZE), "")
    message = wording("{option} is no option of MySQL or MariaDB itself", option=quoted(entry.key.text))
    if near:
        fix = Edit(span=entry.key.span, replacement=near)
        hint = wording("Did you mean {names}?", names=near)
        return fault("unknown-parameter", place, message, hint=hint, severity=Severity.WARNING, fix=fix)
    hint = wording("Make sure that a plugin brings it: without one the server refuses to start.")
    return fault("unknown-parameter", place, message, hint=hint, severity=Severity.INFO)


def _near(name: str, names: Sequence[str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415  only slips need it

    whole = name + _SIZE
    return [whole] if whole in names else get_close_matches(name, names, 1, _LIKENESS)


def _foreign(entry: Entry, name: str, place: Place, version: Version, program: str) -> Iterator[Finding]:
    other = server_option(name, mariadb=not version.mariadb)
    whole = full_name(name, ServerVersion(version.numbers, version.mariadb))
    if whole is not None:
        yield _in_full(entry, whole, place, program)
    elif other is None or other.settable in "vrc":
        message = wording("{option} is no option of {program} itself", option=quoted(entry.key.text), program=program)
        near = _near(name, similar_options(name, version, mariadb=version.mariadb))
        hint = (
            wording("Did you mean {names}? Unless a plugin brings it, the server refuses to start.", names=near[0])
            if near
            else wording("Unless a plugin brings it, the server refuses to start.")
        )
        yield fault("unknown-parameter", place, message, hint=hint, severity=Severity.ERROR)
    else:
        family = "MySQL" if version.mariadb else "MariaDB"
        message = wording("{program} has no {name}, an option of {family}", program=program, name=name, family=family)
        hint = wording("Remove it: the server refuses to start.")
        # What came instead of it in one family may be in the other, too.
        if (new := server_option(other.instead, mariadb=version.mariadb)) and new.standing(version) == "taken":
            hint = wording("Write {name}.", name=new.name)
        yield fault("not-yet-in-version", place, message, hint=hint)


def _in_full(entry: Entry, name: str, place: Place, program: str) -> Finding:
    message = wording(
        "{written} is the beginning of {name}; {program} wants names in full",
        written=entry.key.text,
        name=name,
        program=program,
    )
    return fault("unknown-parameter", place, message, hint=wording("Write {name}.", name=name), fix=_edit(entry, name))


def _place(option: Option) -> Place:
    entry = option.entry
    return Place(span=entry.key.span, pointer=entry.node.pointer, subject=f"mysql.{entry.key.text}")


def _set_variable(option: Option, version: ServerVersion | None) -> Finding:
    right = option.entry.node.text if isinstance(option.entry.node, Scalar) else ""
    hint = (
        wording("Write {setting} on a line of its own.", setting=right)
        if "=" in right
        else wording("Write name = value.")
    )
    if sets_variables(version):
        message = wording("set-variable is known to MySQL up to 5.1 alone")
        return fault("deprecated-parameter", _place(option), message, hint=hint)
    message = wording("set-variable was removed in MySQL 5.5, and MariaDB never had it; the server refuses to start")
    return fault("removed-parameter", _place(option), message, hint=hint)


def _abbreviated(option: Option, full: Option) -> Finding:
    written = option.entry.key.text
    message = wording(
        "{written} is the beginning of {name} and read as that; MySQL 5.7 and later refuse it",
        written=written,
        name=full.name,
    )
    return fault(
        "alias-spelling",
        _place(option),
        message,
        hint=wording("Write {name}.", name=full.name),
        fix=_edit(option.entry, full.name),
    )


def _edit(entry: Entry, name: str) -> Edit | None:
    """Return the edit that writes a name in full; none where a prefix stands before the name."""
    plain = not option_name(entry.key.text).prefixes
    return Edit(span=entry.key.span, replacement=name) if plain else None
