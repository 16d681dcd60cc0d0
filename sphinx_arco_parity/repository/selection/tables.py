"""The options of the runners that we know, as far as they take arguments.

From ``cargo help test`` (1.95), ``cargo nextest run --help`` (0.9), libtest's
``--help``, pytest 7 to 9 and its most used plugins.
"""

from __future__ import annotations

from sphinx_arco_parity.repository.selection.arguments import OptionTable


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CARGO_VALUES = _set(
    """--package --exclude --bin --test --example --bench --jobs --features --target
    --target-dir --profile --manifest-path --message-format --color --config -Z
    --lockfile-path -C --artifact-dir"""
)
_CARGO_FLAGS = _set(
    """--release --lib --bins --tests --examples --benches --all-targets --doc --no-run
    --no-fail-fast --workspace --all-features --no-default-features --locked --offline
    --frozen --keep-going --ignore-rust-version --future-incompat-report --quiet
    --verbose --help --unit-graph --build-plan"""
)
_CARGO_ALIASES = {
    "-p": "--package",
    "-F": "--features",
    "-j": "--jobs",
    "-r": "--release",
    "-q": "--quiet",
    "-v": "--verbose",
    "-h": "--help",
    "--all": "--workspace",
}

CARGO_TEST = OptionTable(
    values=_CARGO_VALUES,
    flags=_CARGO_FLAGS,
    attached=_set("--timings"),
    aliases=_CARGO_ALIASES,
)

CARGO_NEXTEST = OptionTable(
    values=(_CARGO_VALUES - {"--profile"})
    | _set(
        """--filterset --nextest-profile --cargo-profile --partition --run-ignored
        --retries --test-threads --build-jobs --failure-output --success-output
        --status-level --final-status-level --max-fail --no-tests --config-file
        --tool-config-file --archive-file --archive-format --extract-to
        --workspace-remap --target-dir-remap --cargo-metadata --binaries-metadata
        --binaries-dir-remap --platform-filter --message-format-version
        --show-progress --user-config-file --stress-count --stress-duration --debugger
        --tracer --flaky-result"""
    ),
    flags=_CARGO_FLAGS
    | _set(
        """--no-fail-fast --fail-fast --no-capture --hide-progress-bar
        --ignore-default-filter --cargo-quiet --cargo-verbose --override-version-check
        --no-output-indent --no-input-handler --persist-extract-tempdir
        --extract-overwrite"""
    ),
    attached=_set("--timings"),
    aliases={
        **_CARGO_ALIASES,
        "-j": "--test-threads",
        "--jobs": "--test-threads",
        "-E": "--filterset",
        "--filter-expr": "--filterset",
        "-P": "--nextest-profile",
        "--profile": "--nextest-profile",
        "--nocapture": "--no-capture",
        "--ff": "--fail-fast",
        "--nff": "--no-fail-fast",
    },
)

LIBTEST = OptionTable(
    values=_set("--skip --test-threads --logfile --color --format -Z --shuffle-seed"),
    flags=_set(
        """--exact --no-capture --ignored --include-ignored --test --bench --list
        --show-output --quiet --shuffle --ensure-time --exclude-should-panic
        --force-run-in-process --help --fail-fast"""
    ),
    attached=_set("--report-time"),
    aliases={"--nocapture": "--no-capture", "-q": "--quiet", "-h": "--help"},
    rest=False,
)

