"""`plan lsp` over its pipes, as an editor speaks: the findings of `plan validate`, across files, and fixes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from language_client import LanguageClient

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pygls", reason="pygls is not installed; install it with: pip install pygls")

pytestmark = pytest.mark.usefixtures("watched")
SITE = "softswitch:\n  SS_CDR_RECORD_NONCONNECT: enabled\n  SERVER_CDR_FILE_WRITE_INTERVAL: 30\n"


class Editor(LanguageClient):
    """The client's side of the protocol."""

    def __init__(self, folder: Path) -> None:
        super().__init__([sys.executable, "-m", "planner", "lsp"], folder)
        self.folder = folder
        self.said: dict[str, list[dict]] = {}
        self.request("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.send("initialized", {})

    def told(self, message: dict) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            name = message["params"]["uri"].rpartition("/")[2]
            self.said[name] = message["params"]["diagnostics"]

    def open(self, name: str, text: str) -> None:
        document = {"uri": (self.folder / name).as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})
        self.settle()

    def change(self, name: str, text: str) -> None:
        document = {"uri": (self.folder / name).as_uri(), "version": 2}
        self.send("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        self.settle()

    def settle(self) -> None:
        """Wait until what was sent is answered."""
        at = {"line": 0, "character": 0}
        self.request("textDocument/hover", {"textDocument": {"uri": (self.folder / "x").as_uri()}, "position": at})

    def codes(self, name: str) -> list[tuple[str, int]]:
        return [(each["code"], each["range"]["start"]["line"] + 1) for each in self.said.get(name, [])]


@pytest.fixture
def editor(tmp_path):
    (tmp_path / "x").write_text("")
    found = Editor(tmp_path)
    yield found
    assert found.left() == 0


def validated(folder: Path, *names: str) -> list[tuple[str, int]]:
    command = [sys.executable, "-m", "planner", "validate", *names, "--format", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return [(each["rule"], each["line"]) for each in json.loads(done.stdout)["findings"]]


@pytest.mark.parametrize(
    ("name", "text", "expected", "word"),
    [
        ("site.yaml", SITE, ("out-of-range", 3), (2, 5, "60-86400")),
        ("my.cnf", "[mysqld]\nmax_connections = -5\nmax_conections = 9\n", ("out-of-range", 2), (1, 3, "1-100000")),
        (
            "sysctl.conf",
            "# mine\nnet.ipv4.udp_mem = 3 2 1\nvm.swapiness = 1\n",
            ("vector-unordered", 2),
            (1, 6, "pages"),
        ),
    ],
    ids=["deployment", "my.cnf", "sysctl.conf"],
)
def test_it_says_what_validate_says(editor, name, text, expected, word):
    tmp_path = editor.folder
    (tmp_path / name).write_text(text)
    editor.open(name, text)
    assert sorted(editor.codes(name)) == sorted(validated(tmp_path, name))
    assert expected in editor.codes(name)
    line, character, said = word
    at = {"textDocument": {"uri": (tmp_path / name).as_uri()}, "position": {"line": line, "character": character}}
    assert said in editor.request("textDocument/hover", at)["contents"]["value"]


def test_it_follows_what_is_typed(editor):
    editor.open("site.yaml", SITE)
    editor.change("site.yaml", SITE.replace("30", "1800"))
    assert "out-of-range" not in dict(editor.codes("site.yaml"))
    editor.change("site.yaml", "traffic: {cps: [")
    assert "syntax-error" in dict(editor.codes("site.yaml"))


def test_findings_of_two_files_together_follow_either(editor, tmp_path):
    deployment = "traffic: {cps: 2000, codecs: g729}\nserver: {media: with}\nsysctl: {file: sysctl.conf}\n"
    (tmp_path / "deployment.yaml").write_text(deployment)
    (tmp_path / "sysctl.conf").write_text("net.netfilter.nf_conntrack_max = 10000000\n")
    small = "# mine\nnet.netfilter.nf_conntrack_max = 1000\n"
    editor.open("sysctl.conf", small)
    assert ("connection-tracking-below-need", 2) in editor.codes("sysctl.conf")
    editor.open("deployment.yaml", deployment.replace("2000", "1"))
    assert "connection-tracking-below-need" not in dict(editor.codes("sysctl.conf"))


def test_a_fix_is_the_one_of_validate(editor, tmp_path):
    editor.open("site.yaml", SITE)
    uri = (tmp_path / "site.yaml").as_uri()
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    asked = {"textDocument": {"uri": uri}, "range": whole, "context": {"diagnostics": []}}
    actions = editor.request("textDocument/codeAction", asked)
    edits = [edit for action in actions for edit in action["edit"]["changes"][uri]]
    assert [each["newText"] for each in edits] == ["On"]
    assert edits[0]["range"]["start"] == {"line": 1, "character": 28}


def test_columns_are_counted_in_utf_16(editor):
    editor.open("site.yaml", 'site: {name: "\U0001f600", custmer: x}\n')
    (found,) = editor.said["site.yaml"]
    assert found["range"]["start"]["character"] == len('site: {name: "xx", ')


def test_a_closed_file_takes_back_what_was_said(editor, tmp_path):
    editor.open("site.yaml", SITE)
    editor.send("textDocument/didClose", {"textDocument": {"uri": (tmp_path / "site.yaml").as_uri()}})
    editor.settle()
    assert editor.said["site.yaml"] == []
