"""Takes ``uv run``, ``poetry run``, ``python -m``, ``env X=y``, ``timeout 60`` … off.

Called by the selection and by the search for quoted commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sphinx_arco_parity.repository.shell.commands import ShellCommand, Word, join
from sphinx_arco_parity.text.words import word_set


@dataclass(frozen=True, slots=True)
class Wrapper:
    """How to find the command behind a wrapper."""

    values: frozenset[str] = frozenset()
    """Options that take the next word."""
    flags: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    """Options whose value is where the command runs."""
    modules: frozenset[str] = frozenset()
    """Options after which a Python module stands for the command."""
    until: frozenset[str] = frozenset()
    """Options after which the command begins."""
    skip: int = 0
    """Words of its own before the command."""
    assignments: bool = False
    """It takes ``NAME=value``."""
    prefix: str = ""
    """A pattern that is cut off the command's first word."""
    suffix: str = ""
    """A pattern that is cut off its end."""


_UV_VALUES = """
    --extra --group --only-group --no-group --no-extra --with --with-editable
    --with-requirements --env-file -p --python --package --index --index-url
    --extra-index-url --default-index -i -f --find-links --resolution --prerelease
    --cache-dir --color --config-file --exclude-newer --python-platform --link-mode -P
    --upgrade-package --reinstall-package --refresh-package -C --config-setting -w
    --index-strategy --keyring-provider --allow-insecure-host --no-binary-package
    --no-build-package --no-build-isolation-package --project
    """
_UV_FLAGS = """
    --locked --frozen --no-sync --all-extras --all-groups --dev --no-dev --only-dev
    --isolated --active --no-active --no-project --all-packages --exact --inexact -q -v --quiet
    --verbose --offline --native-tls --no-config --no-progress --no-cache -n --refresh
    --upgrade -U --no-editable --no-default-groups --managed-python
    --no-managed-python --no-python-downloads --reinstall --preview --no-env-file
    --no-build --no-binary --no-index --no-sources --compile-bytecode --system-certs
    """


def _wrapper(
    values: str = "",
    flags: str = "",
    folders: str = "",
    modules: str = "",
    until: str = "",
    **own: Any,
) -> Wrapper:
    """Return a wrapper, of options that are written one behind the other."""
    own |= {"modules": word_set(modules), "until": word_set(until)}
    return Wrapper(word_set(values), word_set(flags), word_set(folders), **own)


_POETRY = _wrapper(
    values="-P --project",
    flags="-q -v -vv -vvv -n --quiet --verbose --no-interaction --no-ansi --ansi --no-plugins --no-cache",
    folders="-C --directory",
)

#: What may follow the name of a tool that is fetched: `pytest@8`, `pytest[x]==8.1`.
_VERSION = r"(?:\[[\w, -]*\])?(?:(?:@|[=~<>!]=?).*)?"
_TOOL = _wrapper(
    f"{_UV_VALUES} --from -c --constraints --build-constraints --overrides",
    _UV_FLAGS,
    "--directory",
    suffix=_VERSION,
)

