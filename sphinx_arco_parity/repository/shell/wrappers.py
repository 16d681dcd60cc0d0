"""Takes ``uv run``, ``poetry run``, ``python -m``, ``env X=y``, ``timeout 60`` … off.

Called by the selection and by the search for quoted commands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_arco_parity.repository.shell.folders import join

if TYPE_CHECKING:
    from sphinx_arco_parity.repository.shell.commands import ShellCommand, Word


@dataclass(frozen=True, slots=True)
class _Wrapper:
    """How to find the command behind a wrapper."""

    values: frozenset[str] = frozenset()
    """Options that take the next word."""
    flags: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    """Options whose value is where the command runs."""
    skip: int = 0
    """Words of its own before the command."""
    assignments: bool = False
    """It takes ``NAME=value``."""
    prefix: str = ""
    """A pattern that is cut off the command's first word."""
    until: frozenset[str] = frozenset()
    """Options after which the command begins."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UV_VALUES = _set(
    """--extra --group --only-group --no-group --no-extra --with --with-editable
    --with-requirements --env-file -p --python --package --index --index-url
    --extra-index-url --default-index -i -f --find-links --resolution --prerelease
    --cache-dir --color --config-file --exclude-newer --python-platform --link-mode -P
    --upgrade-package --reinstall-package --refresh-package -C --config-setting -w
    --index-strategy --keyring-provider --allow-insecure-host --no-binary-package
    --no-build-package --no-build-isolation-package --project"""
)
_UV_FLAGS = _set(
    """--locked --frozen --no-sync --all-extras --all-groups --dev --no-dev --only-dev
    --isolated --active --no-active --no-project --all-packages --exact --inexact -q -v --quiet
    --verbose --offline --native-tls --no-config --no-progress --no-cache -n --refresh
    --upgrade -U --no-editable --no-default-groups --managed-python
    --no-managed-python --no-python-downloads --reinstall --preview --no-env-file
    --no-build --no-binary --no-index --no-sources --compile-bytecode --system-certs"""
)
_POETRY = _Wrapper(
    values=_set("-P --project"),
    flags=_set(
        "-q -v -vv -vvv -n --quiet --verbose --no-interaction --no-ansi --ansi --no-plugins --no-cache"
    ),
    folders=_set("-C --directory"),
)

#: Words that begin a command to how the wrapped command is found.
_WRAPPERS: dict[tuple[str, ...], _Wrapper] = {
    ("uv", "run"): _Wrapper(_UV_VALUES, _UV_FLAGS, _set("--directory")),
    ("poetry", "run"): _POETRY,
    ("pdm", "run"): _Wrapper(
        _set("-p --project"), _set("-s --site-packages -q -v --no-self")
    ),
    ("pipenv", "run"): _Wrapper(),
    ("rye", "run"): _Wrapper(_set("-p --pyproject"), _set("-q -v")),
    ("pixi", "run"): _Wrapper(
        _set("-e --environment --manifest-path -m"),
        _set("--locked --frozen -q -v --no-install"),
    ),
    ("hatch", "run"): _Wrapper(flags=_set("-q -v"), prefix=r"[\w.+-]+:(?=.)"),
    ("conda", "run"): _Wrapper(
        _set("-n --name -p --prefix"),
        _set("--no-capture-output --live-stream -v"),
        _set("--cwd"),
    ),
    ("mamba", "run"): _Wrapper(
        _set("-n --name -p --prefix"), _set("--no-capture-output --live-stream")
    ),
    ("micromamba", "run"): _Wrapper(
        _set("-n --name -p --prefix -a"), _set("--live-stream")
    ),
    ("coverage", "run"): _Wrapper(
        _set(
            "--source --include --omit --rcfile --context --concurrency --data-file --source-pkgs"
        ),
        _set("--branch --parallel-mode --parallel -p -a --append --timid -L --pylib"),
    ),
    ("rustup", "run"): _Wrapper(flags=_set("--install"), skip=1),
    ("mise", "exec"): _Wrapper(until=_set("--")),
    ("mise", "x"): _Wrapper(until=_set("--")),
    ("direnv", "exec"): _Wrapper(skip=1),
    ("nix", "develop"): _Wrapper(until=_set("-c --command")),
    ("nix", "shell"): _Wrapper(until=_set("-c --command")),
    ("devbox", "run"): _Wrapper(flags=_set("-q --quiet --")),
    ("op", "run"): _Wrapper(until=_set("--")),
    ("doppler", "run"): _Wrapper(until=_set("--")),
    ("dotenv", "run"): _Wrapper(flags=_set("--")),
    ("env",): _Wrapper(
        _set("-u --unset"),
        _set("-i --ignore-environment - -0"),
        _set("-C --chdir"),
        assignments=True,
    ),
    ("sudo",): _Wrapper(
        _set("-u --user -g --group -h -p -C -T"),
        _set("-E --preserve-env -H -n -S -k -b -i"),
        assignments=True,
    ),
    ("time",): _Wrapper(_set("-f -o"), _set("-p -v")),
    ("nice",): _Wrapper(_set("-n --adjustment")),
    ("ionice",): _Wrapper(_set("-c -n"), _set("-t")),
    ("nohup",): _Wrapper(),
    ("timeout",): _Wrapper(
        _set("-k --kill-after -s --signal"),
        _set("--preserve-status --foreground -v --verbose"),
        skip=1,
    ),
    ("gtimeout",): _Wrapper(
        _set("-k -s"), _set("--preserve-status --foreground"), skip=1
    ),
    ("stdbuf",): _Wrapper(_set("-o -e -i")),
    ("xvfb-run",): _Wrapper(
        _set(
            "-e --error-file -f --auth-file -n --server-num -s --server-args -w --wait -p"
        ),
        _set("-a --auto-servernum -l --listen-tcp"),
    ),
    ("dbus-run-session",): _Wrapper(flags=_set("--")),
    ("unbuffer",): _Wrapper(flags=_set("-p")),
    ("catchsegv",): _Wrapper(),
    ("command",): _Wrapper(),
    ("exec",): _Wrapper(),
    ("rtk",): _Wrapper(),
    ("faketime",): _Wrapper(skip=1),
    ("setarch",): _Wrapper(flags=_set("-R -L -B"), skip=1),
    ("mold",): _Wrapper(flags=_set("-run")),
}
_GLOBALS = {
    "uv": _Wrapper(_UV_VALUES, _UV_FLAGS, _set("--directory")),
    "poetry": _POETRY,
    "hatch": _Wrapper(_set("-e --env -p --project"), _set("-q -v")),
    "pdm": _Wrapper(flags=_set("-q -v")),
}

_PYTHON = re.compile(r"(?:.*[/\\])?(?:python|pypy|py)(?:[\d.]*w?)?(?:\.exe)?")
_PYTHON_VALUES = _set("-W -X --check-hash-based-pycs")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_NICE = re.compile(r"-\d+|-[oei][\w]+|-[ns]\d+")


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A command without its wrappers."""

    command: ShellCommand
    sure: bool = True
    """``False`` if an option of a wrapper is not known: more words may belong to it."""


