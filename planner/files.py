"""Files: written whole or not at all, by one writer; looked at without surprise, by one guarded walk."""

import errno
import glob
import os
import re
import select
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, NamedTuple

unfinished: set[str] = set()
"""Patterns of the temporary files being written, also by processes of ours: see `remove_unfinished`."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_IN_PLACE = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
_STREAMS = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}
_STREAM = re.compile(r"/(?:dev|proc/self)/fd/(\d+)")


def write(path: str | Path, content: bytes) -> None:
    """Replace a file by `content`, as `replacing` does. Raises OSError that names the file."""
    with replacing(path) as stream:
        stream.write(content)


@contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """Give a binary stream that takes the place of `path` when the block ends well.

    Until then the old file is whole, and where the block fails it stays. The mode and the owner of an old file
    are kept, a new one has what the umask leaves. Where the file has other names (hard links), or an owner we
    cannot give, the whole content is copied into it. Links are followed to the file they name; devices, pipes and
    open streams are written in place. Raises OSError that names `path`.
    """
    try:
        found = _state(path)
        if found is not None and stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if found is None or (stat.S_ISREG(found.st_mode) and _stream(path) is None):
            with _beside(os.path.realpath(path), found) as stream:
                yield stream
        else:
            number = _stream(path)
            with os.fdopen(os.open(path, _IN_PLACE) if number is None else os.dup(number), "wb") as stream:
                yield stream
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _state(path: str | Path) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116  a path of any type
    except FileNotFoundError:
        return None
    except ValueError as error:  # a name with a NUL in it
        raise OSError(errno.EINVAL, str(error)) from None


def _stream(path: str | Path) -> int | None:
    """Return the number of the open stream a path stands for: written to where it is, whatever it is."""
    match = _STREAM.fullmatch(str(path))
    return int(match[1]) if match else _STREAMS.get(str(path))


@contextmanager
def _beside(target: str, old: os.stat_result | None) -> Iterator[BinaryIO]:
    """Give a new file in the target's folder that is renamed to it; nobody can have put another in its place."""
    temporary = str(Path(target).parent / f".plan-{_mark[-1]}{os.urandom(8).hex()}.tmp")
    pattern = glob.escape(temporary)
    unfinished.add(pattern)
    try:
        with os.fdopen(os.open(temporary, _NEW, 0o666 if old is None else 0o600), "wb") as stream:
            yield stream
            stream.flush()
            alike = _resemble(stream.fileno(), old)
            os.fsync(stream.fileno())
        if alike:
            Path(temporary).replace(target)
        else:
            _copy(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    finally:
        unfinished.discard(pattern)


_mark = [""]
"""What the names of this process's temporary files begin with."""


@contextmanager
def written_by_others(folder: str | Path) -> Iterator[str]:
    """Give a mark for processes that write into a folder (`marked`): what they leave there goes as the block ends.

    A process that is killed clears nothing up, so that whoever started it has to know the names.
    """
    mark = f"{os.urandom(8).hex()}-"
    pattern = f"{glob.escape(os.fspath(folder))}/.plan-{mark}*.tmp"
    unfinished.add(pattern)
    try:
        yield mark
    finally:
        _remove(pattern)
        unfinished.discard(pattern)


def marked(mark: str) -> None:
    """Let the names of this process's temporary files begin with a mark."""
    _mark.append(mark)


def remove_unfinished() -> None:
    """Remove the temporary files of a process that ends without its blocks; those who write them must have ended."""
    for pattern in tuple(unfinished):
        _remove(pattern)


def _remove(pattern: str) -> None:
    for path in glob.glob(pattern, include_hidden=True):  # noqa: PTH207  the pattern is a whole path
        with suppress(OSError):
            Path(path).unlink()


def _resemble(descriptor: int, old: os.stat_result | None) -> bool:
    """Give a new file the owner and mode of the old; tell whether it can take the old one's place."""
    if old is None or not hasattr(os, "fchown"):
        return True
    with suppress(PermissionError):  # only root gives files away
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
    new = os.fstat(descriptor)
    return old.st_nlink == 1 and (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid)


def _copy(temporary: str, target: str) -> None:
    """Write into a file that has other names, or an owner we cannot give: its links and its owner stay."""
    with Path(temporary).open("rb") as source, Path(target).open("r+b") as stream:
        shutil.copyfileobj(source, stream)
        stream.truncate()
        stream.flush()
        os.fsync(stream.fileno())
    Path(temporary).unlink()


PATIENCE = 5.0
"""Seconds within which the writer of a named pipe begins."""


def opened(path: str | Path) -> BinaryIO:
    """Open what the user named for reading. Raises OSError, also for what would never end or begin.

    An open stream is read as any file is; a device is none; of a named pipe the writer must be there.
    """
    mode = os.stat(path).st_mode  # noqa: PTH116  a path of any type
    if (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)) and _stream(path) is None:
        raise OSError(errno.EINVAL, "it is a device, not a file", str(path))
    if not stat.S_ISFIFO(mode):
        return open(path, "rb")  # noqa: PTH123  as a path of any type
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    if not select.select([descriptor], [], [], PATIENCE)[0]:
        os.close(descriptor)
        raise OSError(errno.EINVAL, "nothing is written to this pipe", str(path))
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "rb")


