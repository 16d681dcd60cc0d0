"""The language server over standard input and output; ``arco-parity lsp`` starts it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from sphinx_arco_parity import __version__
from sphinx_arco_parity.cli.find_docs import found_from
from sphinx_arco_parity.editor.project import CHECK, Answer, Failed, Project, Question
from sphinx_arco_parity.editor.worker import ANSWERS

#: Seconds without a key before what is typed is checked, and only where that is quick.
_PAUSE, _QUICK = 0.3, 1.0
#: Seconds between two looks at what has changed outside the editor.
_LOOK = 2.0
_REQUEST_FAILED = -32803

_OPTIONS: dict[str, Any] = {
    types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(
        trigger_characters=["`", "/", "(", ":", "|", "-"]
    ),
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(
        code_action_kinds=[types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]
    ),
    types.TEXT_DOCUMENT_RENAME: types.RenameOptions(prepare_provider=True),
}


class Server(LanguageServer):
    """Asks a worker for each project that has an open file."""

    def __init__(self) -> None:
        super().__init__("arco-parity", __version__)
        self.projects: dict[Path, Project] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._typing: asyncio.Task[None] | None = None

    # --- files ------------------------------------------------------------------------

    def project_of(self, uri: str) -> Project | None:
        """Return the project of a file: that of the nearest configuration upwards."""
        path = _path(uri)
        if path is None:
            return None
        docs = found_from(path.parent)
        if docs not in self.projects:
            self.projects[docs] = Project(docs)
        return self.projects[docs]

    def _open(self) -> dict[str, str]:
        """Return the absolute path of each open file, with its address."""
        found = {uri: _path(uri) for uri in self.workspace.text_documents}
        return {str(path): uri for uri, path in found.items() if path is not None}

    def _unsaved(self) -> dict[str, str]:
        texts = {}
        for path, uri in self._open().items():
            text = self.workspace.text_documents[uri].source.replace("\r\n", "\n")
            with suppress(OSError):
                saved = Path(path).read_bytes().decode("utf-8-sig", "replace")
                if saved.replace("\r\n", "\n") != text:
                    texts[path] = text
        return texts

    # --- questions --------------------------------------------------------------------

    async def told(self, method: str, params: Any) -> Any:
        """Return the answer to a request about a place in a file.

        :raises JsonRpcException: if it is refused, with the reason.
        """
        uri = params.text_document.uri
        project = self.project_of(uri)
        if project is None:
            return None
        text = ""
        with suppress(OSError, UnicodeDecodeError):
            text = self.workspace.get_text_document(uri).source
        answer = await project.ask(self._question(method, str(_path(uri)), text, params))
        if isinstance(answer, Failed):
            return None
        if answer.refused:
            raise JsonRpcException(answer.refused, _REQUEST_FAILED)
        return answer.value

    def _question(
        self, method: str, path: str = "", text: str = "", params: Any = None
    ) -> Question:
        return Question(
            method=method,
            encoding=str(self.workspace.position_encoding or "utf-16"),
            unsaved=self._unsaved(),
            path=path,
            text=text,
            params=params,
        )

    async def check(self, project: Project) -> None:
        """Publish what is found in *project* now, unless that is about to be done."""
        if project.waiting:
            return
        project.waiting = True
        await asyncio.sleep(0)  # of several notices of one change, the first waits for the rest
        project.waiting = False
        answer = await project.ask(self._question(CHECK))
        if isinstance(answer, Answer):
            project.complaint = ""
            if not answer.same:
                project.found = answer.value or {}
            self._publish(project)
        elif not answer.nothing:
            self._complain(project, answer)

    async def check_all(self, uri: str = "") -> None:
        """Check the project of the file at *uri*, and all others that are open."""
        own = self.project_of(uri) if uri else None
        for project in [*filter(None, [own]), *self.projects.values()]:
            if project is own or project.may_have_changed:
                await self.check(project)

    def _publish(self, project: Project) -> None:
        addresses, found = self._open(), project.found
        own = {path for path, uri in addresses.items() if self.project_of(uri) is project}
        for path in sorted({*found, *project.published, *own}):
            diagnostics = found.get(path, [])
            if project.published.get(path) != diagnostics:
                uri = addresses.get(path) or Path(path).as_uri()
                self.text_document_publish_diagnostics(
                    types.PublishDiagnosticsParams(uri, diagnostics)
                )
        project.published = {**{path: [] for path in own}, **found}

    def _complain(self, project: Project, failed: Failed) -> None:
        said = f"{failed.message} ({failed.help_text})" if failed.help_text else failed.message
        if said != project.complaint:
            project.complaint = said
            message = types.ShowMessageParams(types.MessageType.Error, f"arco-parity: {said}")
            self.window_show_message(message)

    # --- what happens -------------------------------------------------------------------

    def begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Have *work* done beside what the editor asks."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def typed(self, uri: str) -> None:
        """Check what is typed once there is a pause, where that is quick."""
        if self._typing is not None:
            self._typing.cancel()
        self._typing = self.begin(self._after_pause(uri))

    async def _after_pause(self, uri: str) -> None:
        await asyncio.sleep(_PAUSE)
        project = self.project_of(uri)
        if project is not None and project.took < _QUICK:
            self.begin(self.check(project))

    async def look(self) -> None:
        """Look for what changes outside the editor, as long as the server runs."""
        while True:
            await asyncio.sleep(_LOOK)
            if self._open():
                await self.check_all()

    def close(self) -> None:
        """End all workers."""
        for project in self.projects.values():
            project.close()
        self.projects.clear()


def _path(uri: str) -> Path | None:
    name = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(name).resolve() if name else None


def make_server() -> Server:
    """Return the server with its handlers."""
    server = Server()
    for method in ANSWERS:
        server.feature(method, _OPTIONS.get(method))(_answering(server, method))

    @server.feature(types.INITIALIZED)
    def initialized(_params: types.InitializedParams) -> None:
        server.begin(server.look())

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def touched(params: Any) -> None:
        await server.check_all(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def changed(_params: types.DidChangeWatchedFilesParams) -> None:
        await server.check_all()

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def typed(params: types.DidChangeTextDocumentParams) -> None:
        server.typed(params.text_document.uri)

    return server


def _answering(server: Server, method: str) -> Callable[[Any], Awaitable[Any]]:
    async def answering(params: Any) -> Any:
        return await server.told(method, params)

    return answering


def serve() -> None:
    """Serve the editor until it has enough."""
    server = make_server()
    try:
        server.start_io()
    finally:
        server.close()