#: Words that begin a command to how the wrapped command is found.
WRAPPERS: dict[tuple[str, ...], Wrapper] = {
    ("uv", "run"): _wrapper(_UV_VALUES, _UV_FLAGS, "--directory", modules="-m --module"),
    ("uvx",): _TOOL,
    ("uv", "tool", "run"): _TOOL,
    ("pipx", "run"): _wrapper(
        "--spec --python --fetch-missing-python --pip-args -i --index-url --with",
        "--no-cache --pypackages --system-site-packages --no-path-check -q -v", suffix=_VERSION),
    ("poetry", "run"): _POETRY,
    ("pdm", "run"): _wrapper("-p --project", "-s --site-packages -q -v --no-self"),
    ("rye", "run"): _wrapper("-p --pyproject", "-q -v"),
    ("pixi", "run"): _wrapper("-e --environment --manifest-path -m",
        "--locked --frozen -q -v --no-install"),
    ("hatch", "run"): _wrapper(flags="-q -v", prefix=r"[\w.+-]+:(?=.)"),
    ("hatch", "env", "run"): _wrapper("-e --env -i --include -x --exclude",
        "--force-continue --ignore-compat"),
    ("conda", "run"): _wrapper("-n --name -p --prefix", "--no-capture-output --live-stream -v",
        "--cwd"),
    ("mamba", "run"): _wrapper("-n --name -p --prefix", "--no-capture-output --live-stream"),
    ("micromamba", "run"): _wrapper("-n --name -p --prefix -a", "--live-stream"),
    ("coverage", "run"): _wrapper(modules="-m",
        values="--source --include --omit --rcfile --context --concurrency --data-file --source-pkgs",
        flags="--branch --parallel-mode --parallel -p -a --append --timid -L --pylib"),
    ("rustup", "run"): _wrapper(flags="--install", skip=1),
    ("devbox", "run"): _wrapper(flags="-q --quiet --"),
    **dict.fromkeys([("pipenv", "run"), ("nohup",), ("catchsegv",), ("command",), ("exec",), ("rtk",)],
        _wrapper()),
    **dict.fromkeys([("mise", "exec"), ("mise", "x"), ("op", "run"), ("doppler", "run")],
        _wrapper(until="--")),
    **dict.fromkeys([("nix", "develop"), ("nix", "shell")], _wrapper(until="-c --command")),
    **dict.fromkeys([("direnv", "exec"), ("faketime",)], _wrapper(skip=1)),
    **dict.fromkeys([("dotenv", "run"), ("dbus-run-session",)], _wrapper(flags="--")),
    **dict.fromkeys(
        [("npx",), ("bunx",), ("npm", "exec"), ("pnpm", "exec"), ("pnpm", "dlx"), ("yarn", "exec"),
         ("yarn", "dlx"), ("bun", "x")],
        _wrapper("-p --package", "-y --yes --no --no-install -q --quiet --bun", suffix=_VERSION)),
    ("cross-env",): _wrapper(assignments=True),
    ("c8",): _wrapper("-r --reporter -n --include -x --exclude", "--all --check-coverage"),
    ("nyc",): _wrapper("-r --reporter -n --include -x --exclude", "--all --check-coverage --silent"),
    ("env",): _wrapper("-u --unset", "-i --ignore-environment - -0", "-C --chdir",
        assignments=True),
    ("sudo",): _wrapper("-u --user -g --group -h -p -C -T", "-E --preserve-env -H -n -S -k -b -i",
        assignments=True),
    ("time",): _wrapper("-f -o", "-p -v"),
    ("nice",): _wrapper("-n --adjustment"),
    ("ionice",): _wrapper("-c -n", "-t"),
    ("timeout",): _wrapper("-k --kill-after -s --signal",
        "--preserve-status --foreground -v --verbose", skip=1),
    ("gtimeout",): _wrapper("-k -s", "--preserve-status --foreground", skip=1),
    ("stdbuf",): _wrapper("-o -e -i"),
    ("xvfb-run",): _wrapper(
        "-e --error-file -f --auth-file -n --server-num -s --server-args -w --wait -p",
        "-a --auto-servernum -l --listen-tcp"),
    ("unbuffer",): _wrapper(flags="-p"),
    ("setarch",): _wrapper(flags="-R -L -B", skip=1),
    ("mold",): _wrapper(flags="-run"),
}  # fmt: skip
GLOBALS = {
    "uv": _wrapper(_UV_VALUES, _UV_FLAGS, "--directory"),
    "poetry": _POETRY,
    "hatch": _wrapper("-e --env -p --project", "-q -v"),
    "pdm": _wrapper(flags="-q -v"),
}


