"""A running host has another value than its files would set."""

from planner.deployment.host import differences
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related, short_name
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule("running-value-differs", Severity.WARNING, Basis.STANDARD, ("product: the form of its bundles",))


def check(site: Site) -> Findings:
    """Yield each setting of a bundle's files that the running host has otherwise."""
    read = site.deployment.documents if site.root is not None else ()
    for files, live in (pair for each in read if each.format == "bundle" for pair in differences(each)):
        message = wording(
            "{name} = {files} here; the running host has {live}",
            name=short_name(files),
            files=files.text,
            live=live.text,
        )
        advice = wording("Write the value that shall stay, and apply it.")
        yield RULE.at(files, message, advice, related=related(live, wording("the live value")))
