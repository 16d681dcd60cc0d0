"""The wrappers of commands, and what of their arguments stands before the command.

Data for :mod:`.wrappers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
    ("pipenv", "run"): _wrapper(),
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
    ("mise", "exec"): _wrapper(until="--"),
    ("mise", "x"): _wrapper(until="--"),
    ("direnv", "exec"): _wrapper(skip=1),
    ("nix", "develop"): _wrapper(until="-c --command"),
    ("nix", "shell"): _wrapper(until="-c --command"),
    ("devbox", "run"): _wrapper(flags="-q --quiet --"),
    ("op", "run"): _wrapper(until="--"),
    ("doppler", "run"): _wrapper(until="--"),
    ("dotenv", "run"): _wrapper(flags="--"),
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
    ("nohup",): _wrapper(),
    ("timeout",): _wrapper("-k --kill-after -s --signal",
        "--preserve-status --foreground -v --verbose", skip=1),
    ("gtimeout",): _wrapper("-k -s", "--preserve-status --foreground", skip=1),
    ("stdbuf",): _wrapper("-o -e -i"),
    ("xvfb-run",): _wrapper(
        "-e --error-file -f --auth-file -n --server-num -s --server-args -w --wait -p",
        "-a --auto-servernum -l --listen-tcp"),
    ("dbus-run-session",): _wrapper(flags="--"),
    ("unbuffer",): _wrapper(flags="-p"),
    ("catchsegv",): _wrapper(),
    ("command",): _wrapper(),
    ("exec",): _wrapper(),
    ("rtk",): _wrapper(),
    ("faketime",): _wrapper(skip=1),
    ("setarch",): _wrapper(flags="-R -L -B", skip=1),
    ("mold",): _wrapper(flags="-run"),
}  # fmt: skip
GLOBALS = {
    "uv": _wrapper(_UV_VALUES, _UV_FLAGS, "--directory"),
    "poetry": _POETRY,
    "hatch": _wrapper("-e --env -p --project", "-q -v"),
    "pdm": _wrapper(flags="-q -v"),
}
