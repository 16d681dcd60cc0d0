"""A runner's arguments, cut into options, their values, and the rest, by tables of options.

An option that the table does not have may or may not take the next word: it is kept as
unknown, and what follows from it is for the caller to judge.  The tables are from ``cargo help
test`` (1.95), ``cargo nextest run --help`` (0.9), libtest's ``--help``, pytest 7 to 9 and its
most used plugins.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from sphinx_arco_parity.repository.shell.commands import Word
from sphinx_arco_parity.text.words import word_set


@dataclass(frozen=True, slots=True)
class OptionTable:
    """The options of a runner, by their canonical names."""

    values: frozenset[str]
    """Those that take a value, in the next word or after ``=``."""
    flags: frozenset[str]
    optional: frozenset[str] = frozenset()
    """Those that take the next word only if it is no option."""
    attached: frozenset[str] = frozenset()
    """Those whose value, if any, is attached by ``=``."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Other spellings to canonical names."""
    rest: bool = True
    """Whether ``--`` begins arguments for someone else."""

    def name(self, written: str) -> str | None:
        """Return the canonical name of an option, or ``None`` if it is not known."""
        name = self.aliases.get(written, written)
        known = (self.values, self.flags, self.optional, self.attached)
        return name if any(name in names for names in known) else None

    def value_of(self, name: str, pending: deque[Word]) -> Word | None:
        """Take the value of the option *name* from the words *pending*, if it is there."""
        perhaps = name in self.optional
        if not pending or not (perhaps or name in self.values):
            return None
        return None if perhaps and pending[0].text.startswith("-") else pending.popleft()


@dataclass(slots=True)
class Arguments:
    """What a runner was given."""

    options: list[tuple[str, Word | None]] = field(default_factory=list)
    positionals: list[Word] = field(default_factory=list)
    rest: list[Word] = field(default_factory=list)
    """After ``--``."""
    unknown: list[str] = field(default_factory=list)
    """Options that the table does not have."""
    open: bool = False
    """Some word may become any number of words."""

    def has(self, *names: str) -> bool:
        """Tell whether one of the options *names* is given."""
        return any(name in names for name, _ in self.options)

    def all(self, *names: str) -> list[Word]:
        """Return the values of the options *names*, in order."""
        return [value for name, value in self.options if name in names and value is not None]

    def noted(self, value: Word | None) -> Word | None:
        """Return *value*, a word of its own; where it is a glob of files, several."""
        self.open |= value is not None and value.glob and "=" not in value.text
        return value

    def last(self, *names: str) -> Word | None:
        """Return the last value of the options *names*."""
        found = self.all(*names)
        return found[-1] if found else None


def parse_arguments(words: Sequence[Word], table: OptionTable) -> Arguments:
    """Cut *words* (without the runner's own name) by *table*."""
    found = Arguments()
    pending = deque(words)
    while pending:
        word = pending.popleft()
        found.open = found.open or word.many
        if word.text == "--":
            (found.rest if table.rest else found.positionals).extend(pending)
            break
        if not word.text.startswith("-") or word.text == "-":
            found.positionals.append(word)
        elif word.text.startswith("--"):
            written, equals, text = word.text.partition("=")
            name = table.name(written)
            if name is None:
                found.unknown.append(written)
                continue
            attached = Word(text, word.raw.partition("=")[2], word.many, word.glob)
            value = attached if equals else found.noted(table.value_of(name, pending))
            found.options.append((name, value))
        else:
            _short(word, pending, table, found)
    found.open = found.open or any(word.many for word in found.rest)
    return found


def _short(word: Word, pending: deque[Word], table: OptionTable, found: Arguments) -> None:
    """Cut ``-xvs``, ``-n4``, ``-n 4`` and ``-p=a``."""
    letters = word.text[1:]
    while letters:
        name = table.name("-" + letters[0])
        if name is None:
            found.unknown.append("-" + letters)
            return
        letters = letters[1:]
        value = None
        if not letters:
            value = found.noted(table.value_of(name, pending))
        elif name in table.values or name in table.optional:
            text = letters.removeprefix("=")
            value, letters = Word(text, text, word.many, word.glob), ""
        found.options.append((name, value))


def _aliases(text: str) -> dict[str, str]:
    """Return other spellings to canonical names, of ``alias=name`` pairs."""
    return dict(pair.split("=") for pair in text.split())


_CARGO_VALUES = word_set(
    """--package --exclude --bin --test --example --bench --jobs --features --target
    --target-dir --profile --manifest-path --message-format --color --config -Z
    --lockfile-path -C --artifact-dir"""
)
_CARGO_FLAGS = word_set(
    """--release --lib --bins --tests --examples --benches --all-targets --doc --no-run
    --no-fail-fast --workspace --all-features --no-default-features --locked --offline
    --frozen --keep-going --ignore-rust-version --future-incompat-report --quiet
    --verbose --help --unit-graph --build-plan"""
)
_CARGO_ALIASES = _aliases(
    """-p=--package -F=--features -j=--jobs -r=--release -q=--quiet -v=--verbose -h=--help
    --all=--workspace"""
)

