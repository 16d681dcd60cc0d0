"""What one word or literal is by its shape alone: a path, a command, a job, a name."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.notation.path_shapes import (
    extension,
    has_titles,
    is_ci_path,
    is_path,
    is_test_path,
    mentions_ci,
)
from sphinx_arco_parity.notation.paths import Reference, is_odd, read_lines, read_reference
from sphinx_arco_parity.notation.symbols import (
    begins_command,
    expand,
    is_command,
    is_job_name,
    is_title,
    read_symbols,
    read_title,
)

PATHS = {
    "in prose, too": """
        src/a.rs src/ ./src/a.rs ../a.rs /etc/passwd /srv/a.rs src/(auth)/page.tsx Cargo.toml
        Makefile .gitignore crates/a.rs a/input/ .github/ tests/ a/Makefile .ci/ src/*.in
        """,
    "in back-ticks": """
        BUILD .env x.rs x.RS *.rs src/Vue.js Get/POST HttpClient/plain run/step run/step/more
        input/ src/.rs *.in a/ w/
        """,
    "with a line": """
        /etc/ /api/v1/runs src/(auth)/page src/c++/x x.in Vue.js app/v2 a.rs/b.rs
        """,
    "never": """
        src .. ./.. -src/a.rs +src/a.rs @scope/a.rs (src)/a.rs a=b/c.rs src//a.rs src/…/a.rs
        src/.../a.rs src/<name>/a.rs .hidden .rs .test.ts x.unknown f(x).rs docs.rs/tokio
        github.com/a/b.rs actions/checkout@v4 a/tool@main a/tool@0123abc and/or AND/OR GET/POST
        a/b a/b/c 1/2 2024/01/02 text/plain text/other per/sec v1/v2 HttpClient/GrpcServer
        HttpClient/3.1 origin/x refs/x feature/x release/x w/retries */5 3.5/4
        """,
}


@pytest.mark.parametrize("where", PATHS)
def test_what_is_a_path_alone_and_where(where):
    for word in PATHS[where].split():
        shown = {
            "in prose, too": is_path(word, quoted=False, has_line=False),
            "in back-ticks": is_path(word, quoted=True, has_line=False),
            "with a line": is_path(word, quoted=False, has_line=True),
        }
        found = next((name for name, holds in shown.items() if holds), "never")
        assert (word, found) == (word, where)


def test_a_path_is_no_longer_than_a_thousand_characters():
    assert is_path("a/" + "b" * 995 + ".rs", quoted=True, has_line=False)
    assert not is_path("a/" + "b" * 996 + ".rs", quoted=True, has_line=False)


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.rs", "rs"), ("A.RS", "rs"), ("a.test.ts", "ts"), (".test.ts", ""), ("a.unknown", ""),
        ("a", ""), (".rs", ""), ("a.", ""), ("rs", ""), ("..rs", ""), (".eslintrc.json", "json"),
    ],
)  # fmt: skip
def test_the_ending_of_a_name(name, ending):
    assert extension(name) == ending


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/ci.yml", "/.github/workflows/ci.yml", ".forgejo/workflows/a.yaml",
        ".gitea/workflows/a.yml", ".circleci/config.yml", ".gitlab-ci.yml", "sub/.gitlab-ci.yaml",
        "azure-pipelines.yml", "azure-pipelines.yaml", "build/Jenkinsfile",
    ],
)  # fmt: skip
def test_the_files_of_ci_systems(path):
    assert is_ci_path(path)
    assert mentions_ci(f"see `{path}` (job)")


@pytest.mark.parametrize("path", ["docs/.github/workflows/ci.yml", "ci.yml", "Jenkinsfile/a"])
def test_other_files_are_no_ci(path):
    assert not is_ci_path(path)


@pytest.mark.parametrize(
    ("path", "is_test"),
    [
        ("tests/a.rs", True), ("a/test/b", True), ("a/__tests__/b.ts", True), ("spec/b.rb", True),
        ("e2e/b.ts", True), ("a/tests", False), ("test_a.py", True), ("a/test_a.py", True),
        ("a_test.go", True), ("a_tests.rs", True), ("a_testing.rs", False), ("a.test.ts", True),
        ("a.spec.mjs", True), ("a.cy.tsx", True), ("a.test.py", False), ("RingTest.java", True),
        ("RingTests.kt", True), ("Latest.java", False), ("contest.py", False), ("ATest.java", False),
        ("RingTest.py", False), ("x.test.ts/b.rs", False),
    ],
)  # fmt: skip
def test_the_files_of_tests(path, is_test):
    assert is_test_path(path) is is_test
    assert has_titles(path) is (is_test and path.endswith((".ts", ".mjs", ".tsx")))


@pytest.mark.parametrize(
    "literal",
    [
        "cargo test", "pytest", "target/bin/pytest", "./run", "./run --all", "scripts/ci.sh", "ci.ps1",
        "RUST_LOG=info cargo test", 'A="b c" D=\'e f\' cargo test', "$ make check", "frob --all",
        "frob -x", "a && b", "a || b", "a | b", "a > b", "python -m x", "deno test",
    ],
)  # fmt: skip
def test_commands(literal):
    assert is_command(literal)


@pytest.mark.parametrize(
    "literal",
    [
        "frob", "deno", "python", "frob all", "runs-on: ubuntu --x", "make: all", "a--x", "a -1 b",
        "ci.sh.txt", "A=b", "a>b",
    ],
)  # fmt: skip
def test_no_commands(literal):
    assert not is_command(literal)


@pytest.mark.parametrize(
    ("word", "begins"),
    [("cargo", True), ("bin/cargo", True), ("python", True), ("./x", True), ("x.sh", True),
     ("frob", False), ("cargo/frob", False), ("x.sh.txt", False)],
)  # fmt: skip
def test_what_a_command_without_back_ticks_begins_with(word, begins):
    assert begins_command(word) is begins


@pytest.mark.parametrize(
    ("literal", "named"),
    [("Run unit tests", True), ("Run", False), ("run unit tests", False), ("Make --all x", False)],
)
def test_titles_of_steps(literal, named):
    assert is_title(literal) is named


@pytest.mark.parametrize(
    ("literal", "named"),
    [
        ("test", True), ("unit-tests", True), ("lint_2", True), ("a" * 100, True),
        ("a" * 101, False), ("2test", False), ("test all", False), ("unit:test", False),
        ("push", False), ("pull_request", False), ("schedule", False), ("merge_group", False),
        ("workflow_dispatch", False), ("main", False), ("master", False), ("ubuntu", False),
        ("ubuntu-22.04", False), ("macos-14", False), ("windows-x", False), ("self-hosted", False),
        ("debian-latest", False), ("latest", True), ("ubuntus", True),
    ],
)  # fmt: skip
def test_keys_of_jobs(literal, named):
    assert is_job_name(literal) is named


@pytest.mark.parametrize(
    ("literal", "names"),
    [
        ("tick", ["tick"]), ("tick()", ["tick"]), ("a::b.c#d", ["a::b.c#d"]), ("$x", []),
        ("x$y", ["x$y"]), ("größe", ["größe"]), ("3x", []), ("a b", []), ("empty?", ["empty?"]),
        ("crate::a", ["a"]), ("Self::a", ["a"]), ("self.a", ["a"]), ("this.a", ["a"]),
        ("super::super::a", ["a"]), ("::a", ["a"]), ("fn tick", ["tick"]), ("def tick()", ["tick"]),
        ("pub struct Ring", ["Ring"]), ("async fn tick", ["tick"]), ("module a", []),
        ("tests a", []), ("TestX/no such", ["TestX/no such"]), ("TestX/", []), ("tick/2", ["tick"]),
        ("tick/123", []), ("test_a[x-1]", ["test_a"]), ("test_a[x", []), ("test_*", ["test_*"]),
        ("*", []), ("A::{b,c}", ["A::b", "A::c"]), ("A::{b,b}", ["A::b"]), ("A::{b", []),
        ("x.rs", []), ("Makefile", ["Makefile"]), ("tox.ini", []), ("x.in", ["x.in"]),
        ("x.md::y", ["x.md::y"]), ("true", []), ("None", []), ("u64", []), ("L12", []), ("L", ["L"]),
        ("a" * 300, ["a" * 300]), ("a" * 301, []),
    ],
)  # fmt: skip
def test_names_in_back_ticks(literal, names):
    assert read_symbols(literal) == tuple(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a", ["a"]),
        ("A::{b,C::{d,e}}", ["A::b", "A::C::d", "A::C::e"]),
        ("a.{b, c}", ["a.b", "a.c"]),
        ("{a,b}", ["a", "b"]),
        ("A::{self,b}", ["A", "A::b"]),
        ("a.{self}", ["a"]),
        ("A{b,c}", []),
        ("A::{b}c", []),
        ("A::{b", []),
        ("A::{}", []),
        ("A::{b,C{d}}", []),
        ("{" * 7 + "a" + "}" * 7, ["a"]),
        ("{" * 8 + "a" + "}" * 8, []),
        ("{" + "a," * 64 + "}", ["a"] * 64),
        ("{" + "a," * 65 + "}", []),
    ],
)
def test_names_in_braces(text, names):
    assert expand(text) == names


def test_titles_of_tests():
    assert read_title(" drops the oldest ") == ("drops the oldest",)
    assert read_title("ring > drops") == ("ring > drops",)
    assert read_title("drops") == read_title("npx vitest run") == ()
    assert read_title("a " + "b" * 298) == ("a " + "b" * 298,)
    assert read_title("a " + "b" * 299) == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("12", [(12, None)]),
        ("12-40", [(12, 40)]),
        ("L12–L40", [(12, 40)]),
        ("12-12", [(12, None)]),
        ("40-12", [(40, None)]),
        ("12,40—50", [(12, None), (40, 50)]),
    ],
)
def test_lines(text, lines):
    assert read_lines(text) == tuple(lines)


def cited(path, *, lines=(), symbols=(), anchored=True):
    paths = (path,) if isinstance(path, str) else path
    return Reference(paths=paths, lines=lines, symbols=symbols, anchored=anchored)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a/x.rs:12:5", cited("a/x.rs", lines=((12, None),))),
        ("a/x.rs@L12", cited("a/x.rs", lines=((12, None),))),
        ("a/x.rs#L12C3-L14C9", cited("a/x.rs", lines=((12, 14),))),
        ("a/x.rs:12::tick", cited("a/x.rs", lines=((12, None),), symbols=("tick",))),
        ("a\\x.rs:12", cited("a/x.rs", lines=((12, None),))),
        ("x.rs:12", cited("x.rs", lines=((12, None),), anchored=False)),
        ("run/step", cited("run/step", anchored=False)),
        ("src/*", cited("src/*")),
        ("a/{b,c}.rs:12", cited(("a/b.rs", "a/c.rs"))),
        ("a/x.rs:tick", cited("a/x.rs", symbols=("tick",))),
        ("a/x.rs:test", cited("a/x.rs")),
        ("a/x.rs#Ring.push", cited("a/x.rs", symbols=("Ring.push",))),
        ("a/x.md#part", cited("a/x.md")),
        ("a/x.rs (tick + tock)", cited("a/x.rs", symbols=("tick", "tock"))),
        ("a/x.rs (the tick)", cited("a/x.rs")),
        ("a/x.rs, lines 12 - 40", cited("a/x.rs", lines=((12, 40),))),
        ("a/x.rs:3 L12", cited("a/x.rs", lines=((3, None),))),
        ("a/x.test.ts::ring > drops it", cited("a/x.test.ts", symbols=("ring > drops it",))),
        (
            "a_test.go::TestX/no such",
            cited("a_test.go", symbols=("TestX/no such",), anchored=False),
        ),
        ("a/my file.rs:12", cited("a/my file.rs", lines=((12, None),))),
        ("a/b, c.rs", cited("a/b, c.rs")),
        ("a/b.rs, c.rs", None),
        ("std/fmt::Display", None),
        ("owner/name#12", None),
        ("a/x.rs::", None),
        ("https://h/a/x.rs", None),
        ("a/" + "b" * 1199, None),
    ],
)
def test_a_reference_is_read_whole(text, expected):
    assert read_reference(text, quoted=True) == expected


def test_a_path_with_blanks_commas_or_quotes_is_odd():
    assert [is_odd(f"a{odd}b") for odd in " ,$&!;'"] == [True] * 7
    assert not is_odd("a/b-c_d.rs")
