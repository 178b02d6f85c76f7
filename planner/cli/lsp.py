"""`plan lsp`: a language server over standard input and output; it says what `plan validate` says, as one types."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import pathname2url

from planner.cli.commands import Exit
from planner.cli.console import application, fail

if TYPE_CHECKING:
    from planner.finding import Finding, Span, Validation
    from planner.rules.project import Project

app = application()
_SEVERITIES = {"error": 1, "warning": 2, "info": 3}


@app.command(epilog="Example: plan lsp    (an editor starts it; see docs/how-to/editor.md)")
def lsp() -> None:
    """Serve findings and fixes to an editor.

    For deployment files, sysctl.conf and my.cnf: the findings of plan validate, those that two files cause together
    among them, and its corrections.
    """
    try:
        server = _server()
    except ImportError:
        fail("the language server needs pygls: install the extra, as in pip install '.[lsp]'", Exit.USAGE)
    server.start_io()


def _server() -> Any:
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer

    from planner.version import __version__

    _one_line_each()
    server = LanguageServer("plan", __version__)
    session = Session(server)
    handlers = {
        types.TEXT_DOCUMENT_DID_OPEN: session.changed,
        types.TEXT_DOCUMENT_DID_CHANGE: session.changed,
        types.TEXT_DOCUMENT_DID_SAVE: session.changed,
        types.TEXT_DOCUMENT_DID_CLOSE: session.closed,
        types.TEXT_DOCUMENT_CODE_ACTION: session.actions,
        types.TEXT_DOCUMENT_HOVER: session.hover,
    }
    for event, method in handlers.items():
        # pygls writes on what it is given, which a method does not allow.
        server.feature(event)(lambda params, method=method: method(params))
    return server


def _one_line_each() -> None:
    """Let what the protocol's library has to say of a message take one line, and its trace where that is asked for."""
    import logging

    from planner.cli.console import note
    from planner.cli.ending import trace

    class Told(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            error = record.exc_info[1] if record.exc_info else None
            note(f"plan lsp: {record.getMessage()}{f': {error}' if error else ''}".partition("\n")[0])
            if error is not None:
                trace(error)

    logging.getLogger("pygls").handlers = [Told(logging.WARNING)]
    logging.getLogger("pygls").propagate = False


class Session:
    """What an editor holds open, and what was said of each file."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._said: dict[str, list[Finding]] = {}
        self._texts: dict[str, str] = {}
        self._told_of: dict[str, set[str]] = {}

    def changed(self, params: Any) -> None:
        """Check a file that was opened, changed or saved, and say what is wrong with all that is read with it."""
        uri = params.text_document.uri
        if uri in self._server.workspace.text_documents:  # another would be read from the disk, whatever it is
            self._hold(uri)
            self._check(uri)

    def closed(self, params: Any) -> None:
        """Forget a file's unsaved text, and take back what was said because of it."""
        from planner.document.reader import unsaved
        from planner.files import real

        uri = params.text_document.uri
        unsaved.pop(real(path_of(uri)), None)
        for told in self._told_of.pop(uri, set()):
            if not any(told in others for others in self._told_of.values()):
                self._publish(told, [])

    def actions(self, params: Any) -> list[Any]:
        """Return the corrections of the findings in a range."""
        from lsprotocol import types

        uri, lines = params.text_document.uri, range(params.range.start.line, params.range.end.line + 1)
        found = [each for each in self._said.get(uri, ()) if each.fix and each.span.line - 1 in lines]
        return [
            types.CodeAction(
                title=each.help or f"Correct {each.rule}",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[self._diagnostic(each)],
                edit=types.WorkspaceEdit(changes={uri: [self._edit(each)]}),
                is_preferred=True,
            )
            for each in found
        ]

    def hover(self, params: Any) -> Any:
        """Return what is known of the name under the cursor."""
        from lsprotocol import types

        from planner.catalogue.parameter import parameter
        from planner.catalogue.reference import text_table

        document = self._server.workspace.text_documents.get(params.text_document.uri)
        if document is None:
            return None
        line = document.lines[params.position.line] if params.position.line < len(document.lines) else ""
        name = line.split("=")[0].split(":")[0].strip(" \t-\"'\r\n").replace("/", ".")
        known = [parameter(f"{section}.{name}") for section in ("sysctl", "softswitch", "mysql")]
        listed = [each for each in known if each is not None] if name else []
        if not listed:
            return None
        text = f"```\n{text_table(listed[:1])}```"
        return types.Hover(contents=types.MarkupContent(kind=types.MarkupKind.Markdown, value=text))

    def _hold(self, uri: str) -> None:
        from planner.document.reader import unsaved
        from planner.files import real

        unsaved[real(path_of(uri))] = self._server.workspace.get_text_document(uri).source.encode()

    def _check(self, uri: str) -> None:
        validation = validated(path_of(uri))
        by_uri: dict[str, list[Finding]] = {uri_of(path): [] for path in validation.files}
        for each in validation.active:
            by_uri.setdefault(uri_of(each.span.path), []).append(each)
        self._texts |= {uri_of(path): text for path, text in validation.sources.items()}
        for gone in self._told_of.get(uri, set()) - set(by_uri):
            self._publish(gone, [])
        self._told_of[uri] = set(by_uri)
        for each_uri, findings in by_uri.items():
            self._publish(each_uri, findings)

    def _publish(self, uri: str, findings: list[Finding]) -> None:
        from lsprotocol import types

        self._said[uri] = findings
        diagnostics = [self._diagnostic(each) for each in findings]
        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics))

    def _diagnostic(self, finding: Finding) -> Any:
        from lsprotocol import types

        related = [
            types.DiagnosticRelatedInformation(
                types.Location(uri_of(each.span.path), self._range(each.span)), each.message
            )
            for each in finding.related
        ]
        return types.Diagnostic(
            range=self._range(finding.span),
            severity=types.DiagnosticSeverity(_SEVERITIES[finding.severity.value]),
            code=finding.rule,
            source="plan",
            message=f"{finding.message}\n{finding.help}" if finding.help else finding.message,
            related_information=related,
        )

    def _edit(self, finding: Finding) -> Any:
        from lsprotocol import types

        assert finding.fix is not None  # noqa: S101  chosen for it
        return types.TextEdit(self._range(finding.fix.span), finding.fix.replacement)

    def _range(self, span: Span) -> Any:
        from lsprotocol import types

        lines = self._texts.get(uri_of(span.path), "").split("\n")
        return types.Range(_position(lines, span.line, span.column), _position(lines, span.end_line, span.end_column))


