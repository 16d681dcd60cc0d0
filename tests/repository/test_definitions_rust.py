"""Names in Rust, on sources as people write them."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.definitions import definitions_in, outline_of
from sphinx_arco_parity.repository.source import Definition, SourceFile

SOURCE = """\
//! The scheduler.
#![cfg(feature = "scheduler")]

use std::fmt;

/// Ticks.
///
/// Long.
#[derive(Debug, Clone)]
pub struct Tick<T> {
    /// When.
    pub at: u64,
    inner: T,
}

#[derive(Debug)]
pub enum Status {
    /// Waits.
    Queued,
    Running { since: u64 },
    Failed(String),
}

pub const LIMIT: usize = 3;
static NAME: &str = "x";
type Alias = Tick<u8>;

pub trait Clock {
    type Instant;
    const ZERO: u64;
    fn now(&self) -> u64;
}

impl<T: Clone> Clock for Tick<T>
where
    T: Send,
{
    type Instant = u64;
    const ZERO: u64 = 0;

    #[inline]
    fn now(&self) -> u64 {
        self.at
    }
}

impl<T> Tick<T> {
    /// Makes one.
    pub async fn new(at: u64, inner: T) -> Self {
        fn nested() {}
        Self { at, inner }
    }
}

mod outside;

pub mod inside {
    pub fn r#match() {}
    pub(crate) unsafe extern "C" fn raw() {}
}

macro_rules! make {
    ($name:ident) => { fn $name() {} };
}

union Bits { a: u32, b: f32 }
"""


def outline(text: str) -> dict[str, Definition]:
    """Every definition by its qualified name."""
    source = SourceFile(path="src/a.rs", text=text, digest="")
    found = definitions_in(source)
    assert found is not None
    asked = outline_of(source)
    assert asked is not None
    for one in found.definitions:
        assert one in asked.named(one.name)
    return {"::".join((*one.scope, one.name)): one for one in found.definitions}


def places(text: str) -> dict[str, tuple[int, int, int]]:
    return {k: (v.first_line, v.line, v.last_line) for k, v in outline(text).items()}


def test_items_have_their_lines_and_scopes() -> None:
    found = places(SOURCE)
    assert found["Tick"] == (6, 10, 14)
    assert found["Tick::at"] == (11, 12, 12)
    assert found["Tick::inner"] == (13, 13, 13)
    assert found["Status"] == (16, 17, 22)
    assert found["Status::Queued"] == (18, 19, 19)
    assert found["Status::Running"] == (20, 20, 20)
    assert found["Status::Running::since"] == (20, 20, 20)
    assert found["Status::Failed"] == (21, 21, 21)
    assert found["LIMIT"] == (24, 24, 24)
    assert found["NAME"] == (25, 25, 25)
    assert found["Alias"] == (26, 26, 26)
    assert found["Clock::now"] == (31, 31, 31)
    assert found["Clock::Tick::now"] == (41, 42, 44)
    assert found["Tick::new"] == (48, 49, 52)
    assert found["Tick::new::nested"] == (50, 50, 50)
    assert found["inside::match"] == (58, 58, 58)
    assert found["inside::raw"] == (59, 59, 59)
    assert found["make"] == (62, 62, 64)
    assert found["Bits::b"] == (66, 66, 66)


def test_items_have_their_kinds() -> None:
    kinds = {name: one.kind for name, one in outline(SOURCE).items()}
    assert kinds["Tick"] == kinds["Status"] == kinds["Clock"] == "type"
    assert kinds["Tick::new"] == kinds["Clock::now"] == "method"
    assert kinds["Tick::new::nested"] == kinds["inside::match"] == "function"
    assert kinds["Status::Failed"] == "variant"
    assert kinds["Tick::at"] == "field"
    assert kinds["LIMIT"] == kinds["Clock::ZERO"] == "constant"
    assert kinds["inside"] == "module"
    assert kinds["outside"] == "declaration"
    assert kinds["make"] == "macro"


def test_the_head_of_an_impl_is_a_second_place_of_its_type() -> None:
    source = SourceFile(path="a.rs", text=SOURCE, digest="")
    asked = outline_of(source)
    assert asked is not None
    assert [(one.kind, one.line) for one in asked.named("Tick")] == [
        ("type", 10), ("impl", 34), ("impl", 47),
    ]  # fmt: skip
    assert [(one.kind, one.line) for one in asked.named("Clock")] == [
        ("type", 28), ("impl", 34),
    ]  # fmt: skip


def test_uses_and_locals_are_no_definitions() -> None:
    text = "use a::Name;\nfn f(param: u8) { let local = Name::new(param); local.go() }\n"
    assert list(outline(text)) == ["f"]


@pytest.mark.parametrize(
    "attribute",
    [
        "#[test]", "#[tokio::test]", '#[tokio::test(flavor = "multi_thread")]',
        "#[async_std::test]", "#[actix_rt::test]", "#[rstest]", "#[rstest::rstest]",
        "#[sqlx::test(migrations = false)]", '#[test_case(1, 2 ; "named")]',
        "#[wasm_bindgen_test]", "#[test_log::test]", "#[proptest]", "#[quickcheck]",
        "#[ test ]", '#[test]\n#[should_panic(expected = "x")]',
        "#[cfg_attr(not(miri), test)]", "#[test]\n// why\n/// doc",
    ],
)  # fmt: skip
def test_attributes_that_make_tests(attribute: str) -> None:
    found = outline(f"{attribute}\nfn runs() {{}}\n")["runs"]
    assert found.is_test
    assert found.kind == "test"
    assert found.first_line == 1
    assert found.disabled is None


@pytest.mark.parametrize(
    "attribute",
    [
        "#[cfg(test)]",
        "#[bench]",
        "#[inline]",
        "#[derive(Test)]",
        "// #[test]",
        "#[fixture]",
    ],
)
def test_attributes_that_make_none(attribute: str) -> None:
    assert not outline(f"{attribute}\nfn runs() {{}}\n")["runs"].is_test


def test_a_test_inside_a_function_is_none():
    found = outline("fn outer() {\n#[test]\nfn inner() {}\n}\n#[test]\nfn other() {}\n")
    assert not found["outer::inner"].is_test
    assert found["other"].is_test


@pytest.mark.parametrize(
    ("attribute", "reason"),
    [
        ("#[ignore]", "#[ignore]"),
        ('#[ignore = "slow"]', '#[ignore = "slow"]'),
        ('#[ignore\n = "slow"]', '#[ignore = "slow"]'),
        ("#[cfg(any())]", "#[cfg(any())]"),
        ("#[cfg(FALSE)]", "#[cfg(FALSE)]"),
        ("#[cfg_attr(miri, ignore)]", None),
        ('#[cfg_attr(windows, ignore = "x")]', None),
        ("#[cfg(unix)]", None),
        ("// #[ignore]", None),
        ("/// #[ignore]", None),
    ],
)
def test_tests_that_never_run(attribute: str, reason: str | None) -> None:
    for text in (
        f"#[test]\n{attribute}\nfn t() {{}}",
        f"{attribute}\n#[test]\nfn t() {{}}",
    ):
        assert outline(text)["t"].disabled == reason


def test_an_ignored_function_that_is_no_test_is_not_disabled() -> None:
    assert outline("#[ignore]\nfn t() {}")["t"].disabled is None


def test_gates_of_the_file_the_modules_and_the_function() -> None:
    text = """\
