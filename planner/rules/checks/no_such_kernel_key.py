"""The declared kernel, or any Linux, has no key of this name."""

from planner.catalogue.kernel_keys import foreign_part, is_charted, kernel_key, near_keys
from planner.catalogue.parameter import parameter
from planner.catalogue.versions import Version
from planner.deployment import Declared
from planner.finding import Basis, Finding, Severity
from planner.rules.checks.impossible_kernel_key import SOUND
from planner.rules.rule import Findings, Rule
from planner.rules.shared import kernel_version
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "no-such-kernel-key",
    Severity.WARNING,
    Basis.STANDARD,
    ("linux-sysctl-tables",),
    yields_to=("unknown-parameter", "removed-parameter"),
)
GLOBS = frozenset("*?[{")


def check(site: Site) -> Findings:
    """Yield each declared key that the declared kernel, or any known one, does not have."""
    kernel = kernel_version(site)
    for declared in site.kernel:
        key = declared.name.removeprefix("sysctl.")
        if SOUND.fullmatch(key) and not GLOBS.intersection(key) and key != "file":
            yield from _missing(declared, key.replace("/", "."), kernel)


def _missing(declared: Declared, key: str, kernel: Version | None) -> Findings:
    found = kernel_key(key)
    if found is None and (part := foreign_part(key)):
        message = wording("no kernel of Linux has keys that begin with {part}", part=part)
        yield _at(declared, message, wording("Remove the line; FreeBSD and others have such keys."))
    elif found is not None and found.renamed and not found.exists(kernel):
        message = wording("{key} is named {new} now; the kernel has no key of the old name", key=key, new=found.renamed)
        yield _at(declared, message, wording("Write {name}.", name=found.renamed))
    elif found is not None and not found.exists(kernel):
        running = ".".join(map(str, kernel.numbers)) if kernel else wording("from 2.6.32 to 6.12")
        message = wording("kernel {kernel} has no key {key}", kernel=running, key=key)
        yield _at(declared, message, wording("Remove the line."))
    elif found is None and is_charted(key) and parameter(f"sysctl.{key}") is None:
        near = next(near_keys(key), "")
        message = wording("no kernel from 2.6.32 to 6.12 has a key {key}", key=key)
        advice = (
            wording("Did you mean {names}?", names=near)
            if near
            else wording("Remove the line, or make sure that a module or a patched kernel brings it.")
        )
        yield _at(declared, message, advice)


def _at(declared: Declared, message: str, advice: str) -> Finding:
    return RULE.at(declared.key_span or declared, message, advice, pointer=declared.pointer, subject=declared.name)