def _position(lines: list[str], line: int, column: int) -> Any:
    """Return a place as editors count: from 0, in UTF-16 units."""
    from lsprotocol import types

    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    return types.Position(line - 1, len(before.encode("utf-16-le", "surrogatepass")) // 2)


def validated(path: str) -> Validation:
    """Return what `plan validate` says of a file and the deployments that name it, the project file respected."""
    from planner.cli.validating import Choices, policy_of
    from planner.rules.discovery import Target, load, referred, with_deployments
    from planner.rules.project import ProjectError, find
    from planner.rules.validation import examine, gather

    try:
        project: Project | None = find([path])
    except ProjectError:
        project = None
    folder = project.folder if project else ""
    chosen, _ = with_deployments([Target("file", path, named=False)], folder)
    policy = policy_of(Choices((), (), (), "", project.min_severity if project else "", ""), project)
    loaded = [each for target in chosen if (each := load(target)) is not None]
    others = referred(each.files for each in loaded)
    kept = [each for each in loaded if len(each.files) != 1 or os.path.realpath(each.files[0]) not in others]
    return gather([examine(each, policy) for each in kept], None, folder)


def path_of(uri: str) -> str:
    """Return the path a file's URI names."""
    return unquote(urlsplit(uri).path)


def uri_of(path: str) -> str:
    """Return the URI of a path."""
    return "file://" + pathname2url(os.path.abspath(path))  # noqa: PTH100  links stay, as the editor has them