CARGO_TEST = OptionTable(
    values=_CARGO_VALUES, flags=_CARGO_FLAGS, attached=word_set("--timings"), aliases=_CARGO_ALIASES
)

CARGO_NEXTEST = OptionTable(
    values=(_CARGO_VALUES - {"--profile"})
    | word_set(
        """--filterset --nextest-profile --cargo-profile --partition --run-ignored --retries
        --test-threads --build-jobs --failure-output --success-output --status-level
        --final-status-level --max-fail --no-tests --config-file --tool-config-file
        --archive-file --archive-format --extract-to --workspace-remap --target-dir-remap
        --cargo-metadata --binaries-metadata --binaries-dir-remap --platform-filter
        --message-format-version --show-progress --user-config-file --stress-count
        --stress-duration --debugger --tracer --flaky-result"""
    ),
    flags=_CARGO_FLAGS
    | word_set(
        """--no-fail-fast --fail-fast --no-capture --hide-progress-bar --ignore-default-filter
        --cargo-quiet --cargo-verbose --override-version-check --no-output-indent
        --no-input-handler --persist-extract-tempdir --extract-overwrite"""
    ),
    attached=word_set("--timings"),
    aliases={
        **_CARGO_ALIASES,
        **_aliases(
            """-j=--test-threads --jobs=--test-threads -E=--filterset --filter-expr=--filterset
            -P=--nextest-profile --profile=--nextest-profile --nocapture=--no-capture
            --ff=--fail-fast --nff=--no-fail-fast"""
        ),
    },
)

_HACK_FEATURES = """--skip --exclude-features --include-features --depth --group-features
    --mutually-exclusive-features --at-least-one-of --must-have-and-exclude-feature"""
HACK_FEATURES = ("--each-feature", "--feature-powerset", *_HACK_FEATURES.split())


def _under(values: str = "", flags: str = "", aliases: dict[str, str] | None = None) -> OptionTable:
    """Return the options of a driver of ``cargo test``, with its own ones."""
    return OptionTable(
        values=_CARGO_VALUES | word_set(values),
        flags=_CARGO_FLAGS | word_set(flags),
        attached=word_set("--timings --optional-deps"),
        aliases={**_CARGO_ALIASES, **(aliases or {})},
    )


#: Subcommands of cargo that take the arguments of ``cargo test``, and their options.
DRIVERS = {
    "miri": _under(flags="--many-seeds"),
    "careful": _under(),
    "hack": _under(
        f"{_HACK_FEATURES} --version-range --version-step --partition --log-group",
        """--each-feature --feature-powerset --no-dev-deps --remove-dev-deps
        --rust-version --ignore-private --no-private --exclude-no-default-features
        --exclude-all-features --include-deps-features --clean-per-run
        --clean-per-version --ignore-unknown-features --print-command-list
        --update-lockfile""",
    ),
    "llvm-cov": _under(
        """--output-path --output-dir --failure-mode --ignore-filename-regex --fail-under-lines
        --fail-under-functions --fail-under-regions --fail-uncovered-lines
        --fail-uncovered-functions --fail-uncovered-regions --dep-coverage --exclude-from-test
        --exclude-from-report""",
        """--codecov --lcov --json --html --text --cobertura --open --no-report --no-clean
        --show-missing-lines --include-build-script --skip-functions --branch --mcdc --doctests
        --no-cfg-coverage --no-cfg-coverage-nightly --remap-path-prefix --include-ffi
        --summary-only --hide-instantiations --ignore-run-fail --no-rustc-wrapper
        --disable-default-ignore-filename-regex --coverage-target-only""",
    ),
    "tarpaulin": _under(
        """--out --output-dir --timeout --engine --exclude-files --include-files --fail-under
        --coveralls --ciserver --report-uri --color --root --post-test-delay --rustflags
        --avoid-cfg-tarpaulin""",
        """--skip-clean --force-clean --line --branch --count --follow-exec --include-tests
        --ignore-tests --ignore-panics --debug --dump-traces --no-dead-code
        --implicit-test-threads --fail-immediately""",
        {"-o": "--out", "-t": "--timeout", "--packages": "--package"},
    ),
}


def nextest_under(driver: OptionTable) -> OptionTable:
    """Return the options of ``cargo nextest run`` under *driver*."""
    return OptionTable(
        values=CARGO_NEXTEST.values | (driver.values - _CARGO_VALUES),
        flags=CARGO_NEXTEST.flags | (driver.flags - _CARGO_FLAGS),
        attached=CARGO_NEXTEST.attached,
        aliases={**driver.aliases, **CARGO_NEXTEST.aliases},
    )


