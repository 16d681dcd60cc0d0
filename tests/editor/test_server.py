"""The server as an editor runs it: a process, spoken to by pygls's client."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from contextlib import asynccontextmanager

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient

from sphinx_arco_parity.cli import main

from .conftest import MARKUPS, commit, write

#: Seconds that a slow machine may need.
LONG = 60


class Client:
    """One session, and what the server has pushed."""

    def __init__(self):
        self.lsp = LanguageClient("test", "1")
        self.found, self.said = {}, []
        self.news = asyncio.Event()

        @self.lsp.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params):
            self.found[params.uri] = sorted(d.code for d in params.diagnostics)
            self.news.set()

        @self.lsp.feature(types.WINDOW_SHOW_MESSAGE)
        def shown(params):
            self.said.append(params.message)
            self.news.set()

    async def until(self, holds):
        """Wait until *holds* is true of what was pushed."""
        async with asyncio.timeout(LONG):
            while not holds():
                self.news.clear()
                await self.news.wait()

    def open(self, path):
        item = types.TextDocumentItem(path.as_uri(), "markdown", 1, path.read_text())
        self.lsp.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def save(self, path):
        identifier = types.TextDocumentIdentifier(path.as_uri())
        self.lsp.text_document_did_save(types.DidSaveTextDocumentParams(identifier))

    def type(self, path, text):
        identifier = types.VersionedTextDocumentIdentifier(2, path.as_uri())
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.lsp.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [whole]))

    def codes(self, path):
        return self.found.get(path.as_uri())


@asynccontextmanager
async def session(cache, **environment):
    client = Client()
    words = [sys.executable, "-m", "sphinx_arco_parity", "lsp"]
    await client.lsp.start_io(
        *words, env={**os.environ, "XDG_CACHE_HOME": str(cache), **environment}
    )
    capabilities = types.ClientCapabilities()
    await client.lsp.initialize_async(types.InitializeParams(capabilities=capabilities))
    client.lsp.initialized(types.InitializedParams())
    try:
        yield client
    finally:
        await client.lsp.shutdown_async(None)
        client.lsp.exit(None)
        await client.lsp.stop()


@pytest.fixture
def root(tmp_path):
    """Two projects: with ``conf.py``, and without anything."""
    first = write(tmp_path / "first", MARKUPS["md"])
    commit(first)
    files = {name: text for name, text in MARKUPS["md"].items() if not name.endswith("conf.py")}
    second = write(tmp_path / "second", files)
    commit(second)
    return tmp_path


def test_a_session(root, tmp_path):
    async def run():
        async with session(tmp_path / "cache") as client:
            matrix = root / "first" / "docs" / "matrix.md"
            other = root / "second" / "docs" / "matrix.md"
            text = matrix.read_text()
            client.open(matrix)
            wrong = ["evidence-moved", "evidence-not-found", "row-without-exception"]
            await client.until(lambda: client.codes(matrix) == wrong)
            # Another project, without configuration, in the same session.
            client.open(other)
            await client.until(lambda: client.codes(other) is not None)
            assert "evidence-not-found" in client.codes(other)
            assert "row-without-exception" not in client.codes(other)
            # What is typed, and what is saved.
            client.type(matrix, text.replace("flwo", "flow"))
            await client.until(lambda: client.codes(matrix) == [wrong[0], wrong[2]])
            client.type(matrix, text)
            await client.until(lambda: client.codes(matrix) == wrong)
            # A request, and one that is refused.
            place = types.TextDocumentIdentifier((root / "first/docs/index.md").as_uri())
            at = types.Position(9, 17)
            hover = await client.lsp.text_document_hover_async(types.HoverParams(place, at))
            assert "EX-01 Web UI" in hover.contents.value
            with pytest.raises(JsonRpcException, match="is taken by another exception"):
                await client.lsp.text_document_rename_async(types.RenameParams(place, at, "EX-02"))
            # A change that the editor does not know of.
            code = root / "first" / "src" / "flow.py"
            code.write_text("def backfill(): ...\n")
            await client.until(lambda: "evidence-gone" in client.codes(matrix))
            # A file is removed under it.
            matrix.unlink()
            await client.until(lambda: client.codes(matrix) == [])

    asyncio.run(run())


def test_it_says_what_is_wrong_and_lives_on(root, tmp_path):
    async def run():
        async with session(tmp_path / "cache") as client:
            matrix, conf = (root / "first" / "docs" / name for name in ("matrix.md", "conf.py"))
            text = conf.read_text()
            conf.write_text("import nothing_of_that_name\n" + text)
            client.open(matrix)
            await client.until(lambda: client.said)
            assert "conf.py:1" in client.said[0]
            assert "nothing_of_that_name" in client.said[0]
            writer = client.lsp.protocol.writer
            for malformed in (b'{"jsonrpc": "2.0", "method": 7}', b"{", b"\xff"):
                writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(malformed), malformed))
            wrong = types.HoverParams(
                types.TextDocumentIdentifier("untitled:1"), types.Position(0, 0)
            )
            assert await client.lsp.text_document_hover_async(wrong) is None
            conf.write_text(text)
            client.save(conf)
            await client.until(lambda: client.codes(matrix))
            conf.write_text("raise SystemExit(7)\n" + text)
            client.save(conf)
            await client.until(lambda: "sys.exit()" in client.said[-1])

    asyncio.run(run())


def test_without_git_it_says_so(root, tmp_path):
    path = tmp_path / "bin"
    path.mkdir()

    async def run():
        async with session(tmp_path / "cache", PATH=str(path)) as client:
            matrix, conf = (root / "first" / "docs" / name for name in ("matrix.md", "conf.py"))
            client.open(matrix)
            await client.until(lambda: client.codes(conf))
            assert client.codes(conf) == ["unreadable-file"]

    asyncio.run(run())


def test_what_it_stands_on_is_asked_for(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "pygls.exceptions", None)
    for name in [name for name in sys.modules if name.startswith("sphinx_arco_parity.editor.")]:
        monkeypatch.delitem(sys.modules, name)
    assert main(["lsp"]) == 3
    said = capsys.readouterr().err
    assert "is not installed" in said
    assert 'pip install "sphinx-arco-parity[editor]"' in said


def test_it_ends_quietly_when_it_is_told_to(tmp_path):
    """As the protocol has it: 0 after a shutdown; nothing on standard error."""
    told = [
        ("initialize", {"processId": None, "rootUri": None, "capabilities": {}}),
        ("shutdown", None),
        ("exit", None),
    ]
    sent = b""
    for number, (method, params) in enumerate(told):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps(message if method == "exit" else {**message, "id": number}).encode()
        sent += b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
    command = [sys.executable, "-m", "sphinx_arco_parity", "lsp"]
    done = subprocess.run(
        command, input=sent, capture_output=True, cwd=tmp_path, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"capabilities"' in done.stdout