_PYTEST_VALUES = _set(
    """-k -m --maxfail --pdbcls --capture --lfnf --durations --durations-min --verbosity
    -r --tb --show-capture --color --code-highlight --pastebin --junit-xml
    --junit-prefix -W --max-warnings --ignore --ignore-glob --deselect --confcutdir
    --import-mode --doctest-report --doctest-glob -c --rootdir --basetemp -p -o
    --assert --log-level --log-format --log-date-format --log-cli-level
    --log-cli-format --log-cli-date-format --log-file --log-file-mode
    --log-file-level --log-file-format --log-file-date-format --log-auto-indent
    --log-disable --hypothesis-profile --hypothesis-verbosity --hypothesis-seed
    -n --maxprocesses --max-worker-restart --dist --tx --px --rsyncdir --rsyncignore
    --testrunuid --maxschedchunk --cov-report --cov-config --cov-fail-under
    --cov-context --timeout --timeout-method --session-timeout --reruns --reruns-delay
    --only-rerun --rerun-except --html --css --ds --dc --alluredir --asyncio-mode
    --benchmark-min-time --benchmark-max-time --benchmark-min-rounds
    --benchmark-timer --benchmark-warmup-iterations --benchmark-json --benchmark-sort
    --benchmark-columns --benchmark-group-by --benchmark-storage --benchmark-save
    --random-order-seed --random-order-bucket --randomly-seed --browser --device --tracing
    --video --screenshot --output --base-url --browser-channel --slowmo --md
    --md-report-output --excelreport --report-log --json-report-file --liveserver
    --allow-hosts --force-sugar-width --count --repeat-scope"""
)
_PYTEST_FLAGS = _set(
    """--markers --exitfirst --strict-config --strict-markers --strict --fixtures
    --fixtures-per-test --pdb --trace -s --runxfail --last-failed --failed-first
    --new-first --cache-clear --stepwise --stepwise-skip --stepwise-reset --verbose
    --no-header --no-summary --no-fold-skipped --force-short-summary --quiet
    --disable-warnings --showlocals --no-showlocals --xfail-tb --full-trace
    --collect-only --pyargs --noconftest --keep-duplicates --collect-in-virtualenv
    --continue-on-collection-errors --doctest-modules --doctest-ignore-import-errors
    --doctest-continue-on-failure --version --help --disable-plugin-autoload
    --trace-config --setup-only --setup-show --setup-plan
    --hypothesis-show-statistics --hypothesis-explain --no-cov
    --no-cov-on-fail --cov-append --cov-branch --cov-reset --self-contained-html --create-db
    --reuse-db --nomigrations --no-migrations --migrations --benchmark-disable
    --benchmark-enable --benchmark-quick --benchmark-verbose --benchmark-disable-gc
    --benchmark-autosave --benchmark-skip --benchmark-only --random-order --headed --disable-socket
    --allow-unix-socket --force-sugar --old-summary --snapshot-update --json-report
    --timeout-disable-debugger-detection --fail-on-flaky --loadscope-reorder
    --no-loadscope-reorder --debug-mode --instafail --emoji --looponfail"""
)
_PYTEST_ALIASES = {
    "-x": "--exitfirst",
    "--funcargs": "--fixtures",
    "--lf": "--last-failed",
    "--ff": "--failed-first",
    "--nf": "--new-first",
    "--sw": "--stepwise",
    "--sw-skip": "--stepwise-skip",
    "--sw-reset": "--stepwise-reset",
    "--last-failed-no-failures": "--lfnf",
    "-v": "--verbose",
    "-q": "--quiet",
    "-l": "--showlocals",
    "--report-chars": "-r",
    "--disable-pytest-warnings": "--disable-warnings",
    "--pythonwarnings": "-W",
    "--junitxml": "--junit-xml",
    "--junitprefix": "--junit-prefix",
    "--co": "--collect-only",
    "--config-file": "-c",
    "--override-ini": "-o",
    "--setuponly": "--setup-only",
    "--setupshow": "--setup-show",
    "--setupplan": "--setup-plan",
    "-V": "--version",
    "-h": "--help",
    "--numprocesses": "-n",
    "--nomigrations": "--no-migrations",
}

PYTEST = OptionTable(
    values=_PYTEST_VALUES,
    flags=_PYTEST_FLAGS,
    optional=_set(
        "--cov --cache-show --debug --benchmark-compare --benchmark-histogram"
    ),
    aliases=_PYTEST_ALIASES,
    rest=False,
)