LIBTEST = OptionTable(
    values=word_set("--skip --test-threads --logfile --color --format -Z --shuffle-seed"),
    flags=word_set(
        """--exact --no-capture --ignored --include-ignored --test --bench --list
        --show-output --quiet --shuffle --ensure-time --exclude-should-panic
        --force-run-in-process --help --fail-fast"""
    ),
    attached=word_set("--report-time"),
    aliases={"--nocapture": "--no-capture", "-q": "--quiet", "-h": "--help"},
    rest=False,
)

_PYTEST_VALUES = word_set(
    """-k -m --maxfail --pdbcls --capture --lfnf --durations --durations-min --verbosity -r --tb
    --show-capture --color --code-highlight --pastebin --junit-xml --junit-prefix -W
    --max-warnings --ignore --ignore-glob --deselect --confcutdir --import-mode --doctest-report
    --doctest-glob -c --rootdir --basetemp -p -o --assert --log-level --log-format
    --log-date-format --log-cli-level --log-cli-format --log-cli-date-format --log-file
    --log-file-mode --log-file-level --log-file-format --log-file-date-format --log-auto-indent
    --log-disable --hypothesis-profile --hypothesis-verbosity --hypothesis-seed -n
    --maxprocesses --max-worker-restart --dist --tx --px --rsyncdir --rsyncignore --testrunuid
    --maxschedchunk --cov-report --cov-config --cov-fail-under --cov-context --timeout
    --timeout-method --session-timeout --reruns --reruns-delay --only-rerun --rerun-except
    --html --css --ds --dc --alluredir --asyncio-mode --benchmark-min-time --benchmark-max-time
    --benchmark-min-rounds --benchmark-timer --benchmark-warmup-iterations --benchmark-json
    --benchmark-sort --benchmark-columns --benchmark-group-by --benchmark-storage
    --benchmark-save --random-order-seed --random-order-bucket --randomly-seed --browser
    --device --tracing --video --screenshot --output --base-url --browser-channel --slowmo --md
    --md-report-output --excelreport --report-log --json-report-file --liveserver --allow-hosts
    --force-sugar-width --count --repeat-scope"""
)
_PYTEST_FLAGS = word_set(
    """--markers --exitfirst --strict-config --strict-markers --strict --fixtures
    --fixtures-per-test --pdb --trace -s --runxfail --last-failed --failed-first --new-first
    --cache-clear --stepwise --stepwise-skip --stepwise-reset --verbose --no-header --no-summary
    --no-fold-skipped --force-short-summary --quiet --disable-warnings --showlocals
    --no-showlocals --xfail-tb --full-trace --collect-only --pyargs --noconftest
    --keep-duplicates --collect-in-virtualenv --continue-on-collection-errors --doctest-modules
    --doctest-ignore-import-errors --doctest-continue-on-failure --version --help
    --disable-plugin-autoload --trace-config --setup-only --setup-show --setup-plan
    --hypothesis-show-statistics --hypothesis-explain --no-cov --no-cov-on-fail --cov-append
    --cov-branch --cov-reset --self-contained-html --create-db --reuse-db --nomigrations
    --no-migrations --migrations --benchmark-disable --benchmark-enable --benchmark-quick
    --benchmark-verbose --benchmark-disable-gc --benchmark-autosave --benchmark-skip
    --benchmark-only --random-order --headed --disable-socket --allow-unix-socket --force-sugar
    --old-summary --snapshot-update --json-report --timeout-disable-debugger-detection
    --fail-on-flaky --loadscope-reorder --no-loadscope-reorder --debug-mode --instafail --emoji
    --looponfail"""
)
_PYTEST_ALIASES = _aliases(
    """-x=--exitfirst --funcargs=--fixtures --lf=--last-failed --ff=--failed-first --nf=--new-first
    --sw=--stepwise --sw-skip=--stepwise-skip --sw-reset=--stepwise-reset
    --last-failed-no-failures=--lfnf -v=--verbose -q=--quiet -l=--showlocals --report-chars=-r
    --disable-pytest-warnings=--disable-warnings --pythonwarnings=-W --junitxml=--junit-xml
    --junitprefix=--junit-prefix --co=--collect-only --config-file=-c --override-ini=-o
    --setuponly=--setup-only --setupshow=--setup-show --setupplan=--setup-plan -V=--version
    -h=--help --numprocesses=-n --nomigrations=--no-migrations"""
)

PYTEST = OptionTable(
    values=_PYTEST_VALUES,
    flags=_PYTEST_FLAGS,
    optional=word_set("--cov --cache-show --debug --benchmark-compare --benchmark-histogram"),
    aliases=_PYTEST_ALIASES,
    rest=False,
)
