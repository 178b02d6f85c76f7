"""An odd number is sized or refused with its range, and hides nothing else."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import plan, shell

from planner.cli.traffic_options import FLAGS
from planner.deployment import Deployment
from planner.deployment.load import from_mapping
from planner.rules.validation import validate
from planner.sizing import ImpossibleInput, size

NUMERIC = [each for each in FLAGS if each.kind in {"number", "ratio", "duration", "days", "count"}]
EXTREMES = ["1e-320", "1e-200", "1e-20", "1e-13", "1e-12", "1e12", "1e200", "1e299", "1e308", "-1", "0", "1e-9"]
MAGNITUDES = st.floats() | st.integers(-(10**20), 10**20) | st.sampled_from([5e-324, 1e-200, 1e-13, 1e-12, 1e299])
NUMBERS = st.floats(1e-12, 1e9) | st.integers(0, 10**9) | MAGNITUDES


@pytest.mark.parametrize("number", EXTREMES)
@pytest.mark.parametrize("flag", NUMERIC, ids=lambda flag: flag.option)
def test_an_extreme_option_is_sized_or_refused(flag, number):
    from planner.catalogue.quantity import parse_quantity  # noqa: PLC0415  beside its use
    from planner.catalogue.units import QuantityError  # noqa: PLC0415  the same

    load = {} if flag.option in {"cps", "concurrent-calls", "daily-minutes"} else {"traffic.cps": 9}
    try:
        value = parse_quantity(flag.kind, number, flag.unit)
        result = size(Deployment().override({**load, flag.declared: value}))
    except (ImpossibleInput, QuantityError) as error:
        assert str(error)  # noqa: PT017  a message is all that is asked
        return
    assert all(math.isfinite(each.range.high) for each in result.figures.values())


@settings(deadline=None, max_examples=200)
@given(
    given_load=st.sampled_from(["traffic.cps", "traffic.concurrent_calls", "traffic.daily_minutes"]),
    load=NUMBERS,
    others=st.dictionaries(st.sampled_from([each.declared for each in NUMERIC][3:]), NUMBERS, max_size=4),
)
def test_any_numbers_are_sized_finitely_or_refused(given_load, load, others):
    declared = {given_load: load, **others}
    if given_load == "traffic.daily_minutes":
        declared.setdefault("traffic.peak_factor", 2)
    try:
        result = size(Deployment().override(declared))
    except ImpossibleInput as error:
        assert error.problems  # noqa: PT017  the same
        return
    for figure in result.figures.values():
        assert math.isfinite(figure.range.low)
        assert math.isfinite(figure.range.high)


SECTIONS = {
    "traffic": ["cps", "acd", "asr", "setup_time", "concurrent_calls", "growth_per_month", "ptime", "blocking"],
    "server": ["cpu_cores", "ram", "nic"],
    "retention": ["cdr_days", "database_days"],
    "topology": ["servers"],
    "softswitch": ["SS_MAXCPS", "SERVER_CDR_FILE_WRITE_INTERVAL", "SERVER_CDR_FILE_WRITE_MAX"],
    "mysql": ["innodb_buffer_pool_size", "max_connections", "innodb_io_capacity"],
    "sysctl": ["net.core.rmem_max", "fs.file-max", "net.netfilter.nf_conntrack_max"],
}
TEXTS = st.sampled_from(["1e-20", "1e-320", "1e300", "-0", "0x10", "nan", "inf", "1e400", "9" * 400])


@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_no_number_in_a_deployment_ends_a_validation(data):
    mapping = {
        section: {key: data.draw(NUMBERS | TEXTS) for key in data.draw(st.lists(st.sampled_from(keys), unique=True))}
        for section, keys in SECTIONS.items()
    }
    found = validate(from_mapping(mapping))
    assert not found.failed


def test_an_odd_number_hides_no_other_file(tmp_path):
    (tmp_path / "a.yaml").write_text("traffic: {cps: 100, acd: 1e-20}\n")
    (tmp_path / "b.yaml").write_text("traffic: {cps: 100, nonsense: 1}\n")
    run = plan("validate", "a.yaml", "b.yaml", "--format", "concise", cwd=tmp_path)
    if run.code == 2:  # the format is not there
        run = plan("validate", "a.yaml", "b.yaml", cwd=tmp_path)
    assert run.code == 1
    assert b"a.yaml:1:26: error: traffic.acd: the number is too small for any quantity" in run.out
    assert b"b.yaml:1:21: error: there is no parameter `nonsense` in traffic" in run.out


@pytest.mark.parametrize("count", [2, 330])
def test_a_fault_of_ours_with_one_file_hides_no_other(count, tmp_path):
    (tmp_path / "planted.py").write_text(
        "import planner.cli.spreading as spreading, planner.cli\n"
        "examine = spreading.examine\n"
        "def broken(loaded, policy):\n"
        "    if loaded.deployment.path.endswith('a.yaml'):\n        raise KeyError('planted')\n"
        "    return examine(loaded, policy)\n"
        "spreading.examine = broken\nplanner.cli.run()\n"
    )
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "a.yaml").write_text("traffic: {cps: 100}\n")
    for number in range(count - 1):
        (folder / f"b{number}.yaml").write_text("traffic: {cps: 100, nonsense: 1}\n")
    run = shell("python3 planted.py validate many".replace("python3", "$(echo $PLAN | cut -d' ' -f1)"), cwd=tmp_path)
    assert run.code == 4
    assert run.out.count(b"there is no parameter `nonsense`") == count - 1
    said = "plan: many/a.yaml: internal error: KeyError: 'planted' (planted.py:5); please report this line"
    assert [line for line in run.lines if line.startswith(said)]
    assert "Traceback" not in run.err


@pytest.mark.parametrize("line", ["[z-a]", "!", "a\\", "[[:alpha:]]", "\x80", "x/**/" * 300])
def test_an_odd_line_of_gitignore_hides_nothing_and_says_nothing(line, tmp_path):
    (tmp_path / ".gitignore").write_bytes(line.encode("latin-1") + b"\nskipped.yaml\n")
    for name in ("checked.yaml", "skipped.yaml"):
        (tmp_path / name).write_text("traffic: {cps: 9, cpss: 1}\n")
    run = plan("validate", ".", "--format", "concise", cwd=tmp_path)
    assert (run.code, run.err) == (1, "")
    assert b"checked.yaml:1" in run.out
    assert b"skipped.yaml:1" not in run.out
