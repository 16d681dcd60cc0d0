"""Sessions of nox whose commands are literals.

Called by :func:`.recipe_of`.  Source of the rules: "Configuration & API" and "Command-line usage" of
nox (2025.5).
"""

from __future__ import annotations

import ast
import posixpath
import re
import shlex
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.python_text import parse_python
from sphinx_arco_parity.repository.recipes.recipe import (
    Line,
    Recipe,
    UnreadableRecipeError,
    below,
    known,
    parted,
    refuse_if,
)
from sphinx_arco_parity.text.words import word_set

_FLAGS = word_set("""
    -r --reuse-existing-virtualenvs -R -x --stop-on-first-error -v --verbose --non-interactive
    --error-on-missing-interpreters --no-error-on-missing-interpreters --no-venv
    --error-on-external-run --forcecolor
    """)
_VALUES = word_set("-db --default-venv-backend --reuse-venv --envdir")
#: Options of the file that do not decide which sessions run.
_HARMLESS = word_set("""
    reuse_existing_virtualenvs reuse_venv error_on_missing_interpreters stop_on_first_error
    default_venv_backend error_on_external_run needs_version allow_parallel
    """)
_RUNS = word_set("run run_install run_always")
#: What of a session may change what the lines after it do.
_DECIDES = _RUNS | word_set("notify chdir cd skip error env")

#: What follows a session's name: its Python and its parameters.
_VERSION = re.compile(r"(?:-(?:pypy|python)?\d[\d.]*t?)?(?:\([^()]*\))?\Z")


@dataclass(frozen=True, slots=True)
class _Session:
    function: ast.FunctionDef
    default: bool
    tags: tuple[str, ...]


