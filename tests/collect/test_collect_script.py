"""The script itself: every shell runs it, what it reads is what the host would read, and no secret leaves."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planner.deployment import host
from planner.document.reader import parse
from planner.rules.discovery import Target, load
from planner.rules.policy import Policy
from planner.rules.validation import examine

if TYPE_CHECKING:
    from collections.abc import Callable

_SPEC = importlib.util.spec_from_file_location("bundles_made", Path(__file__).with_name("bundles_made.py"))
bundles_made = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(bundles_made)
SCRIPT, collected = bundles_made.SCRIPT, bundles_made.collected
SECRETS = (
    "hunter2-one",
    "hunter2-two",
    "hunter2-three",
    "hunter2-four",
    "hunter2-five",
    "hunter2-six",
    "hunter2-seven",
    "hunter2-eight",
    "hunter2-nine",
    "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
    "Zx81QwErTyUiOpAsDfGhJkLzXcVbNm09",
    "0123456789abcdef0123456789abcdef",
    "hunter2-ten",
    "hunter2-eleven",
    "hunter2-twelve",
    "hunter2-thirteen",
    "hunter2-fourteen",
    "hunter2-fifteen",
    "hunter2-sixteen",
)
OPTIONS = """# the root password is hunter2-one
[client]
password = hunter2-two
user = root
[mysqld]
max_connections = 1000 # pw hunter2-three
report-password="hunter2-four"
wsrep_sst_auth = sst:hunter2-five
set-variable = old_passwords=hunter2-six
init_connect = "SET PASSWORD = 'hunter2-seven'"
loose-api-key = hunter2-eight
ssl_key = /etc/hunter2-nine
proxy_url = https://user:hunter2-ten@db.example.com/
loose_note = Zx81QwErTyUiOpAsDfGhJkLzXcVbNm09
pw = hunter2-twelve
PSK: hunter2-thirteen
share = //user:hunter2-fourteen@nas.example.com/cdr
"password": "hunter2-fifteen"
MYSQL_PWD=hunter2-sixteen
key_buffer_size = 64M
-----BEGIN RSA PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
-----END RSA PRIVATE KEY-----
!includedir /etc/my.cnf.d
"""
SYSCTL = """net.core.somaxconn = 4096
net.ipv4.tcp_fastopen_key = 0123456789abcdef0123456789abcdef
net.core.rmem_max = 212992 # hunter2-eleven
"""


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A host's files: drop-ins that beat each other, links, includes, a file nobody reads."""
    root = tmp_path / "root"
    write(
        root,
        {
            "etc/sysctl.conf": "net.core.somaxconn = 1024\nnet.core.netdev_max_backlog = 2000\n",
            "etc/sysctl.d/90-voip.conf": SYSCTL,
            "etc/sysctl.d/95-old.conf.bak": "net.core.somaxconn = 1\n",
            "usr/lib/sysctl.d/50-default.conf": "kernel.sysrq = 16\nnet.core.somaxconn = 256\n",
            "usr/lib/sysctl.d/60-masked.conf": "net.core.somaxconn = 2\n",
            "etc/my.cnf": OPTIONS,
            "etc/my.cnf.d/10 server.cnf": "[mysqld]\nmax_connections = 900\n!includedir /etc/empty.d\n",
            "etc/my.cnf.d/notes.txt": "[mysqld]\nmax_connections = 1\n",
            "etc/modules-load.d/nf_conntrack.conf": "nf_conntrack\n",
            "etc/redhat-release": "CentOS Linux release 7.9.2009 (Core)\n",
            "cdr/2026112800.txt": "call record content +15550100\n",
        },
    )
    (root / "etc/empty.d").mkdir()
    (root / "etc/sysctl.d/60-masked.conf").symlink_to("/dev/null")
    (root / "etc/sysctl.d/99-sysctl.conf").symlink_to("../sysctl.conf")
    (root / "lib").symlink_to("usr/lib")
    return root


def said(findings: object) -> set[tuple[str, str, int]]:
    return {(each.rule, each.message, each.span.line) for each in findings}


def test_shellcheck_has_nothing_to_say(require: Callable[[str], str]) -> None:
    finished = subprocess.run(
        [require("shellcheck"), "-s", "sh", str(SCRIPT)], capture_output=True, text=True, check=False
    )
    assert finished.stdout == ""
    assert finished.returncode == 0


