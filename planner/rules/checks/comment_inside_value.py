"""A comment behind a value is part of the value."""

from planner.document.model import Entry, Mapping, Scalar
from planner.document.sysctl import trailing_comment
from planner.finding import Basis, Edit, Severity, Span
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "comment-inside-value",
    Severity.ERROR,
    Basis.STANDARD,
    (
        "procps-3.3.10: only a line that begins with # or a semicolon is a comment",
        "systemd-219: only a line that begins with # or a semicolon is a comment",
    ),
    fixable=True,
)


FORMATS = frozenset({"sysctl"})


def check(site: Site) -> Findings:
    """Yield each assignment of a sysctl file whose value ends in what was meant as a comment."""
    for document in site.deployment.documents:
        entries = document.root.entries if document.format in FORMATS and isinstance(document.root, Mapping) else ()
        for entry in entries:
            if isinstance(entry.node, Scalar) and (comment := trailing_comment(entry.node)) is not None:
                message = wording("{key}: the comment is part of the value the kernel is given", key=entry.name)
                fix = _moved(entry, entry.node, comment)
                yield RULE.at(
                    comment,
                    message,
                    wording("Put the comment on a line of its own."),
                    pointer=entry.node.pointer,
                    subject=entry.name,
                    fix=fix,
                )


def _moved(entry: Entry, value: Scalar, comment: Span) -> Edit:
    """Return the edit that puts the comment above its line; what stands before the key stays before it."""
    start = entry.key.span
    bare = value.text[: comment.column - value.span.column].rstrip()
    text = value.text[comment.column - value.span.column :].strip()
    return Edit(
        span=Span(start.path, start.line, start.column, comment.line, value.span.end_column),
        replacement=f"{text}\n{entry.key.text} = {bare}",
    )
