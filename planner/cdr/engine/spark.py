"""The Spark engine: an existing cluster reads the files (HDFS, S3, shared folders) and runs the step.

The cluster needs Python with numpy; this product travels with the job, so that executors run the driver's
version. Summaries are added up on the executors; a lost executor's work is done again and counts once.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from socket import create_connection
from typing import Any, NamedTuple

from planner.cdr.engine.clusters import pack_product
from planner.cdr.engine.local import PIECE, EngineError, Task
from planner.cdr.sources import STDIN, is_compressed, is_named_so, is_remote, plain_name
from planner.cdr.summary.summary import FileFacts, Stretch, Summary
from planner.cdr.summary.wire import from_bytes

SPARK: Any = import_module("pyspark.sql").SparkSession

WHOLE = 1 << 29
"""Files up to so many bytes travel whole; larger ones are cut, which needs a folder every executor sees."""

LEFT_OUT, SAME = "left out by its name", "left out: the same records as "
"""Notes to files of a cluster that are not read."""

WAIT_S = 20
"""Seconds a standalone cluster's master is given to accept a connection."""

_STANDALONE = re.compile(r"spark://([^,:]+:[0-9]{1,5}(?:,[^,:]+:[0-9]{1,5})*)")
_ARCHIVE = "vos3000_plan"
_PATTERN_LETTERS = "\\{}[]*?,"


def _step(read: str, *context: Any) -> Callable[[Any], Iterator[bytes]]:  # noqa: ANN401  what Spark hands over
    """Return a function that Spark pickles by value: it finds the travelling product first."""
    archive = _ARCHIVE

    def step(items: Any) -> Iterator[bytes]:  # noqa: ANN401  an iterator over a partition
        import os  # noqa: PLC0415  nothing of the driver's module is at hand on an executor
        import sys  # noqa: PLC0415
        from importlib import import_module  # noqa: PLC0415

        from pyspark import SparkFiles  # noqa: PLC0415

        root = os.path.join(SparkFiles.getRootDirectory(), archive)  # noqa: PTH118
        if root not in sys.path:
            sys.path.insert(0, root)
        yield getattr(import_module("planner.cdr.engine.clusters"), read)(items, *context)

    return step


def _merge() -> Callable[[bytes, bytes], bytes]:
    """Return the sum of two summaries as a function that Spark pickles by value."""
    archive = _ARCHIVE

    def merge(one: bytes, other: bytes) -> bytes:
        import os  # noqa: PLC0415  the same
        import sys  # noqa: PLC0415
        from importlib import import_module  # noqa: PLC0415

        from pyspark import SparkFiles  # noqa: PLC0415

        root = os.path.join(SparkFiles.getRootDirectory(), archive)  # noqa: PTH118
        if root not in sys.path:
            sys.path.insert(0, root)
        merged: bytes = import_module("planner.cdr.engine.clusters").merge_messages(one, other)
        return merged

    return merge


def _quoted(uri: str) -> str:
    """Return a URI in which no letter is a pattern to Hadoop, which also cuts at commas outside braces."""
    escaped = (f"\\{letter}" if letter in _PATTERN_LETTERS else letter for letter in uri)
    return "".join(f"{{{letter}}}" if letter == "\\," else letter for letter in escaped)


