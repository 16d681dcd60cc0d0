"""What a `Cargo.toml` says of members, targets, modules and features: each answer and why."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.definitions import definitions_in
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import Selector, Subject
from sphinx_arco_parity.repository.shell import commands_of

PACKAGE = '[package]\nname = "{}"\nedition = "2021"\n'
A, B = PACKAGE.format("a"), PACKAGE.format("b")
OLD = '[package]\nname = "a"\n'
YES = "yes"
NO_MEMBER = "?: is about package `b`, which is no member of a workspace"
NO_LIBRARY = "no 1: does not take the library, which has `test = false`"
NOT_HERE = "no 0: tests the workspace in `.`, not that of package `b`"


@pytest.fixture
def said(tmp_path):
    def ask(line, path, files, test=None):
        for name, text in {path: "", **files}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        *_, command = commands_of(line, directory="")
        repository = Repository.open(tmp_path)
        every = definitions_in(repository.read(path)).definitions if test else ()
        definition = next((d for d in every if d.name == test), None)
        subject = Subject(path=path, symbol=test, definition=definition, language="rust")
        found = Selector(repository).selects(command, subject)
        word = {True: YES, False: f"no {found.nearness}", None: "?"}[found.selected]
        return f"{word}: {found.reason}".removesuffix(": ")

    return ask


@pytest.mark.parametrize(
    ("workspace", "line", "expected"),
    [
        ('members = ["a", "b"]', "cargo test", YES),
        ('members = ["*"]', "cargo test", YES),
        ('members = ["a"]', "cargo test", NO_MEMBER),
        ('members = ["*"]\nexclude = ["b"]', "cargo test", NOT_HERE),
        ('members = ["a", "b"]\nexclude = ["b"]', "cargo test", YES),
        ('members = ["*"]\ndefault-members = ["*"]', "cargo test", YES),
        (
            'members = ["*"]\ndefault-members = ["a"]',
            "cargo test",
            "no 0: tests the default members only, not package `b`",
        ),
        ('members = ["*"]\ndefault-members = ["a"]', "cargo test --workspace", YES),
        ('members = ["*"]\ndefault-members = ["a"]', "cd b && cargo test", YES),
        ('members = ["*"]', "cargo test -p a", "no 0: tests package `a`, not `b`"),
        ('members = ["*"]', "cargo test --exclude b --workspace", "no 2: excludes package `b`"),
    ],
)
def test_the_members_that_a_workspace_names(said, workspace, line, expected):
    files = {"Cargo.toml": f"[workspace]\n{workspace}\n", "a/Cargo.toml": A, "b/Cargo.toml": B}
    assert said(line, "b/src/lib.rs", {**files, "a/src/lib.rs": ""}) == expected


@pytest.mark.parametrize(
    ("workspace", "a", "b", "expected"),
    [
        ("", '[dependencies]\nb = {path = "../b"}', "", YES),
        ("", '[dev-dependencies]\nb = {path = "../b"}', "", YES),
        ("", '[build-dependencies]\nb = {path = "../b"}', "", YES),
        ("", "[target.'cfg(unix)'.dependencies]\nb = {path = '../b'}", "", YES),
        ("", '[dependencies]\nb = "1"', "", NO_MEMBER),
        ("", '[dependencies]\nb = {path = "../../b"}', "", NO_MEMBER),
        ("", '[dependencies]\nb = {path = "../b"}', "[workspace]", NOT_HERE),
        ('exclude = ["b"]', '[dependencies]\nb = {path = "../b"}', "", NOT_HERE),
        ('[workspace.dependencies]\nb = {path = "b"}', "[dependencies]\nb = {workspace = true}", "", YES),
        ('[workspace.dependencies]\nb = "1"', "[dependencies]\nb = {workspace = true}", "", NO_MEMBER),
        ('[workspace.dependencies]\nb = {path = "b"}', '[dependencies]\nb = "1"', "", NO_MEMBER),
    ],
)  # fmt: skip
def test_what_a_member_depends_on_by_its_path_is_one(said, workspace, a, b, expected):
    files = {
        "Cargo.toml": f'[workspace]\nmembers = ["a"]\n{workspace}\n',
        "a/Cargo.toml": f"{A}{a}\n",
        "b/Cargo.toml": f"{B}{b}\n",
        "a/src/lib.rs": "",
    }
    assert said("cargo test --workspace", "b/src/lib.rs", files) == expected


@pytest.mark.parametrize(
    ("root", "line", "expected"),
    [
        ('[workspace]\nmembers = ["b"]', "cargo test", "no 0: tests package `r` only, not package `b`"),
        ('[workspace]\nmembers = ["b"]', "cargo test --workspace", YES),
        ("", "cargo test --workspace", NOT_HERE),
        ("", "cd b && cargo test", YES),
    ],
)  # fmt: skip
def test_a_root_that_is_a_package_too(said, root, line, expected):
    files = {"Cargo.toml": PACKAGE.format("r") + root, "b/Cargo.toml": B, "src/lib.rs": ""}
    assert said(line, "b/src/lib.rs", files) == expected


def test_a_package_may_name_its_workspace(said):
    files = {
        "Cargo.toml": "[workspace]\n",
        "a/Cargo.toml": A + '[workspace]\nmembers = ["../b"]\n',
        "b/Cargo.toml": B + 'workspace = "../a"\n',
    }
    assert said("cd a && cargo test --workspace", "b/src/lib.rs", files) == YES


ORPHAN = "?: may compile {}, which no `mod` leads to"
X = '[[test]]\nname = "x"\n'
Y = '[[test]]\nname = "y"\n'


@pytest.mark.parametrize(
    ("manifest", "line", "path", "expected"),
    [
        ('[project]\nname = "a"\n', "cargo test", "src/lib.rs", YES),
        ("[package]\n", "cargo test", "src/lib.rs", "?: is about a file outside every package"),
        (A, "cargo test", "src/main.rs", YES),
        (A, "cargo test", "src/bin/x.rs", YES),
        (A, "cargo test", "src/bin/x/main.rs", YES),
        (A, "cargo test", "src/bin/x/other.rs", ORPHAN),
        (A, "cargo test", "tests/.x.rs", ORPHAN),
        (A, "cargo test", "tests/x/y/main.rs", ORPHAN),
        (A, "cargo test", "tests/x.txt", "?: runs tests of another language"),
        (A + "[lib]\ntest = false\n", "cargo test src", "src/lib.rs", "?: filters by name"),
        (A + "[lib]\ntest = false\n", "cargo test -- src", "src/lib.rs", NO_LIBRARY),
        (A + "autotests = false\n", "cargo test", "tests/x.rs", ORPHAN),
        (A + "autotests = false\n" + X, "cargo test", "tests/x.rs", YES),
        (A + Y + 'path = "tests/x.rs"\n', "cargo test --test y", "tests/x.rs", YES),
        (A + Y + 'path = "other/x.rs"\n', "cargo test", "other/x.rs", YES),
        (A + '[[test]]\npath = "q.rs"\n' + X, "cargo test", "tests/x.rs", YES),
        (
            A + Y + 'path = "tests/x.rs"\n', "cargo test --test x", "tests/x.rs",
            "no 1: does not take the test target `y`",
        ),
        (
            A + X + "test = false\n", "cargo test", "tests/x.rs",
            "no 1: does not take the test target `x`, which has `test = false`",
        ),
        (A + X + "test = false\n", "cargo test --test x", "tests/x.rs", YES),
        (
            A + X + 'required-features = ["f"]\n[features]\nf = []\n', "cargo test", "tests/x.rs",
            "no 1: does not enable feature `f`, which target `x` needs",
        ),
        (
            A + X + 'required-features = ["f"]\n[features]\nf = []\n', "cargo test --features f",
            "tests/x.rs", YES,
        ),
        (A + "[lib]\ntest = false\n", "cargo test", "src/lib.rs", NO_LIBRARY),
        (A + '[lib]\npath = "x.rs"\n', "cargo test", "x.rs", YES),
        (A + '[lib]\npath = "x.rs"\n', "cargo test", "src/lib.rs", ORPHAN),
        (A + "autolib = false\n", "cargo test", "src/lib.rs", ORPHAN),
        (A + "autolib = false\n[lib]\n", "cargo test", "src/lib.rs", YES),
        (
            A + "[lib]\nharness = false\n", "cargo test", "src/lib.rs",
            "?: runs target `a`, which has a harness of its own",
        ),
        (A, "cargo test", "benches/x.rs", "no 1: does not take the bench `x`"),
        (A, "cargo test --benches", "benches/x.rs", YES),
        (A, "cargo test --all-targets", "benches/x.rs", YES),
        (A, "cargo test --bench x", "benches/x.rs", YES),
        (A, "cargo test --bench 'y*'", "benches/x.rs", "no 1: does not take the bench `x`"),
        (A, "cargo test", "examples/x.rs", "no 1: does not take the example `x`"),
        (A, "cargo test --examples", "examples/x.rs", YES),
        (A + '[[example]]\nname = "x"\ntest = true\n', "cargo test", "examples/x.rs", YES),
        (A, "cargo test --doc", "src/lib.rs", "no 1: runs documentation tests only (`--doc`)"),
        (A, "cargo test --doc --lib", "src/lib.rs", YES),
        (A, "cargo test --tests", "src/lib.rs", YES),
        (A, "cargo test --bins", "src/lib.rs", "no 1: does not take the library"),
        (A, "cargo test --bin a", "src/main.rs", YES),
        (A, "cargo test --bin b", "src/main.rs", "no 1: does not take the binary `a`"),
        # Where one target is written out, edition 2015 looks for no others.
        (OLD + Y, "cargo test", "tests/x.rs", ORPHAN),
        (OLD + "autotests = true\n" + Y, "cargo test", "tests/x.rs", YES),
        (OLD + '[[bin]]\nname = "y"\n', "cargo test", "tests/x.rs", ORPHAN),
        (A + Y, "cargo test", "tests/x.rs", YES),
    ],
)  # fmt: skip
def test_the_targets_of_a_package(said, manifest, line, path, expected):
    assert said(line, path, {"Cargo.toml": manifest}) == expected.format(path)


@pytest.mark.parametrize(("edition", "expected"), [("2021", YES), ("2015", ORPHAN)])
def test_an_edition_may_be_that_of_the_workspace(said, edition, expected):
    files = {
        "Cargo.toml": f'[workspace]\nmembers = ["a"]\n[workspace.package]\nedition = "{edition}"\n',
        "a/Cargo.toml": f"{OLD}edition.workspace = true\n{Y}",
    }
    path = "a/tests/x.rs"
    assert said("cargo test", path, files) == expected.format(path)


GATED = "no 1: compiles it only under `cfg(f)`"


@pytest.mark.parametrize(
    ("library", "more", "path", "expected"),
    [
        ("mod b;", {}, "src/b.rs", YES), ("mod b;", {}, "src/b/mod.rs", YES),
        ("mod r#b;", {}, "src/b.rs", YES), ("// mod b;", {}, "src/b.rs", ORPHAN),
        ('#[path = "x/y.rs"] mod b;', {}, "src/x/y.rs", YES),
        ('mod a { #[path = "y.rs"] mod b; }', {}, "src/a/y.rs", YES),
        ('#[path = "../../../y.rs"] mod b;', {}, "src/y.rs", ORPHAN),
        ('#[cfg_attr(test, path = "x.rs")] mod b;', {}, "src/x.rs", YES),
        ('#[cfg_attr(test, path = "x.rs")] mod b;', {}, "src/b.rs", GATED.replace("f)", "not(test))")),
        ('#[path = "x"] mod a { mod b; }', {}, "src/x/b.rs", ORPHAN),
        ("#![cfg(f)]\nuse x;\nmod b;", {}, "src/b.rs", GATED),
        ("mod a { #![cfg(f)]\nuse x;\nmod b; }", {}, "src/a/b.rs", GATED),
        ("#[cfg_attr(test, cfg(f))] mod b;", {}, "src/b.rs", GATED.replace("f)", "any(not(test), f))")),
        ("mod a;", {"src/a/mod.rs": "mod b;"}, "src/a/b.rs", YES),
        ("mod a;", {"src/a.rs": "mod b;"}, "src/a/b.rs", YES),
        ("mod a;", {"src/a.rs": "mod b;"}, "src/b.rs", ORPHAN),
        ("#[cfg(test)] mod b;", {}, "src/b.rs", YES),
        ("#[cfg(windows)] fn x() {}\nmod b;", {}, "src/b.rs", YES),
        ("#[cfg(f)] mod a { mod b; }", {}, "src/a/b.rs", GATED),
        ("#[cfg(f)]\n/* x */\n#[allow(x)]\nmod b;", {}, "src/b.rs", GATED),
    ],
)  # fmt: skip
def test_the_files_to_which_modules_lead(said, library, more, path, expected):
    files = {"Cargo.toml": A, "src/lib.rs": library, **more}
    assert said("cargo test", path, files) == expected.format(path)


UNDER = "compiles it only under `cfg(feature = "


@pytest.mark.parametrize(
    ("features", "given", "enabled"),
    [
        ("f = []", "", False),
        ("f = []", "--all-features", True),
        ("f = []", "--features a/f", True),
        ("f = []", "--features b/f", False),
        ("f = []", "--features 'x,f y'", True),
        ("f = []", "--features $F", None),
        ("g = []", "", False),
        ("f = []\ndefault = ['f']", "", True),
        ("f = []\ndefault = ['f']", "--no-default-features", False),
        ("f = []\ndefault = ['f']", "--no-default-features -F f", True),
        ("f = []\ng = ['f']", "-F g", True),
        ("f = []\ng = ['h']\nh = ['f', 'g']", "-F g", True),
        ("f = []\ng = ['h']\nh = []", "-F g", False),
        ("[dependencies]\nf = {version = '1', optional = true}", "", False),
        ("[dependencies]\nf = {version = '1', optional = true}", "-F f", True),
        ("[dependencies]\nf = '1'", "", False),
        # The dependency alone is enabled, not the feature of that name.
        ("g = ['dep:f']\n[dependencies]\nf = {version = '1', optional = true}", "-F g", False),
        ("g = ['dep:f']\n[dependencies.f]\noptional = true", "--all-features", False),
        ("g = []\n[dependencies.f]\noptional = true", "--all-features", True),
        ("g = ['f/x']\n[dependencies]\nf = {version = '1', optional = true}", "-F g", True),
        ("g = ['f?/x']\n[dependencies]\nf = {version = '1', optional = true}", "-F g", False),
    ],
)
def test_the_features_that_a_command_enables(said, features, given, enabled):
    files = {
        "Cargo.toml": f"{A}[features]\n{features}\n",
        "src/lib.rs": '#[cfg(feature = "f")] mod b;',
    }
    expected = {True: YES, False: f'no 1: {UNDER}"f")`', None: f'?: {UNDER}"f")`'}[enabled]
    assert said(f"cargo test {given}", "src/b.rs", files) == expected


@pytest.mark.parametrize(
    ("root", "line", "known"),
    [
        ('[package]\nname = "r"\nedition = "2021"\n[workspace]\n', "cargo test -p a", True),
        ('[package]\nname = "r"\nedition = "2018"\n[workspace]\n', "cargo test -p a", False),
        ('[package]\nname = "r"\nresolver = "2"\n[workspace]\n', "cargo test -p a", True),
        ('[package]\nname = "r"\n[workspace]\nresolver = "2"\n', "cargo test -p a", True),
        ('[package]\nname = "r"\n[workspace]\nresolver = "1"\n', "cd a && cargo test", True),
        ('[workspace]\nresolver = "1"\n', "cargo test -p a", True),
    ],
)
def test_whose_features_a_command_enables(said, root, line, known):
    files = {
        "Cargo.toml": root + 'members = ["a"]\n',
        "src/lib.rs": "",
        "a/Cargo.toml": A + "[features]\nf = []\n",
        "a/src/lib.rs": '#[cfg(feature = "f")] mod b;',
    }
    expected = YES if known else f'?: {UNDER}"f")`'
    assert said(f"{line} --features f", "a/src/b.rs", files) == expected
    assert said(f"{line} --all-features", "a/src/b.rs", files) == expected


@pytest.mark.parametrize(
    ("workspace", "b", "doubtful"),
    [
        ("", '[dependencies]\na = {path = "../a"}', False),
        ("", '[dependencies]\na = {path = "../a", features = ["f"]}', True),
        ("", '[dependencies]\na = {path = "../a", features = ["g"]}', True),
        ("", '[dependencies]\nx = {path = "../a", package = "a", features = ["f"]}', True),
        ("", '[dependencies]\nx = {path = "../a", package = "y", features = ["f"]}', False),
        ("", '[features]\nz = ["a/f"]\n[dependencies]\na = {path = "../a"}', True),
        ("", '[features]\nz = ["a?/f"]\n[dependencies]\na = {path = "../a"}', True),
        ("", '[features]\nz = ["aa/f"]\n[dependencies]\na = {path = "../a"}', False),
        ('a = {path = "a", features = ["f"]}', "[dependencies]\na = {workspace = true}", True),
        ('a = {path = "a"}', '[dependencies]\na = {workspace = true, features = ["f"]}', True),
        ('a = {path = "a"}', "[dependencies]\na = {workspace = true}", False),
    ],
)
def test_another_member_may_enable_a_feature(said, workspace, b, doubtful):
    files = {
        "Cargo.toml": f'[workspace]\nmembers = ["a", "b"]\n[workspace.dependencies]\n{workspace}\n',
        "a/Cargo.toml": A + '[features]\nf = []\ng = ["f"]\n',
        "a/src/lib.rs": '#[cfg(feature = "f")] mod b;',
        "b/Cargo.toml": f"{B}{b}\n",
        "b/src/lib.rs": "",
    }
    expected = f'{"?" if doubtful else "no 1"}: {UNDER}"f")`'
    assert said("cargo test -p a", "a/src/b.rs", files) == expected


@pytest.mark.parametrize(("b", "doubtful"), [("", True), (", default-features = false", False)])
def test_another_member_enables_what_is_so_by_default(said, b, doubtful):
    files = {
        "Cargo.toml": '[workspace]\nresolver = "2"\nmembers = ["a", "b"]\n',
        "a/Cargo.toml": A + '[features]\nf = []\ndefault = ["f"]\n',
        "a/src/lib.rs": '#[cfg(feature = "f")] mod b;',
        "b/Cargo.toml": f'{B}[dependencies]\na = {{path = "../a"{b}}}\n',
        "b/src/lib.rs": "",
    }
    expected = f'{"?" if doubtful else "no 1"}: {UNDER}"f")`'
    assert said("cargo test -p a --no-default-features", "a/src/b.rs", files) == expected


IGNORING = 'no 1: ignores it under `cfg(feature = "f")`'
NAMED = "no 1: runs only tests with {} in their name"


@pytest.mark.parametrize(
    ("attributes", "given", "expected"),
    [
        ("#[test]", "", YES), ("#[test]", "--no-run", "no 0: only compiles (`--no-run`)"),
        ("#[test]", "-- --ignored", "no 2: runs ignored tests only"),
        ("#[test]\n#[ignore]", "", "?: does not run ignored tests"),
        ("#[test]\n#[ignore]", "-- --ignored", YES),
        ("#[test]\n#[ignore]", "-- --include-ignored", YES),
        ('#[test]\n#[cfg_attr(feature = "f", ignore)]', "", YES),
        ('#[test]\n#[cfg_attr(feature = "f", ignore)]', "-F f", IGNORING),
        ('#[test]\n#[cfg_attr(feature = "f", ignore)]', "-F f -- --include-ignored", YES),
        ('#[test]\n#[cfg_attr(feature = "f", ignore)]', "-- --ignored", "?: runs ignored tests only"),
        ('#[test]\n#[cfg(feature = "f")]', "", f'no 1: {UNDER}"f")`'),
        ('#[test]\n#[cfg(feature = "f")]', "-F f", YES),
        ('#[test]\n#[cfg(feature = "default")]', "", f'no 1: {UNDER}"default")`'),
        ("#[test]", "tick", YES), ("#[test]", "inner::tick", YES),
        ("#[test]", "tock", NAMED.format("`tock`")), ("#[test]", "tock -- tick", YES),
        ("#[test]", "tock -- tuck", NAMED.format("`tock`, `tuck`")),
        ("#[test]", "tick -- --exact", NAMED.format("`tick`")),
        ("#[test]", "inner::tick -- --exact", YES),
        ("#[test]", "-- --skip inner", "no 2: skips it (`--skip inner`)"),
        ("#[test]", "-- --skip tick --exact", YES),
        ("#[test]", "$NAME", "?: has arguments that are not known before it runs"),
        ("#[test]", '"$NAME"', "?: has a filter that is not known before it runs"),
        ("#[rstest]", "tock", "?: filters by name"),
        ("#[tokio::test]", "tock", NAMED.format("`tock`")),
        ("#[custom]\n#[test]", "-- --skip tock", "?: skips names with `tock`"),
    ],
)  # fmt: skip
def test_what_decides_of_one_test(said, attributes, given, expected):
    files = {
        "Cargo.toml": A + "[features]\nf = []\n",
        "src/lib.rs": f"mod inner {{\n{attributes}\nfn tick() {{}}\n}}\n",
    }
    assert said(f"cargo test {given}", "src/lib.rs", files, "tick") == expected


@pytest.mark.parametrize(("given", "expected"), [("", f'no 1: {UNDER}"f")`'), ("-F f", YES)])
def test_what_decides_of_a_whole_file(said, given, expected):
    files = {
        "Cargo.toml": A + "[features]\nf = []\n",
        "tests/x.rs": '#![cfg(feature = "f")]\n#[test]\nfn tick() {}\n',
    }
    assert said(f"cargo test {given}", "tests/x.rs", files) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("b::", YES),
        ("a b::", YES),
        ("tick", "?: filters by name"),
        ("b:: -- --exact", "?: filters by name"),
        ("-- --skip b::", "no 2: skips it (`--skip b::`)"),
        ("-- --skip tick", "?: skips names with `tick`"),
    ],
)
def test_a_filter_may_name_the_module_of_a_file(said, given, expected):
    files = {"Cargo.toml": A, "src/lib.rs": "mod b;"}
    assert said(f"cargo test {given}", "src/b.rs", files) == expected


def test_a_file_is_of_the_nearest_package(said):
    files = {"Cargo.toml": A, "src/lib.rs": "", "src/x/Cargo.toml": "[workspace]\n"}
    assert said("cargo test", "src/x/y.rs", files) == ORPHAN.format("src/x/y.rs")
