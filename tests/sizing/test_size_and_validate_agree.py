"""One decision: what `plan size` calls an error of a deployment, `plan validate` does, and nothing else."""

from __future__ import annotations

import pytest
import random_deployments
from hypothesis import HealthCheck, given, settings

from planner import Deployment, size, validate
from planner.sizing.decide import SETTINGS
from planner.sizing.result import ImpossibleInput
from planner.tune.settings import host


def errors(findings):
    return {each.rule for each in findings if each.severity == "error"}


def both(values):
    deployment = Deployment().override(values)
    return errors(size(deployment).findings), errors(validate(deployment).findings)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(random_deployments.LOADS, random_deployments.OPTIONS)
def test_size_and_validate_find_errors_in_the_same_deployments(load, options):
    try:
        # Errors are of today: what grows is not looked at.
        sized, validated = both({**options, **load, "traffic.growth_per_month": 0})
    except ImpossibleInput:
        return
    assert bool(sized) == bool(validated), (sized, validated)


HOST = ("server.cpu_cores", "server.ram", "server.nic", "server.storage.size", "topology.servers")


def bought(values):
    """Return declared values whose plan can be bought, and that plan: what is declared too small is left out."""
    found = random_deployments.Typical(values)
    if not found.plan.short:
        return values, found
    files = {name: value for name, value in found.plan.settings.items() if "CDR_FILE_WRITE" in name}
    values = {name: value for name, value in values.items() if name not in HOST} | files
    return values, random_deployments.Typical(values)


def grave(values):
    return {each.rule for each in validate(Deployment().override(values)).findings if each.severity != "info"}


@random_deployments.in_chunks
def test_what_size_says_validate_accepts(chunk):
    """The plan written into the deployment: nothing above information, and size says it suffices, in the same numbers.

    What the user declared beside it is his: a rule that speaks of that speaks of it before, too.
    """

    @random_deployments.thousands
    @given(random_deployments.VALUES)
    def accepted(values):
        values, sizing = bought(values)
        plan = sizing.plan
        if plan.servers.active > 10_000:
            return  # no more can be declared
        written = {**values, **host(Deployment().override(values), sizing)}
        assert grave(written) <= grave(values)
        again = random_deployments.Typical(written).plan
        assert again.status == "suffices"
        assert again.servers.active == plan.servers.active
        assert [part.value for part in again.host.parts] == [part.value for part in plan.host.parts]
        for row in plan.resources:
            same = again.row(row.name)
            assert same is None or row.name in {"ram", "disk", *SETTINGS} or same.need == row.need, row.name

    random_deployments.chunked(chunk, accepted)


@pytest.mark.parametrize(
    ("settings_", "rule"),
    [
        ({}, None),  # nothing is declared that could be short
        ({"SERVER_CDR_FILE_WRITE_INTERVAL": 900}, "retention-shorter-than-policy"),
        ({"SERVER_CDR_FILE_WRITE_INTERVAL": 900, "SERVER_CDR_FILE_WRITE_MAX": 2880}, None),
        ({"SERVER_CDR_FILE_WRITE_INTERVAL": 900, "SERVER_CDR_FILE_WRITE_MAX": 2879}, "retention-shorter-than-policy"),
    ],
)
def test_files_kept_are_judged_by_what_is_declared(settings_, rule):
    values = {f"softswitch.{name}": value for name, value in settings_.items()}
    sized, validated = both({"traffic.cps": 50, "retention.cdr_days": 30, **values})
    assert sized == validated == ({rule} if rule else set())
