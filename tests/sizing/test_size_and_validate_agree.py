"""One decision: what `plan size` calls an error of a deployment, `plan validate` does, and nothing else."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from planner import Deployment, size, validate
from planner.sizing.result import ImpossibleInput

_SPEC = importlib.util.spec_from_file_location("random_deployments", Path(__file__).with_name("random_deployments.py"))
random_deployments = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(random_deployments)


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
