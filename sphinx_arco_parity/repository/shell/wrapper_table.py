"""The wrappers of commands, and what of their arguments stands before the command.

Data for :mod:`.wrappers`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_arco_parity.text.words import word_set


@dataclass(frozen=True, slots=True)
class Wrapper:
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
    suffix: str = ""
    """A pattern that is cut off its end."""
    modules: frozenset[str] = frozenset()
    """Options after which a Python module stands for the command."""
    until: frozenset[str] = frozenset()
    """Options after which the command begins."""


_UV_VALUES = word_set(
    """--extra --group --only-group --no-group --no-extra --with --with-editable
    --with-requirements --env-file -p --python --package --index --index-url
    --extra-index-url --default-index -i -f --find-links --resolution --prerelease
    --cache-dir --color --config-file --exclude-newer --python-platform --link-mode -P
    --upgrade-package --reinstall-package --refresh-package -C --config-setting -w
    --index-strategy --keyring-provider --allow-insecure-host --no-binary-package
    --no-build-package --no-build-isolation-package --project"""
)
_UV_FLAGS = word_set(
    """--locked --frozen --no-sync --all-extras --all-groups --dev --no-dev --only-dev
    --isolated --active --no-active --no-project --all-packages --exact --inexact -q -v --quiet
    --verbose --offline --native-tls --no-config --no-progress --no-cache -n --refresh
    --upgrade -U --no-editable --no-default-groups --managed-python
    --no-managed-python --no-python-downloads --reinstall --preview --no-env-file
    --no-build --no-binary --no-index --no-sources --compile-bytecode --system-certs"""
)
_POETRY = Wrapper(
    values=word_set("-P --project"),
    flags=word_set(
        "-q -v -vv -vvv -n --quiet --verbose --no-interaction --no-ansi --ansi --no-plugins --no-cache"
    ),
    folders=word_set("-C --directory"),
)

#: What may follow the name of a tool that is fetched: `pytest@8`, `pytest[x]==8.1`.
_VERSION = r"(?:\[[\w, -]*\])?(?:(?:@|[=~<>!]=?).*)?"
_TOOL = Wrapper(
    _UV_VALUES | word_set("--from -c --constraints --build-constraints --overrides"),
    _UV_FLAGS,
    word_set("--directory"),
    suffix=_VERSION,
)

#: Words that begin a command to how the wrapped command is found.
WRAPPERS: dict[tuple[str, ...], Wrapper] = {
    ("uv", "run"): Wrapper(
        _UV_VALUES, _UV_FLAGS, word_set("--directory"), modules=word_set("-m --module")
    ),
    ("uvx",): _TOOL,
    ("uv", "tool", "run"): _TOOL,
    ("pipx", "run"): Wrapper(
        word_set("--spec --python --fetch-missing-python --pip-args -i --index-url --with"),
        word_set("--no-cache --pypackages --system-site-packages --no-path-check -q -v"),
        suffix=_VERSION,
    ),
    ("poetry", "run"): _POETRY,
    ("pdm", "run"): Wrapper(
        word_set("-p --project"), word_set("-s --site-packages -q -v --no-self")
    ),
    ("pipenv", "run"): Wrapper(),
    ("rye", "run"): Wrapper(word_set("-p --pyproject"), word_set("-q -v")),
    ("pixi", "run"): Wrapper(
        word_set("-e --environment --manifest-path -m"),
        word_set("--locked --frozen -q -v --no-install"),
    ),
    ("hatch", "run"): Wrapper(flags=word_set("-q -v"), prefix=r"[\w.+-]+:(?=.)"),
    ("hatch", "env", "run"): Wrapper(
        word_set("-e --env -i --include -x --exclude"), word_set("--force-continue --ignore-compat")
    ),
    ("conda", "run"): Wrapper(
        word_set("-n --name -p --prefix"),
        word_set("--no-capture-output --live-stream -v"),
        word_set("--cwd"),
    ),
    ("mamba", "run"): Wrapper(
        word_set("-n --name -p --prefix"), word_set("--no-capture-output --live-stream")
    ),
    ("micromamba", "run"): Wrapper(word_set("-n --name -p --prefix -a"), word_set("--live-stream")),
    ("coverage", "run"): Wrapper(
        modules=word_set("-m"),
        values=word_set(
            "--source --include --omit --rcfile --context --concurrency --data-file --source-pkgs"
        ),
        flags=word_set("--branch --parallel-mode --parallel -p -a --append --timid -L --pylib"),
    ),
    ("rustup", "run"): Wrapper(flags=word_set("--install"), skip=1),
    ("mise", "exec"): Wrapper(until=word_set("--")),
    ("mise", "x"): Wrapper(until=word_set("--")),
    ("direnv", "exec"): Wrapper(skip=1),
    ("nix", "develop"): Wrapper(until=word_set("-c --command")),
    ("nix", "shell"): Wrapper(until=word_set("-c --command")),
    ("devbox", "run"): Wrapper(flags=word_set("-q --quiet --")),
    ("op", "run"): Wrapper(until=word_set("--")),
    ("doppler", "run"): Wrapper(until=word_set("--")),
    ("dotenv", "run"): Wrapper(flags=word_set("--")),
    ("env",): Wrapper(
        word_set("-u --unset"),
        word_set("-i --ignore-environment - -0"),
        word_set("-C --chdir"),
        assignments=True,
    ),
    ("sudo",): Wrapper(
        word_set("-u --user -g --group -h -p -C -T"),
        word_set("-E --preserve-env -H -n -S -k -b -i"),
        assignments=True,
    ),
    ("time",): Wrapper(word_set("-f -o"), word_set("-p -v")),
    ("nice",): Wrapper(word_set("-n --adjustment")),
    ("ionice",): Wrapper(word_set("-c -n"), word_set("-t")),
    ("nohup",): Wrapper(),
    ("timeout",): Wrapper(
        word_set("-k --kill-after -s --signal"),
        word_set("--preserve-status --foreground -v --verbose"),
        skip=1,
    ),
    ("gtimeout",): Wrapper(word_set("-k -s"), word_set("--preserve-status --foreground"), skip=1),
    ("stdbuf",): Wrapper(word_set("-o -e -i")),
    ("xvfb-run",): Wrapper(
        word_set("-e --error-file -f --auth-file -n --server-num -s --server-args -w --wait -p"),
        word_set("-a --auto-servernum -l --listen-tcp"),
    ),
    ("dbus-run-session",): Wrapper(flags=word_set("--")),
    ("unbuffer",): Wrapper(flags=word_set("-p")),
    ("catchsegv",): Wrapper(),
    ("command",): Wrapper(),
    ("exec",): Wrapper(),
    ("rtk",): Wrapper(),
    ("faketime",): Wrapper(skip=1),
    ("setarch",): Wrapper(flags=word_set("-R -L -B"), skip=1),
    ("mold",): Wrapper(flags=word_set("-run")),
}
GLOBALS = {
    "uv": Wrapper(_UV_VALUES, _UV_FLAGS, word_set("--directory")),
    "poetry": _POETRY,
    "hatch": Wrapper(word_set("-e --env -p --project"), word_set("-q -v")),
    "pdm": Wrapper(flags=word_set("-q -v")),
}