def unwrap(command: ShellCommand) -> Unwrapped:
    """Return the command that *command* runs in the end."""
    result = Unwrapped(command)
    for _ in range(12):
        following = _once(result.command)
        if following is None:
            return result
        result = replace(following, sure=result.sure and following.sure)
    return result


def _once(command: ShellCommand) -> Unwrapped | None:
    words = command.words
    if len(words) < 2:
        return None
    first = words[0].text.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe")
    if _PYTHON.fullmatch(words[0].text) or not words[0].known:
        return _python(command)
    found = _WRAPPERS.get((first,))
    if found is not None:
        return _peel(command, words[1:], found)
    at, folder, sure = _globals(first, words)
    if at >= len(words):
        return None
    found = _WRAPPERS.get((first, words[at].text))
    if found is None:
        return None
    if folder is not None:
        command = replace(command, directory=join(command.directory, folder))
    peeled = _peel(command, words[at + 1 :], found)
    return peeled and replace(peeled, sure=peeled.sure and sure)


def _globals(first: str, words: tuple[Word, ...]) -> tuple[int, str | None, bool]:
    """Pass over options between a program and its subcommand."""
    table = _GLOBALS.get(first)
    at, folder, sure = 1, None, True
    while table and at < len(words) and words[at].text.startswith("-"):
        name, equals, value = words[at].text.partition("=")
        takes = name in table.values or name in table.folders
        if takes and not equals and at + 1 < len(words):
            value = words[at + 1].text
        if name in table.folders:
            folder = value
        sure = sure and (takes or name in table.flags)
        at += 2 if takes and not equals else 1
    return at, folder, sure


