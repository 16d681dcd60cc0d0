"""Targets: source files, commands, and what decides which tests a command runs."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

from fuzzing import seeds, vocabulary
from fuzzing.target import Target, writable
from fuzzing.workshop import repository, shared
from sphinx_arco_parity.assessment.ignoring import is_ignored, unused
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.records import Place
from sphinx_arco_parity.repository.definitions import definitions_in, outline_of
from sphinx_arco_parity.repository.selection import Selector, Subject
from sphinx_arco_parity.repository.selection.verdicts import (
    ExpressionError,
    evaluate,
    holds,
)
from sphinx_arco_parity.repository.shell import ShellSyntaxError, commands_of
from sphinx_arco_parity.repository.source import SourceFile
from sphinx_arco_parity.repository.workflows.expressions import condition, substitute
from sphinx_arco_parity.text.patterns import compile_glob, is_glob, select

_LANGUAGES = {
    "rust": (".rs",),
    "python": (".py",),
    "go": (".go",),
    "typescript": (".ts", ".tsx"),
    "javascript": (".js",),
    "java": (".java",),
}


def _source(suffixes: tuple[str, ...], text: str) -> None:
    for suffix in suffixes:
        source = SourceFile(path=f"src/a{suffix}", text=text, digest="0")
        found, outline = definitions_in(source), outline_of(source)
        if found is None or outline is None:
            return
        last = text.count("\n") + 1
        for one in found.definitions:
            assert 1 <= one.first_line <= one.line <= last + 1, one
            assert one.last_line <= last + 1, one
        writable(found)
        for name in {"f", "A", *(one.name for one in found.definitions[:3])}:
            writable((outline.named(name), outline.words(name)))


@cache
def _subjects() -> tuple[Subject, ...]:
    cited = {
        "tests/test_a.py": ("test_a", "python"),
        "crates/a/src/lib.rs": ("tick", "rust"),
        "crates/a/tests/it.rs": ("tock", "rust"),
    }
    return tuple(
        Subject(
            path=path,
            symbol=name,
            definition=shared().symbols.named(path, name)[0],
            language=language,
        )
        for path, (name, language) in cited.items()
    )


def _shell(text: str) -> None:
    """Read a script, and tell which tests each of its commands runs."""
    try:
        commands = commands_of(text, environment={"A": "b", "B": None})
    except ShellSyntaxError as error:
        writable(str(error))
        return
    selector = Selector(shared())
    for command in commands[:20]:
        for subject in _subjects():
            writable(selector.selects(command, subject))


def _selected(texts: dict[str, str], script: str) -> None:
    selector = Selector(repository(texts))
    for command in commands_of(script):
        for subject in _subjects():
            writable(selector.selects(command, subject))


def _manifest(text: str) -> None:
    script = "cargo test -p a --features x\ncargo test --workspace\ncargo nextest run"
    for path in ("Cargo.toml", "crates/a/Cargo.toml", ".cargo/config.toml"):
        _selected({path: text}, script)


def _pytest(text: str) -> None:
    script = "pytest\npytest tests -k a -m 'not slow'\npytest tests/test_a.py::test_a"
    paths = (
        "pyproject.toml",
        "pytest.ini",
        "tox.ini",
        "setup.cfg",
        "tests/conftest.py",
    )
    for path in (*paths, "tests/test_a.py"):
        _selected({path: text}, script)


def _expression(text: str) -> None:
    known = {"a": True, "b": False}
    with suppress(ExpressionError):
        evaluate(text, known.get)
    for condition_text in (text, f"#[cfg({text})]"):
        holds(condition_text, known.get, lambda name, _value: known.get(name))
    context = {"github": {"event_name": "push"}, "matrix": {"a": [1, "x"]}}
    condition(text, context)
    substitute(f"x ${{{{ {text} }}}} y", context)


def _glob(text: str) -> None:
    pattern, _, name = text.partition("\n")
    compile_glob(pattern).fullmatch(name)
    is_glob(pattern)
    found = select((name, "src/a.py", "a/b/c", text), (pattern, f"!{name}"))
    assert len(found) <= 4
    finding = Finding(
        rule="row-status",
        severity=Severity.ERROR,
        message=f"row {name}: x",
        help="",
        place=Place(path="src/a.py", line=1),
        item=name,
    )
    ignored = {"row-status": {pattern: "x", text: "y"}}
    is_ignored(finding, ignored)
    list(unused([finding], ignored))


def _language(name: str, suffixes: tuple[str, ...]) -> Target:
    return Target(
        name=f"source files: {name}",
        read=lambda text: _source(suffixes, text),
        words=vocabulary.CODE,
        seeds=lambda: [*seeds.files(*suffixes), "class A { f() {} }\n", "def f(): 1\n"],
        share=8,
    )


TARGETS = (
    *(_language(name, suffixes) for name, suffixes in _LANGUAGES.items()),
    Target(
        name="commands",
        read=_shell,
        words=vocabulary.SHELL,
        seeds=lambda: list(seeds.commands()),
        share=20,
    ),
    Target(
        name="manifests",
        read=_manifest,
        words=vocabulary.TOML,
        seeds=lambda: list(seeds.files("Cargo.toml", "config.toml")),
        share=3,
    ),
    Target(
        name="pytest's settings",
        read=_pytest,
        words=vocabulary.TOML + vocabulary.CODE,
        seeds=lambda: list(seeds.files("pyproject.toml", ".ini", ".cfg", "test_a.py")),
        share=3,
    ),
    Target(
        name="expressions",
        read=_expression,
        words=vocabulary.EXPRESSION,
        seeds=lambda: ["not a and (b or slow)", 'all(test, feature = "x")', "a == 'b'"],
        share=30,
    ),
    Target(
        name="globs",
        read=_glob,
        words=vocabulary.GLOB,
        seeds=lambda: ["src/**/*.py\nsrc/a/b.py", "[!a-c]*\nd", "!a*\nab"],
        share=30,
    ),
)
