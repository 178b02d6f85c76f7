"""Includes are followed as MariaDB's own reader follows them, and stay below their root."""

from __future__ import annotations

import os
import subprocess

import pytest

from planner.document.options_host import read_option_files
from planner.document.text import byte_text


@pytest.fixture
def tree(open_folder):
    """Return a function that writes files and gives the folder; `{}` in a text stands for the folder."""

    def write(files):
        for name, text in files.items():
            path = open_folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("{}", str(open_folder)))
            path.chmod(0o644)
        return open_folder

    return write


TREES = {
    "file": {"my.cnf": "[mysqld]\na=1\n!include {}/b.cnf\nc=3\n", "b.cnf": "[mysqld]\nb=2\na=9\n"},
    "folder": {
        "my.cnf": "[mysqld]\na=1\n!includedir {}/d\nc=3\n",
        "d/b.cnf": "[mysqld]\nb=1\n",
        "d/a.cnf": "[mysqld]\nb=2\n",
        "d/Z.cnf": "[mysqld]\nb=3\n",
        "d/x.conf": "[mysqld]\nno=1\n",
        "d/y.cnf.bak": "[mysqld]\nno=2\n",
        "d/two.dots.cnf": "[mysqld]\nno=3\n",
        "d/.hidden.cnf": "[mysqld]\nno=4\n",
        "d/.cnf": "[mysqld]\ndot=1\n",
        "d/inner/c.cnf": "[mysqld]\nno=5\n",
    },
    "group-ends-with-the-file": {"my.cnf": "[mysqld]\n!include {}/b.cnf\nc=3\n", "b.cnf": "[client]\nb=2\n"},
    "no-group-in-the-include": {"my.cnf": "[mysqld]\na=1\n!include {}/b.cnf\nc=3\n", "b.cnf": "b=2\n"},
    "error-in-the-include": {"my.cnf": "[mysqld]\na=1\n!include {}/b.cnf\nc=3\n", "b.cnf": "[mysqld]\nb=2\n[x\nd=4\n"},
    "missing": {"my.cnf": "[mysqld]\na=1\n!include {}/none.cnf\nc=3\n"},
    "missing-folder": {"my.cnf": "[mysqld]\na=1\n!includedir {}/none\nc=3\n"},
    "missing-folder-inside": {
        "my.cnf": "[mysqld]\na=1\n!include {}/b.cnf\nc=3\n",
        "b.cnf": "!includedir {}/none\n[mysqld]\nb=2\n",
    },
    "itself": {"my.cnf": "[mysqld]\na=1\n!include {}/my.cnf\nb=2\n"},
    "in-a-circle": {"my.cnf": "[mysqld]\na=1\n!include {}/b.cnf\n", "b.cnf": "[mysqld]\na=2\n!include {}/my.cnf\n"},
    "no-line-feed": {
        "my.cnf": "[mysqld]\na=1\n!include {}/b.cnf",
        "b.cnf": "[mysqld]\nb=2\n",
        "b.cn": "[mysqld]\nb=3\n",
    },
    "blanks": {
        "my.cnf": "[mysqld]\n  !  include\t {}/b.cnf \t\n!includedir {}/d/\n",
        "b.cnf": "[mysqld]\nb=2\n",
        "d/a.cnf": "[server]\nz=1",
    },
    "before-any-group": {"my.cnf": "!include {}/b.cnf\n[mysqld]\na=1\n", "b.cnf": "[mysqld]\nb=2\n"},
    "quotes-and-comments": {
        "my.cnf": '[mysqld]\n!include "{}/b.cnf"\n!include {}/b.cnf # c\n!include {}/b.cnf\n',
        "b.cnf": "[mysqld]\nb=2\n",
    },
    "eleven-deep": {
        f"{n}.cnf" if n else "my.cnf": f"[mysqld]\no{n}=1\n!include {{}}/{n + 1}.cnf\np{n}=1\n" for n in range(13)
    },
    "empty-folder": {"my.cnf": "[mysqld]\na=1\n!includedir {}/d\n", "d/x": ""},
    "folder-as-file": {"my.cnf": "[mysqld]\na=1\n!include {}/d\nb=1\n", "d/x": ""},
}


