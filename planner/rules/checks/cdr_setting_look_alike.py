"""A CDR setting has a value that only makes sense under its look-alike's name."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "cdr-setting-look-alike",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: parameters", "guide-scaling: softswitch parameters"),
)


OTHERS = {
    "SERVER_CDR_FILE_WRITE_INTERVAL": "SS_CDR_FILE_WRITE_INTERVAL",
    "SS_CDR_FILE_WRITE_INTERVAL": "SERVER_CDR_FILE_WRITE_INTERVAL",
    "SS_CDR_FILE_WRITE_MAX": "SERVER_CDR_FILE_WRITE_MAX",
}
"""Each name with the one it is taken for; the values that betray it are data: `look_alike.<name>`."""


def check(site: Site) -> Findings:
    """Yield values in the range that only the other name's meaning explains, valid under their own or not."""
    for name, other in OTHERS.items():
        written = site.written(f"softswitch.{name}")
        value = written.value if written else None
        if written is None or isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        low, high = limit(f"look_alike.{name}")
        if low <= value <= high:
            message = wording(
                "{name}: {written} looks like a value of {other}, which means something else",
                name=name,
                written=written.text,
                other=other,
            )
            advice = wording("Declare it as {other}, or choose a value that fits {name}.", other=other, name=name)
            yield RULE.at(written.span, message, advice, pointer=written.pointer, subject=f"softswitch.{name}")
