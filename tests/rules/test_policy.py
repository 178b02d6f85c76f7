"""What a run selects and accepts: rules, severities, bases, suppressions, baselines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.deployment.load import from_mapping
from planner.document.reader import parse
from planner.finding import Basis, Finding, Severity, Span
from planner.rules.discovery import Loaded, from_documents
from planner.rules.policy import BaselineError, Policy, compare, parse_baseline, render_baseline
from planner.rules.registry import UnknownRuleError
from planner.rules.validation import Validation, examine, gather, validate

TODAY = date(2026, 6, 1)
UNLIMITED = "softswitch:\n  SS_MAX_CALL_DURATION: 0"


def examined(text, name="a.yaml", kind=None, **policy):
    return examine(Loaded(from_documents([parse(text, name, kind)])), Policy(today=TODAY, **policy))


def names(validation):
    return [each.rule for each in validation.active]


def test_select_and_ignore_choose_rules():
    text = f"{UNLIMITED}\n  SS_MAXCPS: many\n"
    assert names(examined(text)) == ["wrong-type", "unlimited-call-duration"]
    assert names(examined(text, select=frozenset({"wrong-type"}))) == ["wrong-type"]
    assert names(examined(text, ignore=frozenset({"wrong-type"}))) == ["unlimited-call-duration"]


def test_nothing_hides_a_file_that_cannot_be_read():
    broken = examined("a: [", select=frozenset({"wrong-type"}), min_basis=Basis.DOCUMENTED)
    assert names(broken) == ["syntax-error"]
    assert broken.unreadable == ("a.yaml",)


@pytest.mark.parametrize("text", ["# plan: ignore[syntax-error] x\na: [", "a: b: c # plan: ignore[syntax-error] x\n"])
def test_no_comment_hides_a_file_that_cannot_be_read(text):
    broken = examined(text)
    assert names(broken)[0] == "syntax-error"
    assert not broken.suppressed
    said = [each.message for each in broken.findings if each.rule == "unused-suppression"]
    assert said == ["a finding of syntax-error cannot be suppressed"] * text.startswith("#")


def test_an_unknown_rule_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownRuleError, match="did you mean unlimited-call-duration"):
        Policy(select=frozenset({"unlimited-call-duratoin"}))


def test_a_severity_decides_what_fails():
    assert not examined(UNLIMITED).failing
    raised = examined(UNLIMITED, severity={"unlimited-call-duration": Severity.ERROR})
    assert [each.severity for each in raised.failing] == [Severity.ERROR]
    assert examined(UNLIMITED, fail_on=Severity.WARNING).failing


def test_the_deployment_has_a_policy_and_the_run_overrules_it():
    text = f"{UNLIMITED}\npolicy:\n  fail_on: warning\n  severity:\n    unlimited-call-duration: info\n"
    assert not examined(text).failing
    assert examined(text).findings[0].severity is Severity.INFO
    assert examined(text, severity={"unlimited-call-duration": Severity.WARNING}).failing
    assert not examined(text, severity={"unlimited-call-duration": Severity.WARNING}, fail_on=Severity.ERROR).failing


def test_a_least_basis_leaves_weaker_findings_out():
    assert names(examined(UNLIMITED, min_basis=Basis.DOCUMENTED)) == []
    assert names(examined("softswitch:\n  SERVER_CDR_FILE_WRITE_INTERVAL: 9\n", min_basis=Basis.DOCUMENTED)) == [
        "out-of-range",
        "cdr-setting-look-alike",
    ]


ABOVE = UNLIMITED.replace("  SS", "  # plan: ignore[unlimited-call-duration] a reason\n\n  # and so\n  SS")
INLINE = [
    ("a.yaml", f"{UNLIMITED} # plan: ignore[unlimited-call-duration] a reason\n"),
    ("a.yaml", ABOVE),
    ("a.toml", "[softswitch]\nSS_MAX_CALL_DURATION = 0 # plan: ignore[unlimited-call-duration] a reason\n"),
    ("a.toml", "[softswitch]\n# plan: ignore[unlimited-call-duration] a reason\nSS_MAX_CALL_DURATION = 0\n"),
    ("sysctl.conf", "# plan: ignore[tw-recycle-behind-nat] a reason\nnet.ipv4.tcp_tw_recycle = 1\n"),
    ("sysctl.conf", "; plan: ignore[tw-recycle-behind-nat] a reason\nnet.ipv4.tcp_tw_recycle = 1\n"),
    ("my.cnf", "[mysqld]\n# plan: ignore[temporary-tables-cut-short] a reason\ntmp_table_size = 52M\n"),
    ("my.cnf", "[mysqld]\ntmp_table_size = 52M # plan: ignore[temporary-tables-cut-short] a reason\n"),
    ("my.cnf", "[mysqldd] # plan: ignore[option-in-wrong-group] a reason\n"),
    ("my.cnf", "[mysqldd] ; plan: ignore[option-in-wrong-group] a reason\n"),
    ("a.yaml", "softswitch: {SS_MAX_CALL_DURATION: 0}# plan: ignore[unlimited-call-duration] a reason\n"),
]


@pytest.mark.parametrize(("name", "text"), INLINE)
def test_a_comment_suppresses_on_its_line_or_the_next(name, text):
    found = examined(text, name)
    assert names(found) == []
    assert [each.suppressed.reason for each in found.suppressed] == ["a reason"]


def test_a_comment_may_name_rules_and_a_last_day():
    rules = "# plan: ignore[unlimited-call-duration, wrong-type]"
    for line in (f"{rules} until: 2026-12-31 a reason", f"{rules} - a reason, until: 2026-12-31"):
        accepts_until(examined(f"softswitch:\n  SS_MAX_CALL_DURATION: 0 {line}\n"))


def accepts_until(found):
    assert found.suppressed[0].suppressed.until == "2026-12-31"
    assert found.suppressed[0].suppressed.reason == "a reason"
    assert names(found) == ["unused-suppression"]


def test_the_last_day_counts_and_the_day_after_does_not():
    text = f"{UNLIMITED} # plan: ignore[unlimited-call-duration] until: 2026-06-01 a reason\n"
    assert names(examined(text)) == []
    later = examine(Loaded(from_documents([parse(text, "a.yaml")])), Policy(today=date(2026, 6, 2)))
    assert names(later) == ["unlimited-call-duration", "expired-suppression"]


QUOTED = "x # plan: ignore[unlimited-call-duration] a reason"
NOT_COMMENTS = [
    ("a.yaml", f'softswitch: {{SS_MAX_CALL_DURATION: 0, x: "{QUOTED}"}}\n'),
    ("a.yaml", f"softswitch: {{SS_MAX_CALL_DURATION: 0, x: '{QUOTED}'}}"),
    ("a.toml", f'softswitch = {{SS_MAX_CALL_DURATION = 0, x = "{QUOTED}"}}\n'),
    ("a.json", f'{{"softswitch": {{"SS_MAX_CALL_DURATION": 0, "x": "{QUOTED}"}}}}\n'),
    ("a.yaml", f"{UNLIMITED}\n  # plan: ignore[unlimited-call-duration] a reason"),
    ("a.yaml", f'{UNLIMITED}\nsite:\n  name: "x # plan: ignore[unlimited-call-duration] a reason"\n'),
    ("a.yaml", f"{UNLIMITED}\n  # plan: ignore[unlimited-call-duration] a reason\n"),
    ("sysctl.conf", "net.ipv4.tcp_tw_recycle = 1 # plan: ignore[tw-recycle-behind-nat] part of the value\n"),
    ("sysctl.conf", "net.ipv4.tcp_tw_recycle # plan: ignore[not-an-assignment] part of the line\n"),
    ("my.cnf", "[mysqld]\ntmp_table_size = 52M ; plan: ignore[temporary-tables-cut-short] part of the value\n"),
]


@pytest.mark.parametrize(("name", "text"), NOT_COMMENTS)
def test_what_is_no_comment_of_that_line_suppresses_nothing(name, text):
    found = examined(text, name)
    assert not found.suppressed
    accepted = {"unlimited-call-duration", "tw-recycle-behind-nat", "not-an-assignment", "temporary-tables-cut-short"}
    assert accepted & set(names(found))


def test_an_unused_suppression_is_not_reported_where_its_rule_did_not_run():
    text = f"{UNLIMITED} # plan: ignore[udp-memory-above-ram] a reason\n"
    assert "unused-suppression" not in names(examined(text))
    other = f"{UNLIMITED} # plan: ignore[wrong-type] a reason\n"
    assert "unused-suppression" in names(examined(other))
    assert "unused-suppression" not in names(examined(other, ignore=frozenset({"wrong-type"})))


def test_the_library_takes_a_deployment():
    deployment = from_mapping({"softswitch": {"SS_MAX_CALL_DURATION": 0}})
    assert names(validate(deployment)) == ["unlimited-call-duration"]
    accepted = {"rule": "unlimited-call-duration", "reason": "a reason"}
    mapping = {"softswitch": {"SS_MAX_CALL_DURATION": 0}, "policy": {"ignore": [accepted]}}
    assert names(validate(from_mapping(mapping))) == []


def test_no_finding_shows_a_secret_of_its_file():
    found = examined("[mysqld]\nmax_conections = hidden-word\n[client]\npassword = hidden-word\n", "my.cnf")
    assert "unknown-parameter" in names(found)
    assert "hidden-word" not in repr(found)


def finding(rule="wrong-type", line=1, subject="x"):
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        basis=Basis.STANDARD,
        message="m",
        span=Span.at("a", line, 1),
        subject=subject,
    )


def test_a_baseline_knows_findings_wherever_they_moved():
    baseline = parse_baseline(render_baseline([finding(line=1), finding(subject="y")]))
    found = compare([finding(line=99), finding(subject="z")], baseline)
    assert [each.span.line for each in found.known] == [99]
    assert [each.subject for each in found.new] == ["z"]
    assert [(each.rule, each.times) for each in found.gone] == [("wrong-type", 1)]


@given(st.integers(0, 6), st.integers(0, 6))
def test_a_baseline_counts(before, after):
    baseline = parse_baseline(render_baseline([finding(line=number + 1) for number in range(before)]))
    found = compare([finding(line=number + 50) for number in range(after)], baseline)
    assert len(found.known) == min(before, after)
    assert len(found.new) == max(after - before, 0)
    assert sum(each.times for each in found.gone) == max(before - after, 0)


def test_known_findings_fail_nothing_and_suppressed_ones_need_no_baseline():
    part = examined(f"{UNLIMITED}\n  SS_MAXCPS: many\n", fail_on=Severity.WARNING)
    whole = gather([part], parse_baseline(render_baseline(part.findings)))
    assert (whole.findings, whole.failing, len(whole.known)) == ((), (), 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": "other", "findings": []}',
        '{"schema": "baseline-v1", "findings": [{}]}',
        '{"schema": "baseline-v1", "findings": [{"fingerprint": "a", "count": 0}]}',
        '{"schema": "baseline-v1", "findings": [{"fingerprint": "a", "count": true}]}',
        '{"schema": "baseline-v1", "findings": [{"fingerprint": "a", "message": 1}]}',
        "[" * 5000,
    ],
)
def test_a_file_that_is_no_baseline_is_refused(text):
    with pytest.raises(BaselineError):
        parse_baseline(text)


def test_what_two_deployments_say_of_one_file_is_said_once():
    part = Validation(findings=(finding(),), failing=(finding(),), files=("a",))
    assert gather([part, replace(part)]).findings == (finding(),)


@pytest.mark.parametrize(
    ("comment", "rule", "message"),
    [
        ("plan: ignore[unlimited-call-duration] x until: 2026-13-45", "expired-suppression", "is no day"),
        ("plan: ignore[unlimited-call-duration] x until 22.11.2026", "expired-suppression", "is no day"),
        ("plan: ignore[unlimited-call-duration] x (until: tomorrow)", "expired-suppression", "is no day"),
        ("plan: ignore[unlimited-call-duration] x until 2025-12-31.", "expired-suppression", "has passed"),
        ("plan: ignore[] x", "unknown-rule", "no rule is named here"),
        ("plan: ignore unlimited-call-duration x", "unknown-rule", "no rule is named here"),
        ("plan: ignore[unlimited-call-duration,] x", "unknown-rule", "no rule is named here"),
    ],
)
def test_a_comment_that_accepts_nothing_says_so(comment, rule, message, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(f"softswitch:\n  SS_MAX_CALL_DURATION: 0 # {comment}\n")
    found = validate(path, Policy(today=date(2026, 1, 1))).findings
    assert [each.message for each in found if each.rule == rule and message in each.message]


@pytest.mark.parametrize(
    "comment",
    [
        "Plan: Ignore[unlimited-call-duration] capitals are the same",
        "plan:ignore[ unlimited-call-duration ] until further notice",
        "plan: ignore[unlimited-call-duration] not before the bridge is gone, until: 2026-01-01",
        "plan: ignore[unlimited-call-duration] (until 2026-01-01) the bridge",
    ],
)
def test_a_comment_is_read_as_people_write_it(comment, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(f"softswitch:\n  SS_MAX_CALL_DURATION: 0 # {comment}\n")
    (found,) = validate(path, Policy(today=date(2026, 1, 1))).findings
    assert found.suppressed is not None


def test_what_the_loader_says_of_an_entry_is_not_said_again(tmp_path):
    path = tmp_path / "a.yaml"
    entry = "{rule: unlimited-call-duration, reason: x, until: 2026-02-30}"
    path.write_text(f"policy:\n  ignore:\n    - {entry}\n    - reason: y\n    - unlimited-call-duration\n")
    found = validate(path, Policy(today=date(2026, 1, 1))).findings
    assert [(each.rule, each.span.line) for each in found] == [("wrong-type", 3), ("wrong-type", 4), ("wrong-type", 5)]
