"""Finds the commands of a job that a quoted command means, or through which it may be run.

A quoted command is there if a command of the job has its program and all its arguments;
wrappers, white space, quotes, further arguments, and for runners that we know the order
and spelling of options do not count.  Called by :mod:`sphinx_arco_parity.proof.ci`.  Before one is
said not to be in CI, files that a job runs are searched for the program's name: that they have it
makes the command possible, not certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.arguments import LIBTEST, Arguments, parse_arguments
from sphinx_arco_parity.repository.selection.runners import COMPUTED, Runner, program, runner_of
from sphinx_arco_parity.repository.shell import ShellSyntaxError, commands_of
from sphinx_arco_parity.repository.shell.commands import UNKNOWN, ShellCommand, Word
from sphinx_arco_parity.repository.shell.wrappers import layers
from sphinx_arco_parity.repository.suggestions import grouped
from sphinx_arco_parity.repository.workflows.model import CiCommand, Job, Step
from sphinx_arco_parity.text.words import word_set

#: Commands that only say what they are given.
_TALK = frozenset({"echo", "printf", "cat", "grep", "sed", "awk", "git", "test", "[", ":", "exit"})
_MOVES = frozenset({"cd", "pushd", "popd", "set", "export", "source", ".", "true", "exit"})


@dataclass(slots=True)
class Found:
    """What a job has of a quoted command."""

    commands: list[CiCommand] = field(default_factory=list)
    """Commands that are meant, with all arguments of the step."""
    steps: list[Step] = field(default_factory=list)
    """Steps that are meant, of which it cannot be told which tests they run."""
    maybe: bool = False
    """The job may run it in a way that cannot be read."""

    @property
    def sure(self) -> bool:
        """Whether the job plainly runs it."""
        return bool(self.commands or self.steps)


@lru_cache(maxsize=4096)
def quoted_commands(text: str) -> tuple[ShellCommand, ...]:
    """Return the commands of a quoted *text*, without those that only move about.

    Placeholders ``<x>``, ``{x}`` and ellipses stand for anything.
    """
    text = re.sub(r"<[\w .|-]+>", "${{ x }}", text.strip().removeprefix("$ "))
    text = re.sub(r"(?<!\S)(?:…|\.\.\.)(?!\S)", " ", text)
    text = re.sub(r"(?:…|(?<![\s/.])\.\.\.)(?!\S)", "${{ x }}", text)
    try:
        found = commands_of(text)
    except (ShellSyntaxError, RecursionError):
        return ()
    kept = [command for command in found if command.words[0].text not in _MOVES]
    return tuple(kept or found)


def find(quoted: str, job: Job) -> Found:
    """Return what *job* has of the command *quoted*."""
    by_name = _named(quoted, job)
    if by_name is not None:
        return by_name
    parts = quoted_commands(quoted)
    result = Found()
    missing = not parts
    for part in parts:
        match = _find_one(part, job)
        result.commands += [c for c in match.commands if c not in result.commands]
        result.steps += match.steps
        missing = missing or not match.sure
        result.maybe = result.maybe or match.maybe
    if not missing:
        return result
    return _by_text(quoted, job, maybe=result.maybe)


def _named(quoted: str, job: Job) -> Found | None:
    """Return the step whose name or action is quoted."""
    wanted = _folded(quoted)
    action = wanted.partition("@")[0]
    for step in job.steps:
        if step.name and _folded(step.name) == wanted:
            return Found(commands=list(step.commands), steps=[] if step.commands else [step])
        if step.uses and step.uses.lower() in {action, "./" + action}:
            return Found(steps=[step])
    return None


def _folded(text: str) -> str:
    return " ".join(text.replace("`", "").split()).casefold()


def _find_one(part: ShellCommand, job: Job) -> Found:
    result = Found()
    wanted = runner_of(part)
    for step in job.steps:
        for command in step.commands:
            answer = _is_meant(wanted, part, command.shell)
            if answer and command.shell.perhaps:
                result.maybe = True
            elif answer:
                result.commands.append(command)
            elif answer is None:
                result.maybe = True
            elif _holds_words(wanted.command, command.shell):
                result.steps.append(step)
    if result.commands:
        result.steps = []
    # Those that run something and add least come first.
    result.commands.sort(key=lambda found: (is_idle(found.shell), len(found.shell.words)))
    return result


def is_idle(shell: ShellCommand) -> bool:
    """Tell whether an option lets *shell* run none of its tests."""
    return any(word.text in {"--no-run", "--collect-only", "--co"} for word in shell.words)


def _is_meant(wanted: Runner, part: ShellCommand, own: ShellCommand) -> bool | None:
    given = runner_of(own)
    known = part.directory and own.directory is not None
    if known and not f"/{own.directory}".endswith(f"/{part.directory}"):
        return False
    sought, there = _plain(wanted.command), _plain(given.command)
    if wanted.kind in COMPUTED:
        if given.kind != wanted.kind:
            return None if there and UNKNOWN in there[0] else False
        return _covers(wanted.arguments, given.arguments)
    if sought and _in_order(sought, there):
        return True
    begins = bool(sought and there) and (sought[0] == there[0] or UNKNOWN in there[0])
    return None if begins and any(word.many for word in given.command.words) else False


# --- runners that we know -----------------------------------------------------------------


def _covers(wanted: Arguments, given: Arguments) -> bool | None:
    """Tell whether *given* has all of *wanted*; ``None`` if unknown words may hide it."""
    own = _groups(given)
    # What is quoted with a placeholder is there with any value.
    names = {name for name, _ in own}
    if all(UNKNOWN in text and name in names for name, text in _groups(wanted) - own):
        return True
    values = [value for _, value in given.options if value is not None]
    every = (*values, *given.positionals, *given.rest)
    return None if given.open or any(UNKNOWN in word.text for word in every) else False


def _groups(arguments: Arguments) -> set[tuple[str, str]]:
    found = {(name, text) for name, value in arguments.options for text in _values(name, value)}
    found |= {(name, "") for name in arguments.unknown}
    found |= {("", _path(word.text)) for word in arguments.positionals}
    if arguments.rest:
        rest = parse_arguments(arguments.rest, LIBTEST)
        found |= {("-- " + name, value.text if value else "") for name, value in rest.options}
        found |= {("-- " + name, "") for name in rest.unknown}
        found |= {("", _path(word.text)) for word in rest.positionals}
    return found


def _values(name: str, value: Word | None) -> list[str]:
    if value is None or name in {"--jobs", "--test-threads", "--color", "-n"}:
        return [""]
    if name == "--features":
        return re.split(r"[\s,]+", value.text.strip())
    return [" ".join(_path(value.text).split())]


def _path(text: str) -> str:
    return text.removeprefix("./").rstrip("/") if "/" in text else text


# --- other commands -----------------------------------------------------------------------


def _plain(command: ShellCommand) -> list[str]:
    """Return the words of *command* in the spelling in which they are compared."""
    words: list[str] = []
    for word in command.words:
        name, equals, value = word.text.partition("=")
        if equals and name.startswith("-"):
            words += [name, value]
        else:
            words.append(_path(word.text))
    if not words:
        return words
    words[0] = program(command.words[0])
    if words[0] == "cargo" and len(words) > 1 and words[1].startswith("+"):
        del words[1]
    if words[0] in {"npm", "yarn", "pnpm", "bun"} and words[1:2] in (["run"], ["run-script"]):
        del words[1]
    if words[0] == "npm" and words[1:2] in (["t"], ["tst"]):
        words[1] = "test"
    if words[0] in {"bash", "sh"} and len(words) > 1 and not words[1].startswith("-"):
        words = [words[1].rsplit("/", 1)[-1], *words[2:]]
    return words


def _in_order(wanted: Sequence[str], given: Sequence[str]) -> bool:
    """Tell whether *wanted* is *given* without some of its arguments.

    A word after an option stays with it.
    """
    if wanted[0] != given[0]:
        return False
    at = 1
    for index in range(1, len(wanted)):
        word = wanted[index]
        tied = wanted[index - 1].startswith("-") and not word.startswith("-")
        while at < len(given) and word != given[at] and UNKNOWN not in word:
            if tied:
                return False
            at += 1
        if at >= len(given):
            return False
        at += 1
    return True


def _holds_words(wanted: ShellCommand, given: ShellCommand) -> bool:
    """Tell whether *wanted* stands, word by word, within a longer command *given*."""
    inner = [word.text for word in wanted.words]
    outer = [word.text for word in given.words]
    if not inner or outer[0] in _TALK or len(outer) <= len(inner):
        return False
    return any(outer[at : at + len(inner)] == inner for at in range(1, len(outer)))


# --- the text of a step -------------------------------------------------------------------


def _by_text(quoted: str, job: Job, *, maybe: bool) -> Found:
    """Look for *quoted* as it stands in the scripts."""
    wanted = _flat(quoted)
    result = Found(maybe=maybe)
    for step in job.steps:
        if not wanted or not re.search(
            rf"(?<![\w-]){re.escape(wanted)}(?![\w-])", _flat(step.text)
        ):
            continue
        parts = quoted_commands(quoted)
        names = {tuple(_plain(runner_of(p).command)[:2]) for p in parts if not p.known}
        own = [c for c in step.commands if tuple(_plain(runner_of(c.shell).command)[:2]) in names]
        result.commands += own
        result.maybe = result.maybe or not own
    return result


def _flat(text: str) -> str:
    return " ".join(re.sub(r"[\"'`]", "", text.replace("\\\n", " ")).split()).casefold()


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
    by_name = grouped(repository.files(), lambda path: path.rpartition("/")[2])
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