#![cfg(unix)]
#[cfg(test)]
mod tests {
    #![cfg(feature = "net")]
    #[cfg(all(feature = "aws", not(miri)))]
    #[cfg_attr(windows, ignore)]
    #[test]
    fn t() {}
}
"""
    assert outline(text)["tests::t"].gates == (
        "unix", "test", 'feature = "net"', 'all(feature = "aws", not(miri))', "ignore(windows)",
    )  # fmt: skip
    assert outline("#[test]\nfn t() {}")["t"].gates == ()


def test_functions_in_the_bodies_of_macros() -> None:
    text = """\
proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    /// Any tick.
    #[test]
    #[ignore = "slow"]
    fn any_tick(at in 0u64..100) {
        prop_assert!(at < 100);
    }

    #[test]
    fn second(x in any::<u8>(), mut y in 0..3) { assert!(x > y) }
}

cfg_if::cfg_if! {
    if #[cfg(unix)] {
        mod on_unix {
            pub async fn wait() {}
            impl Thing { fn act(&self) {} }
        }
        struct Held { x: u8 }
    }
}
"""
    found = outline(text)
    assert found["any_tick"].is_test
    assert found["any_tick"].disabled == '#[ignore = "slow"]'
    assert places(text)["any_tick"] == (4, 7, 9)
    assert places(text)["second"] == (11, 12, 12)
    assert places(text)["on_unix"] == (17, 17, 20)
    assert places(text)["on_unix::wait"] == (18, 18, 18)
    assert places(text)["on_unix::Thing::act"] == (19, 19, 19)
    assert places(text)["Held"] == (21, 21, 21)


def test_broken_source_still_gives_what_is_whole() -> None:
    found = outline("fn good() {}\nfn bad( {{{\n#[test]\nfn after() {}\n")
    assert "good" in found


def test_line_ends_of_windows_do_not_shift_lines() -> None:
    from sphinx_arco_parity.repository.reading import decode

    assert places(decode(SOURCE.replace("\n", "\r\n").encode())) == places(SOURCE)


def test_words_in_comments_are_told_apart() -> None:
    text = '// gone\n/// gone\nfn f() { gone!(); } /* gone */\nfn g() { "gone"; ungone() }\n'
    asked = outline_of(SourceFile(path="a.rs", text=text, digest=""))
    assert asked is not None
    assert asked.words("gone") == (
        (1, True), (2, True), (3, False), (3, True), (4, False),
    )  # fmt: skip