def nox(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``nox`` with *words* runs in *directory*."""
    named, tags, posargs, path = _asked(words)
    path = below(directory, path)
    refuse_if(not repository.is_file(path))
    folder = posixpath.dirname(path)
    file = _Noxfile(known(parse_python(repository.read(path).text)), folder)
    names = named or (file.tagged(tags) if tags else file.listed())
    refuse_if(not names)
    lines = [line for name in names for line in file.lines(name, posargs)]
    return Recipe(path=path, directory=folder, lines=tuple(dict.fromkeys(lines)))


def _asked(words: list[str]) -> tuple[list[str], list[str], list[str], str]:
    """Return the sessions and tags that are asked for, what follows ``--``, and the file."""
    own, posargs = parted(words)
    named: list[str] = []
    tags: list[str] = []
    taking: list[str] | None = None
    path = "noxfile.py"
    pending = deque(own)
    while pending:
        word = pending.popleft()
        if word in {"-s", "-e", "--session", "--sessions"}:
            taking = named
        elif word in {"-t", "--tags"}:
            taking = tags
        elif word in {"-f", "--noxfile"} and pending:
            path = pending.popleft()
        elif word in _VALUES and pending:
            pending.popleft()
        elif taking is not None and not word.startswith("-"):
            taking.append(word)
        elif word not in _FLAGS:
            raise UnreadableRecipeError(word)
    return named, tags, posargs, path


class _Noxfile:
    def __init__(self, tree: ast.Module, folder: str) -> None:
        self._folder = folder
        self._constants: dict[str, ast.expr] = {}
        self._sessions: dict[str, _Session] = {}
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef):
                self._declare(statement)
            elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
                self._constants[ast.unparse(statement.targets[0])] = statement.value
        top = {name.partition("nox.options.")[2] for name in self._constants} - {""}
        inner = list(ast.walk(tree))
        stored = Counter(
            ast.unparse(n) for n in inner if isinstance(getattr(n, "ctx", None), ast.Store)
        )
        self._constants = {n: value for n, value in self._constants.items() if stored[n] == 1}
        options = Counter(
            n.attr
            for n in inner
            if isinstance(n, ast.Attribute) and ast.unparse(n.value) == "nox.options"
        )
        others = sum(isinstance(n, ast.Attribute) and n.attr == "options" for n in inner)
        decides = options.keys() - _HARMLESS  # `sessions` alone, once and without a condition
        sure = decides <= {"sessions"} & top and options["sessions"] < 2
        refuse_if(others != options.total() or not sure)

    def _declare(self, function: ast.FunctionDef) -> None:
        for decorator in function.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if ast.unparse(called) not in {"nox.session", "session"}:
                continue
            given = {k.arg: k.value for k in decorator.keywords} if isinstance(decorator, ast.Call) else {}  # fmt: skip
            name = ast.literal_eval(given.get("name", ast.Constant(function.name)))
            default = ast.literal_eval(given.get("default", ast.Constant(value=True)))
            tags = ast.literal_eval(given.get("tags", ast.Tuple([])))
            self._sessions[str(name)] = _Session(function, bool(default), tuple(map(str, tags)))

    def listed(self) -> list[str]:
        """Return the sessions that run where none is asked for."""
        chosen = self._constants.get("nox.options.sessions")
        if chosen is None:
            return [name for name, session in self._sessions.items() if session.default]
        return [str(name) for name in ast.literal_eval(chosen)]

    def tagged(self, tags: list[str]) -> list[str]:
        """Return the sessions that have one of *tags*."""
        return [name for name, own in self._sessions.items() if set(tags) & set(own.tags)]

    def lines(self, name: str, posargs: list[str], depth: int = 0) -> Iterator[Line]:
        """Yield what the session *name* runs."""
        short = _VERSION.sub("", name)
        session = known(self._sessions.get(name) or self._sessions.get(short))
        refuse_if(depth > 4)
        own = session.function.args.args[0].arg if session.function.args.args else ""
        folder = self._folder
        for statement in session.function.body:
            call = statement.value if isinstance(statement, ast.Expr) else None
            method = ast.unparse(call.func).removeprefix(f"{own}.") if isinstance(call, ast.Call) else ""  # fmt: skip
            if isinstance(call, ast.Call) and method in _RUNS:
                yield self._run(call, own, posargs, folder)
            elif isinstance(call, ast.Call) and method == "notify" and len(call.args) == 1:
                yield from self.lines(str(ast.literal_eval(call.args[0])), posargs, depth + 1)
            elif isinstance(call, ast.Call) and method in {"chdir", "cd"}:
                folder = below(folder, str(ast.literal_eval(call.args[0])))
            elif _decides(statement, own):
                raise UnreadableRecipeError(ast.unparse(statement))

    def _run(self, call: ast.Call, own: str, posargs: list[str], folder: str) -> Line:
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        refuse_if({"success_codes", None} & given.keys())
        words = [word for part in call.args for word in self._words(part, own, posargs)]
        env = ast.literal_eval(given.get("env", ast.Dict([], [])))
        text = shlex.join(words)
        for variable, value in reversed(list(dict(env).items())):
            text = f"{variable}={shlex.quote(str(value))} {text}"
        return Line(text=text, line=call.lineno, directory=folder)

    def _words(self, part: ast.expr, own: str, posargs: list[str]) -> list[str]:
        """Return the words that an argument stands for."""
        if not isinstance(part, ast.Starred):
            return [str(ast.literal_eval(part))]
        inner = part.value
        if isinstance(inner, ast.BoolOp) and isinstance(inner.op, ast.Or) and len(inner.values) == 2:  # fmt: skip
            first, default = inner.values
            if ast.unparse(first) == f"{own}.posargs":
                return posargs or [str(word) for word in ast.literal_eval(default)]
        if ast.unparse(inner) == f"{own}.posargs":
            return posargs
        named = self._constants.get(inner.id) if isinstance(inner, ast.Name) else inner
        return [str(word) for word in ast.literal_eval(named or part)]


def _decides(statement: ast.stmt, own: str) -> bool:
    """Tell whether *statement* may decide what the session runs."""
    for node in ast.walk(statement):
        if isinstance(node, (ast.Return, ast.Raise, ast.Assert)):
            return True
        if isinstance(node, ast.Attribute) and node.attr in _DECIDES and ast.unparse(node.value) == own:  # fmt: skip
            return True
        if isinstance(node, ast.Call) and own in map(ast.unparse, node.args):
            return True
    return False
