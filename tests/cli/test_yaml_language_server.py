"""yaml-language-server with the schema `plan init` names: it completes keys, tells range and default, marks values."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from language_client import LanguageClient

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / ".venv" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
TEXT = (
    "# yaml-language-server: $schema=deployment.schema.json\nsoftswitch:\n"
    "  SERVER_CDR_FILE_WRITE_INTERVAL: 30\n  SERVER_CDR_FILE_WRITE_MAX: 1024\n  SERVER_CDR_FILE\n"
)


class Client(LanguageClient):
    """The editor's side of the protocol."""

    def __init__(self, folder: Path, node: str) -> None:
        super().__init__([node, str(SERVER), "--stdio"], folder)
        self.diagnostics: list[dict] = []
        hover = {"hover": {"contentFormat": ["markdown"]}, "publishDiagnostics": {}}
        self.request("initialize", {"processId": None, "rootUri": None, "capabilities": {"textDocument": hover}})
        self.send("initialized", {})

    def told(self, message: dict) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            asked = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
            self.write({"id": message["id"], "result": [{} for _ in asked]})


@pytest.fixture
def client(tmp_path, require):
    node = require("node")
    if not SERVER.exists():
        pytest.skip("yaml-language-server is not installed; install it with: make editors")
    schema = [sys.executable, "-m", "planner", "schema", "deployment", "--bundle", "-o", "deployment.schema.json"]
    subprocess.run(schema, cwd=tmp_path, check=True)
    found = Client(tmp_path, node)
    uri = (tmp_path / "site.yaml").as_uri()
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": TEXT}
    found.send("textDocument/didOpen", {"textDocument": document})
    yield found, uri
    assert found.left() == 0


def test_keys_are_completed_from_the_schema(client):
    editor, uri = client
    at = {"textDocument": {"uri": uri}, "position": {"line": 4, "character": 17}}
    found = editor.request("textDocument/completion", at)
    items = found["items"] if isinstance(found, dict) else found
    assert "SS_CDR_FILE_WRITE_MAX" in {each["label"] for each in items}


def test_hover_tells_what_a_parameter_is(client):
    editor, uri = client
    at = {"textDocument": {"uri": uri}, "position": {"line": 3, "character": 8}}
    contents = editor.request("textDocument/hover", at)["contents"]
    shown = contents["value"] if isinstance(contents, dict) else str(contents)
    assert "4096" in shown
    assert "Default: 2048" in shown
    assert "Source: " in shown


def test_a_wrong_value_is_marked_on_its_line(client):
    editor, _ = client
    while not editor.diagnostics:
        editor.receive()
    assert 2 in {each["range"]["start"]["line"] for each in editor.diagnostics}