_PYTHON = re.compile(r"(?:.*[/\\])?(?:python|pypy|py)(?:[\d.]*w?)?(?:\.exe)?")
_PYTHON_VALUES = frozenset({"-W", "-X", "--check-hash-based-pycs"})
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_ATTACHED = re.compile(r"-\d+|-[oei][\w]+|-[ns]\d+")


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A command without its wrappers."""

    command: ShellCommand
    sure: bool = True
    """``False`` if an option of a wrapper is not known: more words may belong to it."""


def unwrap(command: ShellCommand) -> Unwrapped:
    """Return the command that *command* runs in the end."""
    *_, last = layers(command)
    return last


def layers(command: ShellCommand) -> Iterator[Unwrapped]:
    """Give *command* itself, then without its first wrapper, without the second, and so on."""
    result = Unwrapped(command)
    yield result
    for _ in range(12):
        following = _once(result.command)
        if following is None:
            return
        result = replace(following, sure=result.sure and following.sure)
        yield result


def _once(command: ShellCommand) -> Unwrapped | None:
    words = command.words
    if len(words) < 2:
        return None
    first = words[0].text.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe")
    if _PYTHON.fullmatch(words[0].text) or not words[0].known:
        return _python(command)
    found = WRAPPERS.get((first,))
    if found is not None:
        return _Peeling(command, words[1:], found).run()
    at, sure = 1, True
    if first in GLOBALS:
        options = _Peeling(command, words[1:], GLOBALS[first])
        options.pass_over()
        at, sure = 1 + options.at, options.sure
        command = replace(command, directory=options.directory)
    if at >= len(words):
        return None
    found = WRAPPERS.get((first, words[at].text))
    if found is None and at + 1 < len(words):
        at += 1
        found = WRAPPERS.get((first, words[at - 1].text, words[at].text))
    if found is None:
        return None
    peeled = _Peeling(command, words[at + 1 :], found).run()
    return peeled and replace(peeled, sure=peeled.sure and sure)


def _python(command: ShellCommand) -> Unwrapped | None:
    """Return the module that ``python -m`` runs."""
    words = command.words
    at = 1
    while at < len(words):
        text = words[at].text
        if text in _PYTHON_VALUES:
            at += 2
        elif text == "-m" or (re.fullmatch(r"-[A-Za-z]*m", text) and not text.startswith("--")):
            rest = words[at + 1 :]
            return Unwrapped(replace(command, words=rest)) if rest else None
        elif re.fullmatch(r"-[BEIOPSbdiqsuvx\d.]+", text) or text.startswith(("-W", "-X")):
            at += 1
        else:
            return None
    return None


class _Peeling:
    """Reads what stands between a wrapper and its command."""

    def __init__(self, command: ShellCommand, words: tuple[Word, ...], wrapper: Wrapper) -> None:
        self.command = command
        self.words = words
        self.wrapper = wrapper
        self.at = 0
        self.skip = wrapper.skip
        self.sure = True
        self.directory = command.directory
        self.environment = dict(command.environment)

    def pass_over(self) -> None:
        """Pass over the words of the wrapper's own."""
        while self.at < len(self.words) and not self._begins():
            pass

    def _begins(self) -> bool:
        """Pass over a word of the wrapper's; tell whether the command begins here."""
        text = self.words[self.at].text
        if self.wrapper.until:
            self.at += 1
            return text in self.wrapper.until
        name, equals, value = text.partition("=")
        if name in self.wrapper.modules or text == "--":
            self.at += 1
            return text != "--" or not self.skip
        if name in self.wrapper.folders:
            if not equals and self.at + 1 < len(self.words):
                value = self.words[self.at + 1].text
            self.directory = join(self.directory, value)
        if name in self.wrapper.folders or name in self.wrapper.values:
            self.at += 1 if equals else 2
            return False
        if text.startswith("-") and len(text) > 1:
            known = name in self.wrapper.flags or _ATTACHED.fullmatch(text)
            self.sure = self.sure and bool(known)
        elif not self._assigns(text):
            if not self.skip:
                return True
            self.skip -= 1
        self.at += 1
        return False

    def _assigns(self, text: str) -> bool:
        found = _ASSIGNMENT.fullmatch(text) if self.wrapper.assignments else None
        if found:
            known = self.words[self.at].known
            self.environment[found[1]] = found[2] if known else None
        return found is not None

    def run(self) -> Unwrapped | None:
        """Return the command behind, ``None`` if there is none."""
        self.pass_over()
        words = self.words[self.at :]
        if not words:
            return None
        prefix, suffix = self.wrapper.prefix, self.wrapper.suffix
        if prefix or suffix:
            text = re.sub(rf"\A{prefix}", "", words[0].text)
            named = re.match(r"[\w./-]*", text)
            if suffix and named and re.fullmatch(suffix, text[named.end() :]):
                text = named[0]
            words = (replace(words[0], text=text), *words[1:])
        environment = tuple(sorted(self.environment.items()))
        command = replace(
            self.command, words=words, directory=self.directory, environment=environment
        )
        return Unwrapped(command, self.sure)
