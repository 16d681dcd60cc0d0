"""Whether a job may run a program through something else: a script, make, tox, npm.

Called before a quoted command is said not to be in CI.  Files are only searched for the
program's name: that they have it makes the command possible, not certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import runner_of
from sphinx_arco_parity.repository.shell import ShellCommand
from sphinx_arco_parity.repository.shell.wrappers import layers
from sphinx_arco_parity.repository.workflows.model import Job
from sphinx_arco_parity.text.words import word_set

#: A program to the files, by their names, that say what it runs.
_FILES_OF = {
    "make gmake": "Makefile makefile GNUmakefile",
    "just": "justfile Justfile .justfile",
    "task": "Taskfile.yml Taskfile.yaml",
    "tox": "pyproject.toml tox.ini setup.cfg tox.toml",
    "nox": "noxfile.py",
    "hatch": "pyproject.toml hatch.toml",
    "pdm": "pyproject.toml",
    "poe": "pyproject.toml poe_tasks.toml",
    "pixi": "pixi.toml pyproject.toml",
    "invoke inv": "tasks.py",
    "doit": "dodo.py",
    "npm yarn pnpm bun": "package.json",
    "cargo": "Makefile.toml",
    "mise": "mise.toml .mise.toml",
    "rake": "Rakefile",
    "docker": "Dockerfile docker-compose.yml docker-compose.yaml compose.yml compose.yaml"
    " docker-bake.hcl",
    "docker-compose": "docker-compose.yml docker-compose.yaml compose.yml compose.yaml",
    "podman": "Dockerfile Containerfile",
    "earthly": "Earthfile",
    "pre-commit prek": ".pre-commit-config.yaml",
    "mvn": "pom.xml",
    "gradle": "build.gradle build.gradle.kts",
    "ctest": "CMakeLists.txt",
    "bazel": "BUILD BUILD.bazel",
}  # fmt: skip
_FILES = {name: files.split() for names, files in _FILES_OF.items() for name in names.split()}

_CARGO_SUBCOMMANDS = word_set("test t nextest build b check c clippy fmt doc run r bench install")

#: Commands that run pytest by themselves.
_PYTEST_WITHIN = frozenset({("hatch", "test"), ("rye", "test")})

#: How many files may call each other.
_DEPTH = 3
_WORD = re.compile(r"(?<![\w./-])[\w./-]+\.(?:sh|bash|py|mk|js|ts|mjs|toml|yml|yaml|ps1)\b")


def may_run(program: str, job: Job, repository: Repository) -> str | None:
    """Return the file through which *job* may run *program*, or ``None``."""
    by_name: dict[str, list[str]] = {}
    for path in repository.files():
        by_name.setdefault(path.rpartition("/")[2], []).append(path)
    search = _Search(program, by_name, repository)
    for command in job.commands:
        if command.runs is not None:
            continue  # what its recipe runs is among the job's commands
        if _by_nature(program, command.shell):
            return f"`{command.shell.text}`"
        every = list(layers(command.shell))
        if runner_of(command.shell).kind != "other":
            every = every[-1:]  # `hatch run ruff` starts no script of hatch's
        for unwrapped in every:
            found = search.through([word.text for word in unwrapped.command.words])
            if found is not None:
                return found
    return None


def _by_nature(program: str, command: ShellCommand) -> bool:
    """Tell whether *command* may run *program* whatever files say.

    An alias of cargo's, or a program of the project's own that is given `test`.
    """
    runner = runner_of(command)
    words = [word.text for word in runner.command.words]
    if program == "cargo" and words[:1] == ["cargo"]:
        own = words[1:2] in (["run"], ["r"]) and {"test", "xtask", "ci"} & set(words)
        return runner.kind == "other" or bool(own)
    return program in {"pytest", "py.test"} and tuple(words[:2]) in _PYTEST_WITHIN


class _Search:
    def __init__(self, program: str, by_name: dict[str, list[str]], repository: Repository) -> None:
        self._pattern = re.compile(rf"(?<![\w.-]){re.escape(program)}(?![\w-])")
        self._by_name = by_name
        self._repository = repository
        self._seen: set[str] = set()

    def through(self, words: list[str]) -> str | None:
        """Return the file that has the program among those that *words* name or imply."""
        if not words:
            return None
        program = words[0].rsplit("/", 1)[-1]
        if program == "cargo" and "make" not in words[1:2]:
            is_alias = len(words) > 1 and words[1] not in _CARGO_SUBCOMMANDS
            names = ["config.toml", "config"] if is_alias else []
        else:
            names = _FILES.get(program, [])
        mentioned = [word.rsplit("/", 1)[-1].partition(":")[0] for word in words]
        return self._in_files([*names, *(m for m in mentioned if "." in m or m == program)], 0)

    def _in_files(self, names: Iterable[str], depth: int) -> str | None:
        for path in (path for name in names for path in self._by_name.get(name, ())[:20]):
            if path in self._seen:
                continue
            self._seen.add(path)
            text = self._repository.text(path)
            if text is None or self._pattern.search(text):
                return path
            named = _WORD.findall(text) if depth < _DEPTH else ()
            inner = {match.rsplit("/", 1)[-1] for match in named}
            if found := self._in_files(sorted(inner), depth + 1):
                return found
        return None