def _python(command: ShellCommand) -> Unwrapped | None:
    """Return the module that ``python -m`` runs."""
    words = command.words
    at = 1
    while at < len(words):
        text = words[at].text
        if text in _PYTHON_VALUES:
            at += 2
        elif text == "-m" or (
            re.fullmatch(r"-[A-Za-z]*m", text) and not text.startswith("--")
        ):
            rest = words[at + 1 :]
            return Unwrapped(replace(command, words=rest)) if rest else None
        elif re.fullmatch(r"-[BEIOPSbdiqsuvx\d.]+", text) or text.startswith(
            ("-W", "-X")
        ):
            at += 1
        else:
            return None
    return None


def _peel(
    command: ShellCommand, words: tuple[Word, ...], wrapper: _Wrapper
) -> Unwrapped | None:
    at, sure, directory = 0, True, command.directory
    environment = dict(command.environment)
    skip = wrapper.skip
    while at < len(words):
        text = words[at].text
        name, equals, value = text.partition("=")
        assignment = _ASSIGNMENT.fullmatch(text) if wrapper.assignments else None
        if wrapper.until:
            if text in wrapper.until:
                return _rest(
                    command, words[at + 1 :], sure, directory, environment, wrapper
                )
            at += 1
        elif (
            (text in {"-m", "--module"}
            and wrapper is _WRAPPERS["uv", "run"])
            or (text == "-m" and wrapper is _WRAPPERS["coverage", "run"])
        ):
            return _rest(
                command, words[at + 1 :], sure, directory, environment, wrapper
            )
        elif text == "--":
            at += 1
            if not skip:
                break
        elif name in wrapper.folders:
            if not equals and at + 1 < len(words):
                value = words[at + 1].text
            directory = join(directory, value)
            at += 1 if equals else 2
        elif name in wrapper.values:
            at += 1 if equals else 2
        elif text.startswith("-") and len(text) > 1:
            sure = sure and (name in wrapper.flags or bool(_NICE.fullmatch(text)))
            at += 1
        elif assignment:
            environment[assignment[1]] = assignment[2] if words[at].known else None
            at += 1
        elif skip:
            skip -= 1
            at += 1
        else:
            break
    return _rest(command, words[at:], sure, directory, environment, wrapper)


def _rest(
    command: ShellCommand,
    words: tuple[Word, ...],
    sure: bool,
    directory: str | None,
    environment: dict[str, str | None],
    wrapper: _Wrapper,
) -> Unwrapped | None:
    if not words:
        return None
    if wrapper.prefix:
        text = re.sub(rf"\A{wrapper.prefix}", "", words[0].text)
        words = (replace(words[0], text=text), *words[1:])
    return Unwrapped(
        replace(
            command,
            words=words,
            directory=directory,
            environment=tuple(sorted(environment.items())),
        ),
        sure,
    )