class Cluster:
    """One Spark session, and the product on its executors."""

    def __init__(self, master: str) -> None:
        _check_answers(master)
        builder: Any = SPARK.builder.appName("plan cdr")
        if master:
            builder = builder.master(master)
        if master.startswith("local"):
            # Executors of this machine take this interpreter, unless the user chose another.
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        try:
            self.session = builder.config("spark.ui.enabled", "false").getOrCreate()
        except Exception as error:
            raise EngineError(f"--master {master or '(unset)'}: Spark did not start: {_first_line(error)}") from error
        self.context: Any = self.session.sparkContext
        self._folder = tempfile.TemporaryDirectory()
        archive = Path(self._folder.name) / f"{_ARCHIVE}.zip"
        archive.write_bytes(pack_product())
        self.context.addArchive(f"{archive}#{_ARCHIVE}")

    def files(self, path: str) -> tuple[dict[str, int], dict[str, str]]:
        """Return the files below a URI or matching it with their sizes, and what is left out. Raises `EngineError`."""
        java = self.context._jvm  # noqa: SLF001  PySpark offers no other way to a file system
        root = java.org.apache.hadoop.fs.Path(path)
        try:
            system = root.getFileSystem(self.context._jsc.hadoopConfiguration())  # noqa: SLF001  the same
            named: dict[str, int] = {}
            inside: dict[str, int] = {}
            for match in system.globStatus(root) or []:
                (inside if match.isDirectory() else named).update(_below(system, match))
        except Exception as error:
            raise EngineError(f"{path}: {_first_line(error)}") from error
        found = named | {uri: size for uri, size in inside.items() if is_named_so(uri)}
        if not found:
            raise EngineError(f"{path}: no CDR file here")
        return found, {uri: LEFT_OUT for uri in inside if uri not in found}

    def contents(self, uris: list[str]) -> dict[str, tuple[str, bool]]:
        """Return the digests of what files hold, decompressed, and whether each tells copies under any name."""
        read = self.context.binaryFiles(",".join(map(_quoted, uris))).mapPartitions(_step("digest_contents"))
        return dict(chain.from_iterable(read.collect()))

    def whole(self, shown: dict[str, str], size: int) -> Any:  # noqa: ANN401  PySpark's RDDs are not typed
        """Return the summaries of whole files, one a partition."""
        uris = ",".join(_quoted(uri) for uri in shown)
        return self.context.binaryFiles(uris, max(size // PIECE, 2)).mapPartitions(_step("read_contents", shown))

    def shared(self, stretches: list[Stretch]) -> Any:  # noqa: ANN401  the same
        """Return the summaries of stretches of shared files, one each."""
        return self.context.parallelize(stretches, len(stretches)).mapPartitions(_step("read_shared"))

    def close(self) -> None:
        """End the session."""
        self.session.stop()
        self._folder.cleanup()


def _check_answers(master: str) -> None:
    """Raise EngineError where none of a standalone cluster's masters accepts a connection: Spark asks for minutes."""
    addresses = _STANDALONE.fullmatch(master)
    reasons = []
    for host, port in (each.rsplit(":", 1) for each in (addresses[1].split(",") if addresses else ())):
        try:
            create_connection((host.strip("[]"), int(port)), WAIT_S).close()
        except OSError as error:
            reasons.append(f"{host}:{port}: {error.strerror or error}")
        else:
            return
    if reasons:
        raise EngineError(f"--master {master}: no Spark master answers there ({'; '.join(reasons)})")


def _first_line(error: Exception) -> str:
    """Return what went wrong: of an error that Java raised, its first cause."""
    cause: Any = getattr(error, "java_exception", None)
    while cause is not None and cause.getCause() is not None:
        cause = cause.getCause()
    return str(error if cause is None else cause.toString()).strip().split("\n", 1)[0]


def _below(system: Any, status: Any) -> Iterator[tuple[str, int]]:  # noqa: ANN401  Java objects
    if not status.isDirectory():
        yield status.getPath().toString(), status.getLen()
        return
    for inner in system.listStatus(status.getPath()):
        if not inner.getPath().getName().startswith((".", "_")):
            yield from _below(system, inner)


class Reading(NamedTuple):
    """URIs to read whole with their shown paths and sizes, stretches of shared files, and notes to what is left out."""

    whole: dict[str, str]
    sizes: dict[str, int]
    shared: list[Stretch]
    notes: dict[str, str]


def _plan(cluster: Cluster, tasks: list[Task]) -> Reading:
    reading = Reading({}, {}, [], {})
    for stretch in (stretch for task in tasks for stretch in task.stretches):
        if stretch.path == STDIN:
            raise EngineError("--engine spark reads files, not standard input; leave --engine out")
        if is_remote(stretch.path):
            found, left = cluster.files(stretch.path)
            reading.sizes.update((uri, _small_enough(uri, found[uri])) for uri in sorted(found))
            reading.whole.update((uri, uri) for uri in sorted(found))
            reading.notes.update(left)
        elif (stretch.size or 0) > WHOLE and not is_compressed(stretch.path):
            reading.shared.append(stretch)
        elif stretch.begin == 0:
            uri = f"file:{Path(stretch.path).resolve()}"
            reading.whole[uri], reading.sizes[uri] = stretch.path, stretch.size or 0
    return _without_twins(cluster, reading)


def _without_twins(cluster: Cluster, reading: Reading) -> Reading:
    """Leave out remote files that hold, compressed or under another name, what another one holds.

    Other systems tell no identity of a file: hard links are of one size, and hold the same.
    """
    named: dict[str | int, list[str]] = {}
    for uri in sorted(filter(is_remote, reading.whole), key=lambda uri: (is_compressed(uri), uri)):
        for key in (plain_name(uri), reading.sizes[uri]):
            named.setdefault(key, []).append(uri)
    alike = {key: uris for key, uris in named.items() if len(uris) > 1}
    held = cluster.contents(sorted({uri for uris in alike.values() for uri in uris})) if alike else {}
    for key, uris in alike.items():
        first: dict[str, str] = {}
        for uri in (each for each in uris if each in reading.whole):
            digest, telling = held[uri]
            if digest and (telling or isinstance(key, str)) and first.setdefault(digest, uri) != uri:
                reading.notes[uri] = f"{SAME}{first[digest]}"
                del reading.whole[uri], reading.sizes[uri]
    return reading


def _small_enough(uri: str, length: int) -> int:
    if length > 4 * WHOLE - 1:
        raise EngineError(f"{uri}: {length:,} bytes are more than Spark hands over whole; use a shorter write interval")
    return length


def run_on_spark(tasks: list[Task], master: str = "") -> Iterator[tuple[Task, Summary]]:
    """Yield one summary of all tasks. Raises `EngineError`."""
    cluster = Cluster(master)
    try:
        reading = _plan(cluster, tasks)
        parts = [cluster.whole(reading.whole, sum(reading.sizes.values()))] if reading.whole else []
        parts += [cluster.shared(reading.shared)] if reading.shared else []
        message = cluster.context.union(parts).treeReduce(_merge())
    except EngineError:
        raise
    except Exception as error:
        raise EngineError(f"Spark could not finish: {_first_line(error)}") from error
    finally:
        cluster.close()
    every = tuple(stretch for task in tasks for stretch in task.stretches)
    summary = from_bytes(message)
    summary.files.update({uri: FileFacts(note=said) for uri, said in reading.notes.items() if uri not in reading.whole})
    yield Task(every, sum(task.bytes for task in tasks)), summary