def real(program, main):
    user = "nobody" if os.geteuid() == 0 else None
    done = subprocess.run(
        [program, f"--defaults-file={main}", "mysqld", "server"], capture_output=True, check=False, user=user, cwd="/"
    )
    return None if done.returncode else byte_text(done.stdout).splitlines()


def ours(main):
    files = read_option_files(main, "/")
    if any(found.rule == "missing-include-folder" and found.span.path == str(main) for found in files.findings):
        return None
    return [f"--{o.entry.key.text}={o.value}" for o in files.options if o.group in ("mysqld", "server")]


@pytest.mark.parametrize("name", TREES)
def test_includes_give_what_the_real_reader_gets(require, tree, name):
    main = tree(TREES[name]) / "my.cnf"
    assert ours(main) == real(require("my_print_defaults"), main)


def test_absolute_includes_are_looked_up_below_the_root(tree):
    root = tree(
        {
            "etc/my.cnf": "[mysqld]\na=1\n!includedir /etc/my.cnf.d\n!include relative.cnf\n",
            "etc/my.cnf.d/b.cnf": "[mysqld]\nb=2\n",
            "relative.cnf": "[mysqld]\nc=3\n",
        }
    )
    files = read_option_files(root / "etc/my.cnf", root)
    assert [(option.name, option.value) for option in files.options] == [("a", "1"), ("b", "2"), ("c", "3")]
    assert [document.path for document in files.documents] == [
        str(root / name) for name in ("etc/my.cnf", "etc/my.cnf.d/b.cnf", "relative.cnf")
    ]
    assert files.options[1].span.path == str(root / "etc/my.cnf.d/b.cnf")


def test_nothing_outside_the_root_is_read(tree, tmp_path):
    outside = tmp_path / "secret.cnf"
    outside.write_text("[mysqld]\nsecret=1\n")
    climbing = f"../../../../..{outside}"
    text = f"[mysqld]\n!include {climbing}\n!include /link.cnf\n!include {outside}\na=1\n"
    root = tree({"my.cnf": text})
    (root / "link.cnf").symlink_to(outside)
    files = read_option_files(root / "my.cnf", root)
    assert [option.name for option in files.options] == ["a"]
    assert [(found.rule, found.span.line) for found in files.findings] == [("missing-include", n) for n in (2, 3, 4)]


def test_without_a_root_includes_are_only_mentioned(tree):
    root = tree({"my.cnf": "[mysqld]\na=1\n!includedir /etc/mysql\nb=2\n"})
    files = read_option_files(root / "my.cnf")
    assert [option.name for option in files.options] == ["a", "b"]
    assert [(found.rule, found.severity) for found in files.findings] == [("include-not-followed", "info")]


def test_a_circle_is_reported_once_with_its_place(tree):
    root = tree({"my.cnf": "[mysqld]\na=1\n!include /my.cnf\n"})
    found = read_option_files(root / "my.cnf", root).findings
    assert {(one.rule, one.span.line, one.span.column) for one in found} == {("missing-include", 3, 10)}


def test_a_file_that_multiplies_is_cut_off(tree):
    root = tree({"my.cnf": "[mysqld]\n" + "!include /my.cnf\n" * 9})
    files = read_option_files(root / "my.cnf", root)
    assert files.options == ()
    assert files.findings


def test_a_main_file_that_is_missing_is_a_finding(tmp_path):
    files = read_option_files(tmp_path / "none.cnf", tmp_path)
    assert [found.rule for found in files.findings] == ["unreadable-file"]
    assert files.documents[0].root is None


def test_every_file_of_a_large_folder_counts(tree):
    files = {f"d/{number:04}.cnf": f"[mysqld]\nmax_connections={number}\n" for number in range(1200)}
    folder = tree({"my.cnf": "[mysqld]\n!includedir {}/d\n", **files})
    read = read_option_files(folder / "my.cnf", "/")
    assert [option.value for option in read.options] == [str(number) for number in range(1200)]
    assert read.findings == ()


def test_a_folder_whose_files_include_it_is_read_up_to_a_bound(tree):
    text = "[mysqld]\n" + "a=1\n" * 1000 + "!includedir {}/d\n"
    folder = tree({f"d/{number:02}.cnf": text for number in range(30)})
    read = read_option_files(folder / "d/00.cnf", "/")
    assert 90_000 < len(read.options) < 110_000
    assert {"too-many-values", "missing-include"} == {finding.rule for finding in read.findings}
