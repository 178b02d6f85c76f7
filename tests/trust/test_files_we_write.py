"""Files we write: nobody's link leads us astray, and what stood there keeps its owner, mode and other names."""

from __future__ import annotations

import os
import pwd
import stat

import pytest
from programs import inside as plan
from programs import shell

FIXABLE = "traffic: {cps: 9}\nsoftswitch:\n  SS_CDR_RECORD_NONCONNECT: enabled\n"
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def fixable(tmp_path):
    """A file in which something can be corrected."""
    place = tmp_path / "d.yaml"
    place.write_text(FIXABLE)
    probe = plan("validate", "d.yaml", "--diff", cwd=tmp_path)
    assert probe.out, "nothing to correct in the example"
    return place


def test_a_correction_keeps_mode_and_hard_links(fixable, tmp_path):
    other = tmp_path / "other-name"
    other.hardlink_to(fixable)
    fixable.chmod(0o640)
    plan("validate", "d.yaml", "--fix", cwd=tmp_path)
    assert other.samefile(fixable)
    assert other.read_text() != FIXABLE
    assert stat.S_IMODE(fixable.stat().st_mode) == 0o640


@pytest.mark.skipif(not AS_ROOT, reason="only root gives files away")
def test_a_correction_keeps_owner_and_group(fixable, tmp_path):
    nobody = pwd.getpwnam("nobody")
    os.chown(fixable, nobody.pw_uid, nobody.pw_gid)
    plan("validate", "d.yaml", "--fix", cwd=tmp_path)
    assert fixable.read_text() != FIXABLE
    assert (fixable.stat().st_uid, fixable.stat().st_gid) == (nobody.pw_uid, nobody.pw_gid)


def test_a_correction_goes_through_a_link(fixable, tmp_path):
    (tmp_path / "link.yaml").symlink_to("d.yaml")
    plan("validate", "link.yaml", "--fix", cwd=tmp_path)
    assert (tmp_path / "link.yaml").is_symlink()
    assert fixable.read_text() != FIXABLE


@pytest.mark.parametrize("temporary", [".x.csv.part", ".x.csv", "x.csv.part", ".x.csv.tmp"])
def test_a_planted_link_is_not_written_through(temporary, tmp_path, archive):
    target = tmp_path / "precious"
    target.write_text("mine\n")
    (tmp_path / temporary).symlink_to(target)
    hour = min(archive.glob("*.txt"))
    assert plan("cdr", "export", hour, "-o", "x.csv", "--processes", "1", cwd=tmp_path).code == 0
    assert target.read_text() == "mine\n"
    assert (tmp_path / "x.csv").stat().st_size > 1000


@pytest.mark.parametrize(
    "command",
    [
        "size --cps 9 --format json -o made",
        "report --cps 9 --format html -o made",
        "sweep --cps 9 --vary traffic.asr=0.1,0.2 --format csv -o made",
        "compare a.yaml b.yaml --format csv -o made",
        "validate a.yaml -o made",
        "validate a.yaml --write-baseline made",
        "init -o made",
        "schema sizing-v1 -o made",
    ],
)
@pytest.mark.parametrize("umask", ["022", "077", "002"])
def test_a_new_file_has_what_the_umask_leaves(command, umask, tmp_path):
    for name, cps in (("a", 8), ("b", 9)):
        (tmp_path / f"{name}.yaml").write_text(f"traffic: {{cps: {cps}}}\n")
    run = shell(f"umask {umask}; $PLAN {command}", cwd=tmp_path)
    assert run.code in {0, 1}, run.err
    assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o666 & ~int(umask, 8)


def test_an_export_has_no_formulas_unless_asked(tmp_path, archive):
    hour = min(archive.glob("*.txt"))
    line = hour.read_bytes().splitlines()[1].split(b"|")
    (tmp_path / "2026042601.txt").write_bytes(b"|".join([b"=1+1", *line[1:]]) + b"\n")
    cells = {}
    for option in ("", "--raw-cells"):
        target = tmp_path / f"made{option}.csv"
        run = plan("cdr", "export", "2026042601.txt", "-o", target, *option.split(), cwd=tmp_path)
        assert run.code == 0, run.err
        cells[option] = target.read_text()
    assert ",'=1+1," in cells[""] or "=1+1" not in cells[""]
    assert ("=1+1" in cells["--raw-cells"]) == ("=1+1" in cells[""])


@pytest.mark.parametrize(
    "arguments",
    [
        ("-o", "x.csv", "--restart"),
        ("-o", "x.csv", "--table", "other"),
        ("-o", "x.parquet", "--raw-cells"),
        ("--to", "duckdb:///x.duckdb", "--raw-cells"),
        ("--to", "duckdb:///x.duckdb", "--format", "csv"),
    ],
)
def test_an_option_without_effect_is_refused(arguments, tmp_path, archive):
    run = plan("cdr", "export", min(archive.glob("*.txt")), *arguments, cwd=tmp_path)
    assert (run.code, len(run.lines)) == (2, 1)
