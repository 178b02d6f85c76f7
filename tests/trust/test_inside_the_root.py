"""Whatever lies below a root is read inside it: links are the server's, this machine's files are not."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest
from programs import plan, start
from waiting import unhurried

from planner.document.bundle import Root, drop_ins
from planner.document.reader import read

HERE = "[mysqld]\nmax_connections = outside-the-root\n"
BROKEN = "[mysqld]\nmax_connections = inside-the-root\n"


@pytest.fixture
def outside(tmp_path):
    place = tmp_path / "outside"
    place.mkdir()
    (place / "my.cnf").write_text(HERE)
    (place / "sysctl.conf").write_text("net.core.somaxconn = outside-the-root\n")
    return place


def debian(root):
    """Lay a root out as Debian does: absolute links, through its alternatives."""
    (root / "etc/mysql").mkdir(parents=True)
    (root / "etc/alternatives").mkdir()
    (root / "etc/mysql/mariadb.cnf").write_text(BROKEN)
    (root / "etc/mysql/my.cnf").symlink_to("/etc/alternatives/my.cnf")
    (root / "etc/alternatives/my.cnf").symlink_to("/etc/mysql/mariadb.cnf")


def said(run):
    return run.out.decode() + run.err


def test_links_through_alternatives_are_followed_inside_the_root(tmp_path):
    debian(tmp_path / "bundle")
    run = plan("validate", "--root", "bundle", cwd=tmp_path)
    assert run.code == 1
    assert "bundle/etc/mysql/mariadb.cnf:2:19: error: mysql.max_connections" in said(run)


def test_a_deployment_that_names_the_root_reads_the_same(tmp_path):
    debian(tmp_path / "bundle")
    (tmp_path / "d.yaml").write_text("traffic: {cps: 9}\nmysql: {file: bundle}\n")
    assert "bundle/etc/mysql/mariadb.cnf:2:19" in said(plan("validate", "d.yaml", cwd=tmp_path))


@pytest.mark.parametrize("absolute", [True, False])
@pytest.mark.parametrize("name", ["etc/my.cnf", "etc/mysql/my.cnf", "etc/sysctl.conf", "etc/sysctl.d/9.conf"])
def test_no_link_leads_out_of_the_root(name, absolute, outside, tmp_path):
    link = tmp_path / "bundle" / name
    link.parent.mkdir(parents=True)
    target = outside / ("my.cnf" if "my.cnf" in name else "sysctl.conf")
    link.symlink_to(target if absolute else os.path.relpath(target, link.parent))
    run = plan("validate", "--root", "bundle", cwd=tmp_path)
    assert "outside-the-root" not in said(run)


@pytest.mark.parametrize("include", ["!include {}", "!includedir {}"])
def test_no_include_leads_out_of_the_root(include, outside, tmp_path):
    root = tmp_path / "bundle"
    (root / "etc").mkdir(parents=True)
    (root / "etc/my.cnf").write_text(include.format(outside / "my.cnf" if "dir" not in include else outside) + "\n")
    assert "outside-the-root" not in said(plan("validate", "--root", "bundle", cwd=tmp_path))


def test_a_module_list_is_looked_for_inside_the_root(tmp_path):
    root = tmp_path / "bundle"
    (root / "etc/sysctl.d").mkdir(parents=True)
    (root / "etc/sysctl.d/9.conf").write_text("net.netfilter.nf_conntrack_max = 262144\n")
    (root / "etc/modules-load.d").mkdir()
    (tmp_path / "here.conf").write_text("nf_conntrack\n")
    (root / "etc/modules-load.d/9.conf").symlink_to(tmp_path / "here.conf")
    assert "connection-tracking-module-unloaded" in said(plan("validate", "--root", "bundle", cwd=tmp_path))


def test_a_sysctl_folder_in_its_place_keeps_links_inside_its_root(outside, tmp_path):
    folder = tmp_path / "bundle/etc/sysctl.d"
    folder.mkdir(parents=True)
    (folder / "1.conf").symlink_to("/etc/inside.conf")
    (tmp_path / "bundle/etc/inside.conf").write_text("net.core.somaxconn = inside-the-root\n")
    (folder / "2.conf").symlink_to(outside / "sysctl.conf")
    assert drop_ins(folder)[0] == tmp_path / "bundle/etc/inside.conf"
    assert "inside-the-root" in said(plan("validate", "bundle/etc/sysctl.d", cwd=tmp_path))


def test_a_link_out_of_a_folder_that_is_walked_is_said_and_not_shown(tmp_path):
    (tmp_path / "secret.yaml").write_text("traffic: {cps: 9, password: hunter2}\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.yaml").symlink_to("../secret.yaml")
    (folder / "b.yaml").write_text("traffic: {cps: 9}\n")
    (folder / "c.yaml").symlink_to("b.yaml")
    run = plan("validate", "folder", cwd=tmp_path)
    assert "hunter2" not in said(run)
    assert "folder/a.yaml is a link out of the folder that is checked, and not followed" in said(run)
    assert "c.yaml is a link" not in said(run)


def test_links_that_never_end_lead_nowhere(tmp_path):
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/a").symlink_to("/etc/b")
    (tmp_path / "etc/b").symlink_to("/etc/a")
    assert Root(tmp_path).file("/etc/a") is None
    assert Root(tmp_path).file("/../../etc/a") is None


@pytest.mark.parametrize(
    "deployment",
    [
        "traffic: {cps: 9}\nmysql: {file: pipe}\n",
        "traffic: {cps: 9}\nsysctl: {file: pipe}\n",
        "traffic: {cps: 9}\nmysql: {file: /dev/zero}\n",
        "traffic: {cps: 9}\nsite: {brand: {logo: pipe}}\n",
        "traffic: {cps: 9}\nsite: {brand: {logo: /dev/zero}}\n",
        "traffic: {cps: 9}\nsysctl: {file: sysctl.d}\n",
    ],
)
def test_pipes_and_devices_that_a_file_names_are_refused(deployment, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "sysctl.d").mkdir()
    os.mkfifo(tmp_path / "sysctl.d/1.conf")
    (tmp_path / "d.yaml").write_text(deployment)
    run = plan("report", "d.yaml", "-o", "x.html", cwd=tmp_path, timeout=unhurried(20))
    assert run.code in {1, 2, 3}
    assert "regular file" in said(run) or "regular file" in (tmp_path / "x.html").read_text()


def test_a_pipe_the_user_names_is_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    process = start("validate", "pipe.yaml", cwd=tmp_path)
    (tmp_path / "pipe.yaml").write_text("traffic: {cps: 9, nonsense: 1}\n")
    out, _ = process.communicate(timeout=unhurried(20))
    assert b"nonsense" in out


def test_a_pipe_nobody_writes_can_be_left(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    process = start("validate", "pipe.yaml", cwd=tmp_path)
    with pytest.raises(subprocess.TimeoutExpired):
        process.communicate(timeout=1.5)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=3)
    assert process.returncode == 143


def test_the_library_reads_no_pipe(tmp_path):
    os.mkfifo(tmp_path / "p.yaml")
    assert [each.rule for each in read(tmp_path / "p.yaml").findings] == ["unreadable-file"]
