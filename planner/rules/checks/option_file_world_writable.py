"""An option file may be written by everybody, so MySQL ignores it."""

from pathlib import Path
from stat import S_IWOTH

from planner.finding import Basis, Severity, Span
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule("option-file-world-writable", Severity.ERROR, Basis.STANDARD, ("mysql-5.6-source: my_default.cc",))


FORMATS = frozenset({"option-file"})


def check(site: Site) -> Findings:
    """Yield option files on this machine's disk with the permission."""
    for document in site.deployment.documents:
        if document.format in FORMATS and document.root is not None and _writable(document.path):
            message = wording("everybody may write this file, so MySQL ignores it")
            yield RULE.at(Span.at(document.path, 1, 1), message, wording("chmod 644 the file."), subject=document.path)


def _writable(path: str) -> bool:
    try:
        return bool(Path(path).stat().st_mode & S_IWOTH)
    except (OSError, ValueError):
        return False
