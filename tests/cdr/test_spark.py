"""A Spark cluster of two worker processes gives the local engine's bytes, also when one is killed."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.cdr.engine.clusters import digest_contents
from planner.cdr.engine.local import Task
from planner.cdr.summary.summary import Stretch

PLAN = [sys.executable, "-m", "planner", "cdr", "profile"]
pytestmark = [
    pytest.mark.usefixtures("watched"),
    pytest.mark.skipif(
        shutil.which("java") is None and not os.environ.get("PLAN_REQUIRE_ALL"), reason="java is not installed"
    ),
]


class StandaloneCluster:
    """A master and workers of the installed PySpark on loopback, ended by their process ids."""

    def __init__(self, folder, java):
        import pyspark  # noqa: PLC0415  an optional part

        self.folder = folder
        self.java = java
        self.home = Path(pyspark.__file__).parent
        self.environment = {
            **os.environ,
            "SPARK_HOME": str(self.home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_NO_DAEMONIZE": "1",
        }
        # The pip package leaves out the script that would find this out.
        library = next((self.home / "jars").glob("scala-library-*.jar")).name
        self.environment["SPARK_SCALA_VERSION"] = ".".join(library.removeprefix("scala-library-").split(".")[:2])
        self.processes = []
        self.master = self._master()
        self.workers = [self._worker(i) for i in range(2)]

    def _start(self, name, role, *arguments):
        command = [self.java, "-cp", f"{self.home}/jars/*", "-Xmx512m", f"org.apache.spark.deploy.{role}", *arguments]
        log = self.folder / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, env=self.environment, cwd=self.folder
            )
        self.processes.append(process)
        return process, log

    def _master(self):
        _, log = self._start("master", "master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        return wait_for(log, r"(spark://127\.0\.0\.1:\d+)")

    def _worker(self, number):
        work = str(self.folder / f"work{number}")
        process, log = self._start(
            f"worker{number}",
            "worker.Worker",
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
            "--cores",
            "1",
            "--memory",
            "1g",
            "--work-dir",
            work,
            self.master,
        )
        wait_for(log, "(Successfully registered with master)")
        return process

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()


def wait_for(log, pattern, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = re.search(pattern, log.read_text(errors="replace")) if log.exists() else None
        if found:
            return found.group(1)
        time.sleep(0.1)
    raise AssertionError(f"{log.name}: no {pattern}: {log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    pytest.importorskip(
        "pyspark", reason="pyspark is not installed; install it with: pip install 'vos3000-plan[spark]'"
    )
    made = StandaloneCluster(tmp_path_factory.mktemp("spark"), shutil.which("java"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spark-data") / "archive"
    command = [
        sys.executable,
        "-m",
        "planner",
        "cdr",
        "simulate",
        "--cps",
        "4",
        "--hours",
        "5",
        "--seed",
        "3",
        "--damage",
        "all=0.5%",
    ]
    subprocess.run([*command, "-o", str(folder)], check=True, capture_output=True)
    (folder / "truth.json").unlink()
    return folder


@pytest.fixture(scope="module")
def local(archive):
    return subprocess.run([*PLAN, str(archive), "--format", "json"], check=True, capture_output=True).stdout


def start(cluster, archive):
    command = [*PLAN, str(archive), "--format", "json", "--engine", "spark", "--master", cluster.master]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=cluster.environment)


def finish(process):
    output, said = process.communicate(timeout=180)
    assert process.returncode == 0, said.decode()[-3000:]
    return output


def test_cluster_gives_the_same_bytes(cluster, archive, local):
    assert finish(start(cluster, archive)) == local


def test_killed_worker_changes_nothing(cluster, archive, local):
    process = start(cluster, archive)
    worker, executors = first_at_work(cluster.workers, process)
    worker.kill()
    for pid in executors:
        os.kill(pid, signal.SIGKILL)
    assert finish(process) == local


def first_at_work(workers, run, seconds=240):
    """Return the first worker an executor of which has started Python for a task, and its executors."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and run.poll() is None:
        for worker in workers:
            executors = children_of(worker.pid)
            if any(children_of(executor) for executor in executors):
                return worker, executors
        time.sleep(0.02)
    run.kill()
    raise AssertionError(f"no executor began: {run.communicate()[1].decode()[-3000:]}")


def children_of(pid):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def test_commas_and_patterns_in_paths_are_letters(tmp_path, line):
    folder = tmp_path / "a,b {c}"
    folder.mkdir()
    (folder / "x,y [1]*.txt").write_bytes(line + b"\n")
    twins_in(folder, line)
    command = [*PLAN, str(folder), f"file://{folder}", f"{folder}/../{folder.name}/2026042612.txt", "--format", "json"]
    local, spark = (
        subprocess.run([*command, *engine], check=True, capture_output=True)
        for engine in ([], ["--engine", "spark", "--master", "local[1]"])
    )
    assert local.stdout == spark.stdout
    assert json.loads(spark.stdout)["calls"]["records"] == 1 + 3 + 1
    said = [[each for each in run.stderr.splitlines() if b"plan: " in each] for run in (local, spark)]
    assert len(said[0]) == 4
    assert [each.rpartition(b"plan: ")[2] for each in said[1]] == [each.removeprefix(b"plan: ") for each in said[0]]


