"""Selection by cargo over the fixture repository; the real cargo is asked elsewhere."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import Selector, Subject
from sphinx_arco_parity.repository.shell import commands_of


@pytest.fixture
def answer(flow, flow_tests):
    """A function that tells whether a command runs the test of a name."""
    by_name = {name: subject for name, subject in flow_tests if subject.language == "rust"}
    selector = Selector(flow)

    def ask(line, name, folder=""):
        [command] = commands_of(line, directory=folder)
        return selector.selects(command, by_name[name])

    return ask


SELECTED = [
    ("cargo test", "flow_lib_root"),
    ("cargo test -p flow", "flow_narrow"),
    ("cargo test -p flow --lib", "flow_shifted"),
    ("cargo test -p flow --tests", "flow_schedule_tick"),  # unit tests too
    ("cargo test -p flow --tests", "test_part"),
    ("cargo test -p flow --test suite", "test_suite"),
    ("cargo test -p flow --test schedule", "test_common"),
    ("cargo test -p flow --test renamed", "test_renamed"),
    ("cargo test -p flow --bins", "flow_only_main"),
    ("cargo test -p flow --examples", "flow_example_plain"),
    ("cargo test -p flow --example checked", "flow_example_checked"),
    ("cargo test -p flow --all-features", "test_upload"),
    ("cargo test -p flow --features aws", "test_gated"),
    ("cargo test -p flow --features flow/aws", "flow_storage_aws"),
    ("cargo test -p flow --no-default-features", "flow_lib_no_clock"),
    ("cargo test --workspace", "probe_lib"),  # a member by its path
    ("cargo test --workspace --exclude flow-core", "test_tick"),
    ("cargo test --workspace -- --skip other_", "test_tick"),
    ("cargo test -p 'flow*' tick", "flow_schedule_tick"),
    ("cargo test -- --exact tests::deeper::flow_lib_deeper", "flow_lib_deeper"),
    ("cargo test -p flow -- --include-ignored", "flow_lib_ignored"),
    ("cargo test -p flow-cli --test loud -- --ignored", "cli_ignored"),
    ("cargo test --manifest-path crates/legacy/Cargo.toml", "legacy_lib"),
    ("cargo nextest run -p flow", "test_tick"),
    ("cargo nextest run -p flow -- --skip other", "test_tick"),
    ("cargo miri test -p flow", "test_tick"),
    ("cargo hack test -p flow --each-feature", "test_tick"),
    ("cargo llvm-cov --workspace --lcov --output-path x", "test_tick"),
    ("cargo tarpaulin --workspace", "test_tick"),
    ("cross test -p flow --target armv7-unknown-linux-gnueabihf", "test_tick"),
]
MISSED = [
    ("cargo test", "cli_loud", "the default members"),
    ("cargo test -p flow", "core_now", "package `flow`, not `flow-core`"),
    ("cargo test --workspace --exclude flow", "test_tick", "excludes package `flow`"),
    ("cargo test --workspace --exclude 'flow-*'", "cli_loud", "excludes"),
    ("cargo test -p flow --lib", "test_tick", "test target `schedule`"),
    ("cargo test -p flow --lib", "flow_worker", "binary `worker`"),
    ("cargo test -p flow --test suite", "test_tick", "test target `schedule`"),
    ("cargo test -p flow --doc", "test_tick", "documentation tests"),
    ("cargo test -p flow", "flow_example_plain", "example `plain`"),
    ("cargo test -p flow", "flow_speed", "bench `speed`"),
    ("cargo test -p flow", "test_upload", "feature `cloud`"),
    ("cargo test -p flow", "flow_storage", 'feature = "cloud"'),
    ("cargo test -p flow", "flow_lib_no_clock", "not(feature"),
    ("cargo test -p flow-cli", "cli_silent", "`test = false`"),
    ("cargo test -p flow --no-run", "test_tick", "--no-run"),
    ("cargo test -p flow -- --list", "test_tick", "no tests"),
    ("cargo test -p flow late", "test_tick", "`late` in their name"),
    ("cargo test -p flow -- --exact tick", "test_tick", "`tick`"),
    ("cargo test -p flow -- --skip tick", "test_tick", "--skip tick"),
    ("cargo test -p flow -- --ignored", "test_tick", "ignored tests only"),
    ("cargo test --workspace", "legacy_lib", "workspace in `.`"),
    ("cargo nextest run --workspace --exclude flow", "test_tick", "excludes"),
    ("cargo nextest run -p flow --run-ignored only", "test_tick", "ignored"),
    ("cargo miri test -p flow-core", "test_tick", "package `flow-core`"),
    ("cargo miri nextest run -p flow-core", "test_tick", "package `flow-core`"),
    ("cargo hack test --each-feature -p flow-core", "test_tick", "`flow-core`"),
    ("cargo llvm-cov nextest -p flow-core", "test_tick", "package `flow-core`"),
    ("cargo llvm-cov --workspace --exclude-from-test flow", "test_tick", "excludes"),
    ("cargo tarpaulin -p flow-core", "test_tick", "package `flow-core`"),
    ("cross test -p flow-core", "test_tick", "package `flow-core`"),
]
UNKNOWN = [
    ("cargo test -p flow --brand-new", "test_tick"),
    ("cargo test -p $P", "test_tick"),
    ("cargo test $ARGS", "test_tick"),
    ("cargo test -p flow -- $FILTER", "test_tick"),
    ("cargo test -p flow -- --new-flag", "test_tick"),
    ("cargo test --exclude flow", "test_tick"),
    ("cargo test -p flow", "flow_lib_ignored"),
    ("cargo test -p flow-core", "core_dropped"),  # no target, perhaps a macro
    ("cargo nextest run -p flow -E 'test(x)'", "test_tick"),
    ("cargo nextest run --workspace --partition hash:1/2", "test_tick"),
    ("cargo tarpaulin --workspace --brand-new", "test_tick"),
    ("cargo hack test -p flow --each-feature", "test_upload"),
    ("make test", "test_tick"),
]


@pytest.mark.parametrize(("line", "name"), SELECTED)
def test_selected(answer, line, name):
    assert answer(line, name).selected is True


@pytest.mark.parametrize(("line", "name", "reason"), MISSED)
def test_missed(answer, line, name, reason):
    found = answer(line, name)
    assert found.selected is False
    assert reason in found.reason


@pytest.mark.parametrize(("line", "name"), UNKNOWN)
def test_unknown(answer, line, name):
    found = answer(line, name)
    assert found.selected is None
    assert found.reason


@pytest.mark.parametrize(
    ("folder", "name", "selected"),
    [
        ("crates/flow", "test_tick", True),
        ("crates/flow/src", "test_tick", True),
        ("crates/flow", "core_now", False),
        ("crates", "test_tick", True),
        ("crates/legacy", "legacy_lib", True),
        ("crates/legacy", "test_tick", False),
        (None, "test_tick", None),
    ],
)
def test_the_folder_decides(answer, folder, name, selected):
    assert answer("cargo test", name, folder).selected is selected


def test_what_is_excluded_or_named_needs_no_folder(answer):
    assert answer("cargo test --workspace --exclude flow", "test_tick", None).missed
    assert answer("cargo test -p flow-core", "test_tick", None).missed
    assert answer("cargo test -p flow", "test_tick", None).selected


def test_a_test_that_does_not_exist_is_judged_by_its_file(flow):
    selector = Selector(flow)
    gone = Subject(path="crates/flow/tests/schedule.rs", symbol="test_gone", language="rust")

    def ask(line):
        [command] = commands_of(line)
        return selector.selects(command, gone).selected

    assert ask("cargo test -p flow") is True
    assert ask("cargo test --workspace --exclude flow") is False
    assert ask("cargo test -p flow --lib") is False
    assert ask("cargo test -p flow gone") is True
    assert ask("cargo test -p flow other") is None


def small(tmp_path, files):
    for path, text in files.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return Repository.open(tmp_path)


def ask_file(repository, line, path):
    [command] = commands_of(line)
    return Selector(repository).selects(command, Subject(path=path, language="rust")).selected


PACKAGE = '[package]\nname = "a"\nedition = "2021"\n'


@pytest.mark.parametrize(
    ("files", "line", "path", "selected"),
    [
        ({"Cargo.toml": "broken ["}, "cargo test", "src/lib.rs", None),
        ({"Cargo.toml": PACKAGE + '[[test]]\nname="t"\nharness=false\n'}, "cargo test", "tests/t.rs", None),
        ({"Cargo.toml": PACKAGE, "src/lib.rs": "mod a { mod b; }"}, "cargo test", "src/a/b.rs", True),
        ({"Cargo.toml": PACKAGE, "src/lib.rs": "m! { mod b; }"}, "cargo test", "src/b.rs", None),
        ({"Cargo.toml": PACKAGE, "src/lib.rs": "#[cfg(unix)] mod b;"}, "cargo test", "src/b.rs", None),
        ({"Cargo.toml": PACKAGE, "src/lib.rs": "#[cfg(not(test))] mod b;"}, "cargo test", "src/b.rs", False),
        ({"Cargo.toml": PACKAGE, "src/lib.rs": '#[cfg(feature = "x")] mod b;'}, "cargo test", "src/b.rs", False),
        ({"Cargo.toml": PACKAGE, "build.rs": "", "src/lib.rs": '#[cfg(feature = "x")] mod b;'}, "cargo test", "src/b.rs", None),
        ({"Cargo.toml": PACKAGE, "src/lib.rs": "mod a;", "src/a.rs": "mod a;", "src/a/a.rs": ""}, "cargo test", "src/a/a.rs", True),
        ({"Cargo.toml": PACKAGE, ".config/nextest.toml": "[profile.ci]\ndefault-filter = 'x'"}, "cargo nextest run", "src/lib.rs", None),
        ({"Cargo.toml": PACKAGE, ".config/nextest.toml": "[profile.ci]\nretries = 1"}, "cargo nextest run -P ci", "src/lib.rs", True),
    ],
)  # fmt: skip
def test_manifests_and_modules(tmp_path, files, line, path, selected):
    known = {"src/lib.rs": "", path: "", **files}
    assert ask_file(small(tmp_path, known), line, path) is selected


def test_modules_that_include_each_other_end(tmp_path):
    loop = {
        "Cargo.toml": PACKAGE,
        "src/lib.rs": '#[path = "lib.rs"] mod a;',
        "src/b.rs": "",
    }
    assert ask_file(small(tmp_path, loop), "cargo test", "src/b.rs") is None


def test_a_feature_that_another_member_enables_is_unknown(tmp_path):
    files = {
        "Cargo.toml": '[workspace]\nresolver = "2"\nmembers = ["a", "b"]\n',
        "a/Cargo.toml": PACKAGE + "[features]\nx = []\ny = []\n",
        "a/src/lib.rs": '#[cfg(feature = "x")] mod x;\n#[cfg(feature = "y")] mod y;\n',
        "a/src/x.rs": "",
        "a/src/y.rs": "",
        "b/Cargo.toml": '[package]\nname = "b"\n[dependencies]\na = { path = "../a", features = ["x"] }\n',
        "b/src/lib.rs": "",
    }
    repository = small(tmp_path, files)
    assert ask_file(repository, "cargo test --workspace", "a/src/x.rs") is None
    assert ask_file(repository, "cargo test --workspace", "a/src/y.rs") is False
    assert ask_file(repository, "cargo test --workspace --features y", "a/src/y.rs") is True
    virtual = small(
        tmp_path / "virtual", {**files, "Cargo.toml": '[workspace]\nmembers = ["a", "b"]\n'}
    )
    assert ask_file(virtual, "cargo test -p a --features y", "a/src/y.rs") is True


@pytest.mark.parametrize(("alias", "selected"), [("t", None), ("tt", True)])
def test_a_configuration_may_say_what_the_short_word_for_test_is(tmp_path, alias, selected):
    (tmp_path / "src").mkdir()
    (tmp_path / ".cargo").mkdir()
    (tmp_path / "Cargo.toml").write_text('[package]\nname = "a"\n')
    (tmp_path / "src/lib.rs").write_text("")
    (tmp_path / ".cargo/config.toml").write_text(f"[alias]\n{alias} = 'test -p b'\n")
    [command] = commands_of("cargo t")
    subject = Subject(path="src/lib.rs", language="rust")
    assert Selector(Repository.open(tmp_path)).selects(command, subject).selected is selected