# Looking at paths: what cannot be looked at is an answer like any other, never an exception half way.


class Kind(StrEnum):
    """What stands at a path, links followed."""

    FILE = "file"
    FOLDER = "folder"
    OTHER = "pipe or device"


class Found(NamedTuple):
    """One path and what stands there; `error` says why that cannot be told or entered."""

    path: str
    kind: Kind | None
    error: str = ""


def look(path: str | Path) -> Found:
    """Return what stands at a path: a broken link, a loop or a folder that cannot be entered is an error."""
    shown = os.fspath(path)
    try:
        return Found(shown, _kind(os.stat(shown).st_mode))  # noqa: PTH116  a name is all there is
    except (OSError, ValueError) as error:
        return Found(shown, None, reason(error, shown))


def real(path: str | Path) -> str:
    """Return a path without links; where even the working folder is gone, the path as it is."""
    try:
        return os.path.realpath(path)
    except OSError:
        return os.path.normpath(path)


def reason(error: OSError | ValueError, path: str = "") -> str:
    """Return why a path cannot be used, in the system's words; a broken link is called one."""
    if isinstance(error, FileNotFoundError) and path and os.path.islink(path):  # noqa: PTH114  the same
        return f"a link to {os.readlink(path)}, which does not exist"  # noqa: PTH115  the same
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _kind(mode: int) -> Kind:
    return Kind.FILE if stat.S_ISREG(mode) else Kind.FOLDER if stat.S_ISDIR(mode) else Kind.OTHER


def leads_out(relative: str) -> bool:
    """Tell whether a relative path leads out of the folder it begins in; `..data` is a name like any other."""
    return relative.split(os.sep, 1)[0] == os.pardir


def walk(top: str | Path, enters: Callable[[str], bool] = lambda _: True) -> Iterator[Found]:
    """Yield what stands below a folder, in byte order, depth first: files, and whatever cannot be looked at.

    Folders themselves are not yielded unless they cannot be read; those for which `enters(path)` is false are
    passed over. Links to folders are asked about and not entered, so that no loop is walked.
    """
    shown = os.fspath(top)
    try:
        names = sorted(os.listdir(shown), key=os.fsencode)  # noqa: PTH208  names alone
    except OSError as error:
        yield Found(shown, Kind.FOLDER, reason(error, shown))
        return
    for name in names:
        below = look(os.path.join(shown, name))  # noqa: PTH118  fast, and keeps names that are no UTF-8
        if below.kind is not Kind.FOLDER:
            yield below
        elif enters(below.path) and not os.path.islink(below.path):  # noqa: PTH114
            yield from walk(below.path, enters)
