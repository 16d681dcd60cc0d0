"""POSIX shell scripts as far as CI needs them: which commands would run, and how.

:mod:`.lexer` makes words, :mod:`.syntax` a tree of commands, :mod:`.interpreter` walks
it with the variables and folders that are known, :mod:`.wrappers` takes ``uv run`` and
kin off a command.  Nothing is ever run.  Called by :mod:`.workflows`.
"""

from __future__ import annotations

from sphinx_arco_parity.repository.shell.commands import ShellCommand, Word
from sphinx_arco_parity.repository.shell.interpreter import commands_of
from sphinx_arco_parity.repository.shell.lexer import ShellSyntaxError

__all__ = ["ShellCommand", "ShellSyntaxError", "Word", "commands_of"]
