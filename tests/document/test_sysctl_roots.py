"""Folders of sysctl files under a root: order, masks, links, and which assignment beats which."""

from __future__ import annotations

import pytest

from planner.document.bundle import Root
from planner.document.reader import read
from planner.document.sysctl_host import resolve, resolve_documents


@pytest.fixture
def root(tmp_path):
    """Return a function that writes a tree: texts are files, None masks, a leading arrow is a link."""

    def write(tree):
        for name, content in tree.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.symlink_to("/dev/null")
            elif content.startswith("-> "):
                path.symlink_to(content[3:])
            else:
                path.write_text(content)
        return tmp_path

    return write


def won(resolution, name="vm.swappiness"):
    assignment = resolution.assignment(name)
    return assignment and assignment.value.text


PROFILES = ("el7-boot", "el8-boot", "procps-system", "procps4-system")


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        pytest.param(
            {"etc/sysctl.d/10-a.conf": "vm.swappiness=1\n", "usr/lib/sysctl.d/50-b.conf": "vm.swappiness=2\n"},
            ["2", "2", "2", "2"],
            id="by-name-not-by-folder",
        ),
        pytest.param(
            {
                "etc/sysctl.conf": "vm.swappiness=1\n",
                "etc/sysctl.d/99-sysctl.conf": "-> ../sysctl.conf",
                "etc/sysctl.d/99-vos3000.conf": "vm.swappiness=2\n",
            },
            ["1", "2", "1", "1"],
            id="migration-from-7-to-8",
        ),
        pytest.param({"etc/sysctl.conf": "vm.swappiness=1\n"}, ["1", None, "1", "1"], id="no-link-in-sysctl.d"),
        pytest.param(
            {"etc/sysctl.d/a.conf": "vm.swappiness=1\n", "run/sysctl.d/a.conf": "vm.swappiness=2\n"},
            ["1", "1", "2", "1"],
            id="same-name-in-etc-and-run",
        ),
        pytest.param(
            {"etc/sysctl.d/50.conf": None, "usr/lib/sysctl.d/50.conf": "vm.swappiness=1\n"}, [None] * 4, id="masked"
        ),
        pytest.param({"etc/sysctl.d/a": "vm.swappiness=1\n", "etc/sysctl.d/b.conf~": "vm.swappiness=1\n"}, [None] * 4),
        pytest.param({"etc/sysctl.d/.a.conf": "vm.swappiness=1\n"}, [None, None, "1", "1"], id="hidden"),
        pytest.param({"lib": "-> usr/lib", "usr/lib/sysctl.d/a.conf": "vm.swappiness=1\n"}, ["1"] * 4, id="merged-usr"),
        pytest.param(
            {"opt/x.conf": "vm.swappiness=1\n", "etc/sysctl.d/a.conf": "-> /opt/x.conf"}, ["1"] * 4, id="absolute-link"
        ),
        pytest.param({"etc/sysctl.d/a.conf": "-> /etc/sysctl.d/a.conf"}, [None] * 4, id="endless-link"),
        pytest.param(
            {"etc/sysctl.d/B.conf": "vm.swappiness=1\n", "etc/sysctl.d/a.conf": "vm.swappiness=2\n"},
            ["2"] * 4,
            id="byte-order",
        ),
    ],
)
def test_the_value_in_force_depends_on_the_profile(root, tree, expected):
    top = root(tree)
    assert [won(resolve(top, profile)) for profile in PROFILES] == expected


@pytest.mark.parametrize(
    ("tree", "value"),
    [
        ({"etc/sysctl.conf": "vm.swappiness=1\n", "etc/sysctl.d/10.conf": "vm.swappiness=2\n"}, "2"),
        ({"etc/sysctl.d/10-any-name": "vm.swappiness=2\n"}, "2"),
        ({"etc/sysctl.d/10.conf.rpmsave": "vm.swappiness=2\n", "etc/sysctl.d/a~": "vm.swappiness=3\n"}, None),
        ({"usr/lib/sysctl.d/10.conf": "vm.swappiness=2\n", "run/sysctl.d/10.conf": "vm.swappiness=2\n"}, None),
    ],
)
def test_enterprise_linux_6_reads_the_main_file_first_and_names_of_any_ending(root, tree, value):
    assert won(resolve(root(tree), "el6-boot")) == value


def test_a_link_never_leaves_the_root(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "x.conf"
    outside.write_text("vm.swappiness=1\n")
    top = root({"etc/sysctl.d/a.conf": f"-> {outside}", "etc/sysctl.d/b.conf": "-> ../../../../../../" + str(outside)})
    resolution = resolve(top, "el7-boot")
    assert won(resolution) is None
    assert [passed.path for passed in resolution.ignored] == [str(top / f"etc/sysctl.d/{name}.conf") for name in "ab"]


def test_every_beaten_assignment_knows_what_beats_it(root):
    top = root(
        {
            "etc/sysctl.conf": "vm.swappiness=3\n",
            "etc/sysctl.d/10.conf": "vm.swappiness=1\nnet.core.rmem_max=5\nnet/core/rmem_max=6\n",
            "etc/sysctl.d/99-sysctl.conf": "-> ../sysctl.conf",
        }
    )
    resolution = resolve(top, "el7-boot")
    beaten = [(s.assignment.name, s.assignment.value.text, s.by.value.text) for s in resolution.shadowed]
    assert beaten == [("net.core.rmem_max", "5", "6"), ("vm.swappiness", "1", "3")]
    assert resolution.shadowed[1].by.key.span.path == str(top / "etc/sysctl.conf")


def test_what_is_not_read_is_said(root):
    top = root(
        {
            "etc/sysctl.conf": "vm.swappiness = 1\n",
            "etc/sysctl.d/README": "",
            "etc/sysctl.d/a.conf": None,
            "run/sysctl.d/a.conf": "",
        }
    )
    resolution = resolve(top, "el8-boot")
    assert resolution.masked == (str(top / "etc/sysctl.d/a.conf"),)
    assert {passed.path: passed.reason.split()[0] for passed in resolution.ignored} == {
        str(top / "etc/sysctl.d/README"): "only",
        str(top / "run/sysctl.d/a.conf"): str(top / "etc/sysctl.d/a.conf"),
        str(top / "etc/sysctl.conf"): "it",
    }


def test_named_files_are_read_in_the_order_given(root):
    top = root({"a.conf": "vm.swappiness=1\n", "b.conf": "vm.swappiness=2\n"})
    assert won(resolve_documents([read(top / "b.conf", "sysctl"), read(top / "a.conf", "sysctl")])) == "1"


def test_an_unreadable_file_is_a_finding_and_hides_no_other(root):
    top = root({"b.conf": "vm.swappiness=2\n"})
    resolution = resolve_documents([read(top / "none.conf", "sysctl"), read(top / "b.conf", "sysctl")])
    assert won(resolution) == "2"
    assert [found.rule for found in resolution.findings] == ["unreadable-file"]


def test_an_unknown_profile_is_a_key_error(tmp_path):
    with pytest.raises(KeyError):
        resolve(tmp_path, "el9")


def test_dots_never_climb_above_the_root(root):
    top = Root(root({"a/b": "x"}))
    assert str(top.real("/../../a/./b")) == "/a/b"
    assert top.names("/nowhere") == []