def test_every_shell_gives_a_whole_bundle(shell: list[str], tree: Path) -> None:
    document = parse(collected(shell, tree), "host.bundle")
    assert document.format == "bundle"
    assert {each.rule for each in document.findings} <= {"bundle-incomplete"}
    assert host.boot(document).value("sysctl.net.core.somaxconn") == 1024
    assert host.profile(document) == "el7-boot"
    assert host.boot(document).value("mysql.max_connections") == 900
    assert isinstance(host.boot(document).value("server.ram"), int)
    assert host.boot(document).value("server.cpu_cores", 0) >= 1


def test_no_secret_and_no_content_of_a_record_leaves(shell: list[str], tree: Path) -> None:
    text = collected(shell, tree).decode()
    assert [each for each in SECRETS if each in text] == []
    assert "call record content" not in text
    assert "2026112800.txt" in text
    assert "key_buffer_size = 64M" in text
    assert "max_connections = 1000" in text


def test_a_bundle_says_what_the_files_say(shell: list[str], tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the host's own tree shows, its bundle shows at the same lines; masked lines say nothing."""
    monkeypatch.chdir(tree.parent)
    (tree / "etc/my.cnf").write_text(
        "[mysqld]\nmax_connections = 1000\ntmp_table_size = 52M\n!includedir /etc/my.cnf.d\n"
    )
    Path("host.bundle").write_bytes(collected(shell, tree))
    of_tree = examine(load(Target("host", "root", profile="el7-boot")), Policy())
    loaded = load(Target("file", "host.bundle"))
    of_bundle = examine(loaded._replace(running=None), Policy())
    wanted = {(rule, message.replace("root/", "host.bundle/"), line) for rule, message, line in said(of_tree.findings)}
    found = said(each for each in of_bundle.findings if each.span.path.startswith("host.bundle/"))
    assert wanted
    assert {each for each in wanted if each[0] != "comment-inside-value"} <= found
    assert {rule for rule, _, _ in found} - {rule for rule, _, _ in wanted} <= {
        "running-value-differs",
        "comment-inside-value",
        "file-limit-below-boot-default",
    }


def test_the_script_changes_nothing_and_needs_no_home(shell: list[str], tree: Path) -> None:
    before = {path: path.lstat().st_mtime_ns for path in sorted(tree.rglob("*"))}
    for folder in (tree, *(path for path in tree.rglob("*") if path.is_dir() and not path.is_symlink())):
        folder.chmod(0o555)
    try:
        collected(shell, tree, HOME="/nonexistent", TMPDIR="/nonexistent")
        assert {path: path.lstat().st_mtime_ns for path in sorted(tree.rglob("*"))} == before
    finally:
        for folder in (tree, *(path for path in tree.rglob("*") if path.is_dir() and not path.is_symlink())):
            folder.chmod(0o755)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_what_may_not_be_read_is_said(shell: list[str], tree: Path) -> None:
    (tree / "etc/my.cnf").chmod(0)
    document = parse(collected(shell, tree), "host.bundle")
    assert "/etc/my.cnf was not collected: it may not be read" in [each.message for each in document.findings]


def test_names_that_are_no_names_do_no_harm(shell: list[str], tree: Path) -> None:
    odd = [
        "a b.conf",
        "quote'\".conf",
        "$(touch pwned).conf",
        "new\nline.conf",
        "-rf.conf",
        "@bundle 1.conf",
        "stern*.conf",
    ]
    for name in odd:
        (tree / "etc/sysctl.d" / name).write_text("net.core.optmem_max = 40960\n")
    document = parse(collected(shell, tree), "host.bundle")
    assert not [each for each in document.findings if each.rule == "bundle-damaged"]
    assert "its name holds control characters" in " ".join(each.message for each in document.findings)
    names = host.BundleRoot(document).names("/etc/sysctl.d")
    assert {each for each in odd if "\n" not in each} <= set(names)
    assert not list(tree.rglob("pwned"))
    assert not Path("pwned").exists()


def test_a_link_that_leads_to_itself_ends(shell: list[str], tree: Path) -> None:
    (tree / "etc/sysctl.d/loop.conf").symlink_to("loop.conf")
    (tree / "etc/mysql").mkdir()
    (tree / "etc/mysql/my.cnf").symlink_to("../mysql/my.cnf")
    document = parse(collected(shell, tree), "host.bundle")
    assert document.readable
    assert host.boot(document).value("mysql.max_connections") == 900
