"""The editor's side of the Language Server Protocol over a process's pipes."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class LanguageClient:
    """Frames messages, and reads them until the answer to a request has come."""

    def __init__(self, command: list[str], folder: Path) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, cwd=folder, **pipes)

    def write(self, message: dict) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def send(self, method: str, params: object, number: int | None = None) -> None:
        self.write({"method": method, "params": params} | ({"id": number} if number else {}))

    def receive(self) -> dict:
        length = 0
        while (line := self.process.stdout.readline().strip()) != b"":
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message = json.loads(self.process.stdout.read(length))
        self.told(message)
        return message

    def left(self) -> int:
        """End the server as an editor does, and return its exit code."""
        self.request("shutdown", None)
        self.send("exit", None)
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()
            self.process.communicate()

    def told(self, message: dict) -> None:
        """Take what the server says of its own accord."""
        raise NotImplementedError

    def request(self, method: str, params: object) -> object:
        self.send(method, params, 7)
        while True:
            message = self.receive()
            if message.get("id") == 7 and "method" not in message:
                assert "error" not in message, message
                return message.get("result")
