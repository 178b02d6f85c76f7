"""The one writer: whole or not at all, where it was told to, as the old file was; and the one guarded walk."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from planner import files
from planner.files import Kind, look, replacing, walk, write

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
ordinary = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_what_the_umask_leaves(tmp_path: Path, umask: int, expected: int) -> None:
    before = os.umask(umask)
    try:
        write(tmp_path / "new", b"1")
    finally:
        os.umask(before)
    assert mode(tmp_path / "new") == expected


def test_an_old_file_keeps_its_mode_and_is_never_readable_to_more(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with replacing(path) as stream:
        stream.write(b"new")
        (temporary,) = (each for each in tmp_path.iterdir() if each != path)
        assert mode(temporary) == 0o600
        assert str(temporary) in files.unfinished
    assert (path.read_bytes(), mode(path), files.unfinished) == (b"new", 0o640, set())


@needs_root
def test_root_leaves_a_users_file_to_the_user(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    os.chown(path, 1234, 2345)
    write(path, b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), replacing(path) as stream:
        stream.write(b"half" * (1 // 0))
    assert (path.read_bytes(), list(tmp_path.iterdir()), files.unfinished) == (b"old", [path], set())


def test_a_killed_writer_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    code = (
        "import os, sys; from planner.files import replacing\n"
        "with replacing(sys.argv[1]) as s:\n s.write(b'x' * 99); s.flush(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 9
    assert path.read_bytes() == b"old"


def test_a_link_is_followed_and_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_planted_name_is_not_written_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "victim").write_bytes(b"dear")
    monkeypatch.setattr(files.os, "urandom", lambda _: b"known")
    (tmp_path / ".plan-6b6e6f776e.tmp").symlink_to("victim")
    with pytest.raises(FileExistsError):
        write(tmp_path / "out", b"new")
    assert (tmp_path / "victim").read_bytes() == b"dear"


def test_a_named_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write(tmp_path / "pipe", b"new")
    reader.join(10)
    assert got == [b"new"]
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_an_open_stream_is_added_to(tmp_path: Path) -> None:
    script = (
        "echo first; {python} -c \"from planner.files import write; write('/dev/stdout', b'second')\"; echo; echo third"
    )
    with (tmp_path / "log").open("wb") as log:
        subprocess.run(["sh", "-c", script.format(python=sys.executable)], stdout=log, check=True)
    assert (tmp_path / "log").read_bytes() == b"first\nsecond\nthird\n"


def test_a_device_is_written_in_place() -> None:
    write("/dev/null", b"gone")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def hostile(folder: Path, name: str) -> Path:
    places = {
        "a folder": folder,
        "no such folder": folder / "none" / "out",
        "a file as folder": folder / "file" / "out",
        "a loop": folder / "loop",
        "a long name": folder / ("x" * 300),
        "a full device": Path("/dev/full"),
        "a NUL in the name": Path("a\0b"),
    }
    (folder / "file").write_bytes(b"")
    (folder / "loop").symlink_to("loop")
    return places[name]


@pytest.mark.parametrize(
    "name",
    ["a folder", "no such folder", "a file as folder", "a loop", "a long name", "a full device", "a NUL in the name"],
)
def test_what_cannot_be_written_names_the_file_that_was_asked_for(tmp_path: Path, name: str) -> None:
    path = hostile(tmp_path, name)
    with pytest.raises(OSError) as caught:  # noqa: PT011  what it says is checked below
        write(path, b"new")
    assert caught.value.filename == str(path)
    assert caught.value.strerror
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "loop"]


# Looking


def test_what_stands_at_a_path_is_told_or_why_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    assert look(tmp_path).kind is Kind.FOLDER
    assert look(tmp_path / "file").kind is Kind.FILE
    assert look(tmp_path / "pipe").kind is Kind.OTHER
    assert look(tmp_path / "gone").error == "a link to nowhere, which does not exist"
    assert look(tmp_path / "loop").error == "Too many levels of symbolic links"
    assert look(tmp_path / "none").error == "No such file or directory"
    assert look(tmp_path / "file" / "below").error == "Not a directory"
    assert "null" in look("a\0b").error


def test_a_walk_meets_everything_once_in_byte_order(tmp_path: Path) -> None:
    for name in ("b/2", "b/1", "a", "c/skip/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "b" / "up").symlink_to("..")
    (tmp_path / "b" / "gone").symlink_to("nowhere")
    found = list(walk(tmp_path, lambda path: not path.endswith("skip")))
    assert [Path(each.path).relative_to(tmp_path).as_posix() for each in found] == ["a", "b/1", "b/2", "b/gone"]
    assert [bool(each.error) for each in found] == [False, False, False, True]


@ordinary
def test_a_folder_that_cannot_be_read_or_entered_is_named(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "file").write_bytes(b"")
    (tmp_path / "shut").chmod(0)
    (tmp_path / "half").chmod(0o400)
    try:
        found = {Path(each.path).relative_to(tmp_path).as_posix(): each.error for each in walk(tmp_path)}
    finally:
        (tmp_path / "shut").chmod(0o700)
        (tmp_path / "half").chmod(0o700)
    assert found == {"half/file": "Permission denied", "shut": "Permission denied"}


def test_what_is_compared_through_a_pipe_is_read_once(tmp_path, plan):
    (tmp_path / "a.yaml").write_text("traffic: {cps: 9, codecs: g729}\n")
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=("traffic: {cps: 8, codecs: g729}\n",))
    writer.start()
    done = plan("compare a.yaml pipe")
    writer.join(20)
    assert (done.code, "Call attempts per second" in done.out) == (0, True), done
