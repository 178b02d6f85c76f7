"""How a run ends that does not end by itself: signals, a reader that went away, full disks, faults of ours.

Whatever happens, one line says so, and the exit code is the same for every command. What a run has begun is
undone by the blocks it stands in; where that takes too long, the process ends without them.
"""

import _thread
import atexit
import errno
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from planner.cli.commands import Exit
from planner.files import remove_unfinished

DEBUG = "--debug"
PATIENCE = 1.0
"""Seconds a run may take to clear up after a signal; whoever sent it waits two at most."""

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_SIGNALLED = 128
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
_received: list[int] = []
_told_once: list[bool] = []


def concluded(command: Callable[[], object]) -> int:
    """Run a command and return its exit code; what it raises is said in one line."""
    try:
        code = command()
        _flush()
    except BaseException as error:  # noqa: BLE001  the last resort
        if _received:
            return _stopped(error.code if isinstance(error, SystemExit) else None)
        return _flushed(_explained(error))
    interrupted = _received and code == _SIGNALLED + signal.SIGINT  # what typer makes of an interrupt
    return _stopped() if interrupted else code if isinstance(code, int) else 0


def _stopped(said: object = None) -> int:
    """Return the code of a run that a signal ended; a command may say more than that."""
    _drop_output()
    _told_once.append(True)
    return _say(said if isinstance(said, str) else _signal_line(_received[0]), _SIGNALLED + _received[0])


def leave(code: int) -> NoReturn:
    """End the program with a code; one that was told to end, or has no reader, leaves no process behind.

    It does not go through the interpreter's own end, which takes every object apart, and where threads of libraries
    wait and speak.
    """
    if code > _SIGNALLED:
        _end_children()
        remove_unfinished()  # a block that the signal hit as it was entered is still open
    elif threading.active_count() > 1:
        sys.exit(code)
    else:
        atexit._run_exitfuncs()  # noqa: SLF001  what libraries asked for
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
    os._exit(code)


def listen() -> None:
    """Let signals end the run in order; those ignored (nohup) stay ignored, and forks start afresh."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _received_signal)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_as_child)


def mend_streams() -> None:
    """Put a file in the place of a closed standard stream, before another one takes it.

    Reading from a closed standard input, and writing to a closed standard output, then fail as any file does.
    """
    for number, (name, wrong_way) in enumerate(
        (("stdin", os.O_WRONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_RDWR))
    ):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, wrong_way)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", errors="backslashreplace", closefd=False))


def _received_signal(number: int, _: FrameType | None) -> None:
    _received.append(number)
    if len(_received) > 1:
        _abandon()
    _thread.start_new_thread(_watch, ())
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(_SIGNALLED + number)


def _as_child() -> None:
    """Let a forked process leave an interrupt to its parent, and end at once where it is told to."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is _received_signal:
            signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)


def _watch() -> None:
    time.sleep(PATIENCE)
    _abandon()


def _abandon() -> None:
    """End now: without clearing up, but for temporary files and the processes this one started."""
    _end_children()
    remove_unfinished()
    with suppress(OSError):
        if not _told_once:
            os.write(2, f"plan: {_signal_line(_received[0])}\n".encode())
    os._exit(_SIGNALLED + _received[0])


def _end_children() -> None:
    with suppress(OSError):
        for each in Path("/proc/self/task").glob("*/children"):
            for child in each.read_text(encoding="ascii").split():
                with suppress(ProcessLookupError, ChildProcessError):
                    os.kill(int(child), signal.SIGKILL)
                    os.waitpid(int(child), 0)  # until then it may still open a file


def _signal_line(number: int) -> str:
    return "interrupted" if number == signal.SIGINT else f"ended by {signal.Signals(number).name}"


def _explained(error: BaseException) -> int:
    """Return the exit code of what a command raised, said on standard error."""
    if isinstance(error, BrokenPipeError) or isinstance(error.__context__, BrokenPipeError):
        return _without_reader()  # typer makes an exit of it
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(Exit.USAGE)
    if hasattr(error, "format_message"):
        return _misused(error)
    return _say(*_told(error), error)


def _told(error: BaseException) -> tuple[str, int]:
    """Return what is said of an error, and the exit code."""
    if isinstance(error, KeyboardInterrupt):
        return "interrupted", _SIGNALLED + signal.SIGINT
    if isinstance(error, OSError):
        return _failed(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory for this", Exit.INTERNAL
    return internal(error), Exit.INTERNAL


def _without_reader() -> int:
    """Return the code of a run whose reader went away (`plan size | head -1`): nobody is there to be told."""
    _drop_output()
    return _SIGNALLED + getattr(signal, "SIGPIPE", 13)


def _drop_output() -> None:
    """Let Python's own flush at exit find a place to go."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(error: OSError) -> tuple[str, int]:
    """Return what is said of a file that failed, and the code: 2 for what is written, 3 for what is read."""
    said = error.strerror or str(error)
    if error.errno in _FULL or error.errno == errno.EBADF:
        return f"cannot write {error.filename or 'the output'}: {said}", Exit.USAGE
    if not error.filename and not _here():
        return "the working folder no longer exists: change to one that does", Exit.UNREADABLE
    return f"{error.filename or 'the input'}: {said}", Exit.UNREADABLE


def _here() -> bool:
    try:
        return bool(Path.cwd())
    except OSError:
        return False


def _misused(error: Any) -> int:
    """Say in one line what typer says of a command line, and where help is."""
    said = " ".join(error.format_message().split()).rstrip(".")
    context = getattr(error, "ctx", None)
    return _say(f"{said}; see {context.command_path if context else 'plan'} --help", int(error.exit_code))


def internal(error: BaseException) -> str:
    """Return the line that says where a fault of ours happened, and how to report it."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f" ({Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno})" if at else ""
    kind = f"{type(error).__name__}: {error}".partition("\n")[0]
    return f"internal error: {kind}{where}; please report this line, and what {DEBUG} adds to it"


def trace(error: BaseException) -> None:
    """Show where an error came from, if that was asked for."""
    if DEBUG in sys.argv or os.environ.get("PLAN_DEBUG"):
        import traceback

        traceback.print_exception(error)


def _say(message: str, code: int, error: BaseException | None = None, prefix: str = "plan: ") -> int:
    from planner.cli.console import note

    with suppress(OSError, ValueError):
        if error is not None:
            trace(error)
        note(f"{prefix}{message}")
    return int(code)


def _flushed(code: int) -> int:
    """Return the code once what was printed is out; where that fails, the code of that."""
    try:
        _flush()
    except BrokenPipeError:
        return _without_reader()
    except OSError as error:
        _drop_output()
        return code or _say(*_failed(error))
    return code


def _flush() -> None:
    if not sys.stdout.closed:  # a language server closes it itself
        sys.stdout.flush()
