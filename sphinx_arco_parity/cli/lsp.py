"""``arco-parity lsp``: the language server, over standard input and output."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module

from sphinx_arco_parity.cli.console import DONE, CannotRunError, Console

_NEEDED = frozenset({"lsprotocol", "pygls"})


def lsp(_arguments: Namespace, _console: Console) -> int:
    """Serve an editor until it ends; return the exit status.

    :raises CannotRunError: if what it stands on is not installed.
    """
    try:
        # By name: the editor's room is above this one.
        server = import_module("sphinx_arco_parity.editor.server")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _NEEDED:
            raise
        raise CannotRunError(
            f"{error.name} is not installed",
            help_text='run `pip install "sphinx-arco-parity[editor]"`',
        ) from error
    server.serve()
    return DONE