def twins_in(folder, line):
    """Write a file, a symlink and a hard link to it, the same compressed, and another file of its hour."""
    path = folder / "2026042612.txt"
    path.write_bytes((line + b"\n") * 3)
    (folder / "link.txt").symlink_to(path)
    os.link(path, folder / "hard.txt")
    path.with_name("2026042612.txt.gz").write_bytes(gzip.compress(path.read_bytes()))
    (folder / "again").mkdir()
    (folder / "again" / path.name).write_bytes(line + b"\n")


class OtherSystem:
    """What a file system of a cluster holds, by URI."""

    def __init__(self, held):
        self.held = held

    def files(self, path):
        inside = {uri: len(content) for uri, content in self.held.items() if uri.startswith(path)}
        return inside, {f"{path}/old.bak": "left out by its name"}

    def contents(self, uris):
        return dict(digest_contents((uri, self.held[uri]) for uri in uris))


def test_twins_and_hard_links_on_another_file_system_count_once(line):
    from planner.cdr.engine.spark import _plan  # noqa: PLC0415  needs PySpark

    damaged = gzip.compress(b"a\nb\n")[:-9]
    two = line + b"\n" + line.replace(b"65000", b"64000")
    held = {
        "hdfs://n/a/1.txt": b"a\nb\n",
        "hdfs://n/a/1.txt.gz": gzip.compress(b"a\nb\n"),
        "hdfs://n/a/2.txt": b"a\nb\n",
        "hdfs://n/a/2.txt.gz": gzip.compress(b"a\nc\n"),
        "hdfs://n/a/3.txt": b"",
        "hdfs://n/a/3.txt.gz": damaged,
        "hdfs://n/b/1.txt": b"a\nb\n",
        "hdfs://n/b/4.txt": bytes(5000),
        "hdfs://n/b/few.txt": two,
        "hdfs://n/b/few2.txt": two,
        "hdfs://n/b/hard.txt": bytes(5000),
        "hdfs://n/b/other.txt": b"1" * 5000,
    }
    tasks = [Task((Stretch("hdfs://n/a"), Stretch("hdfs://n/b"), Stretch("hdfs://n/a/1.txt")), 0)]
    reading = _plan(OtherSystem(held), tasks)
    same = {"hdfs://n/a/1.txt.gz": "hdfs://n/a/1.txt", "hdfs://n/b/hard.txt": "hdfs://n/b/4.txt"}
    same["hdfs://n/b/few2.txt"] = "hdfs://n/b/few.txt"
    assert list(reading.whole) == [uri for uri in held if uri not in same]
    assert reading.sizes == {uri: len(held[uri]) for uri in reading.whole}
    assert {uri: reading.notes[uri] for uri in same} == {
        uri: f"left out: the same records as {first}" for uri, first in same.items()
    }
    assert reading.notes["hdfs://n/a/old.bak"] == "left out by its name"


class RaisedError(Exception):
    """What Py4J raises: its text says which call failed, its Java exception why."""

    class Java:
        """A Java exception with a cause."""

        def __init__(self, text, cause=None):
            self.text, self.cause = text, cause

        def getCause(self):  # noqa: N802  Java's name
            return self.cause

        def toString(self):  # noqa: N802  the same
            return self.text

    java_exception = Java("SparkException: Job aborted", Java("java.io.IOException: No space left on device"))


def test_the_cause_that_java_gives_is_told():
    from planner.cdr.engine.spark import _first_line  # noqa: PLC0415  needs PySpark

    assert _first_line(RaisedError("An error occurred while calling o55.collect.")) == (
        "java.io.IOException: No space left on device"
    )
    assert _first_line(ValueError("one\ntwo")) == "one"


def test_a_master_that_is_not_there_is_named_at_once():
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'vos3000-plan[spark]'")
    from planner.cdr.engine.spark import EngineError, _check_answers, run_on_spark  # noqa: PLC0415  an optional part

    # Bound and not listening: nobody else takes the port, and whoever connects is refused.
    with socket.socket() as bound, socket.create_server(("127.0.0.1", 0)) as alive:
        bound.bind(("127.0.0.1", 0))
        dead, living = (f"127.0.0.1:{each.getsockname()[1]}" for each in (bound, alive))
        began = time.monotonic()
        with pytest.raises(EngineError, match=re.escape(f"--master spark://{dead}: no Spark master answers there")):
            list(run_on_spark([], f"spark://{dead}"))
        assert time.monotonic() - began < 30
        with pytest.raises(EngineError, match=re.escape(f"{dead}: ")):
            _check_answers(f"spark://{dead},{dead}")
        _check_answers(f"spark://{dead},{living}")
        _check_answers("local[2]")
        _check_answers("yarn")
