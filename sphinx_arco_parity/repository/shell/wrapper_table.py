"""The wrappers of commands, and what of their arguments stands before the command.

Data for :mod:`.wrappers`.
"""

from __future__ import annotations

from dataclasses import dataclass


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
_POETRY = Wrapper(
    values=_set("-P --project"),
    flags=_set(
        "-q -v -vv -vvv -n --quiet --verbose --no-interaction --no-ansi --ansi --no-plugins --no-cache"
    ),
    folders=_set("-C --directory"),
)

#: What may follow the name of a tool that is fetched: `pytest@8`, `pytest[x]==8.1`.
_VERSION = r"(?:\[[\w, -]*\])?(?:(?:@|[=~<>!]=?).*)?"
_TOOL = Wrapper(
    _UV_VALUES | _set("--from -c --constraints --build-constraints --overrides"),
    _UV_FLAGS,
    _set("--directory"),
    suffix=_VERSION,
)

#: Words that begin a command to how the wrapped command is found.
WRAPPERS: dict[tuple[str, ...], Wrapper] = {
    ("uv", "run"): Wrapper(_UV_VALUES, _UV_FLAGS, _set("--directory"), modules=_set("-m --module")),
    ("uvx",): _TOOL,
    ("uv", "tool", "run"): _TOOL,
    ("pipx", "run"): Wrapper(
        _set("--spec --python --fetch-missing-python --pip-args -i --index-url --with"),
        _set("--no-cache --pypackages --system-site-packages --no-path-check -q -v"),
        suffix=_VERSION,
    ),
    ("poetry", "run"): _POETRY,
    ("pdm", "run"): Wrapper(_set("-p --project"), _set("-s --site-packages -q -v --no-self")),
    ("pipenv", "run"): Wrapper(),
    ("rye", "run"): Wrapper(_set("-p --pyproject"), _set("-q -v")),
    ("pixi", "run"): Wrapper(
        _set("-e --environment --manifest-path -m"), _set("--locked --frozen -q -v --no-install")
    ),
    ("hatch", "run"): Wrapper(flags=_set("-q -v"), prefix=r"[\w.+-]+:(?=.)"),
    ("hatch", "env", "run"): Wrapper(
        _set("-e --env -i --include -x --exclude"), _set("--force-continue --ignore-compat")
    ),
    ("conda", "run"): Wrapper(
        _set("-n --name -p --prefix"), _set("--no-capture-output --live-stream -v"), _set("--cwd")
    ),
    ("mamba", "run"): Wrapper(
        _set("-n --name -p --prefix"), _set("--no-capture-output --live-stream")
    ),
    ("micromamba", "run"): Wrapper(_set("-n --name -p --prefix -a"), _set("--live-stream")),
    ("coverage", "run"): Wrapper(
        modules=_set("-m"),
        values=_set(
            "--source --include --omit --rcfile --context --concurrency --data-file --source-pkgs"
        ),
        flags=_set("--branch --parallel-mode --parallel -p -a --append --timid -L --pylib"),
    ),
    ("rustup", "run"): Wrapper(flags=_set("--install"), skip=1),
    ("mise", "exec"): Wrapper(until=_set("--")),
    ("mise", "x"): Wrapper(until=_set("--")),
    ("direnv", "exec"): Wrapper(skip=1),
    ("nix", "develop"): Wrapper(until=_set("-c --command")),
    ("nix", "shell"): Wrapper(until=_set("-c --command")),
    ("devbox", "run"): Wrapper(flags=_set("-q --quiet --")),
    ("op", "run"): Wrapper(until=_set("--")),
    ("doppler", "run"): Wrapper(until=_set("--")),
    ("dotenv", "run"): Wrapper(flags=_set("--")),
    ("env",): Wrapper(
        _set("-u --unset"),
        _set("-i --ignore-environment - -0"),
        _set("-C --chdir"),
        assignments=True,
    ),
    ("sudo",): Wrapper(
        _set("-u --user -g --group -h -p -C -T"),
        _set("-E --preserve-env -H -n -S -k -b -i"),
        assignments=True,
    ),
    ("time",): Wrapper(_set("-f -o"), _set("-p -v")),
    ("nice",): Wrapper(_set("-n --adjustment")),
    ("ionice",): Wrapper(_set("-c -n"), _set("-t")),
    ("nohup",): Wrapper(),
    ("timeout",): Wrapper(
        _set("-k --kill-after -s --signal"),
        _set("--preserve-status --foreground -v --verbose"),
        skip=1,
    ),
    ("gtimeout",): Wrapper(_set("-k -s"), _set("--preserve-status --foreground"), skip=1),
    ("stdbuf",): Wrapper(_set("-o -e -i")),
    ("xvfb-run",): Wrapper(
        _set("-e --error-file -f --auth-file -n --server-num -s --server-args -w --wait -p"),
        _set("-a --auto-servernum -l --listen-tcp"),
    ),
    ("dbus-run-session",): Wrapper(flags=_set("--")),
    ("unbuffer",): Wrapper(flags=_set("-p")),
    ("catchsegv",): Wrapper(),
    ("command",): Wrapper(),
    ("exec",): Wrapper(),
    ("rtk",): Wrapper(),
    ("faketime",): Wrapper(skip=1),
    ("setarch",): Wrapper(flags=_set("-R -L -B"), skip=1),
    ("mold",): Wrapper(flags=_set("-run")),
}
GLOBALS = {
    "uv": Wrapper(_UV_VALUES, _UV_FLAGS, _set("--directory")),
    "poetry": _POETRY,
    "hatch": Wrapper(_set("-e --env -p --project"), _set("-q -v")),
    "pdm": Wrapper(flags=_set("-q -v")),
}
