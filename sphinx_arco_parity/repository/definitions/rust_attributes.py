"""What the attributes of a Rust item say of it as a test.

Gates are conditions in the language of ``cfg``; a ``cfg_attr(p, ignore)`` is the gate
``ignore(p)``, which a command that asks for ignored tests passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sphinx_arco_parity.repository.definitions.nodes import split_arguments

_ATTRIBUTE = re.compile(
    r"\s*+(?:unsafe\s*+\(\s*+)?(?P<path>[\w:\s]++)(?P<rest>[(\[{=].*)?$", re.DOTALL
)
_RUNNERS = frozenset({
    "test", "rstest", "proptest", "quickcheck", "gtest", "parameterized", "test_matrix",
    "test_case", "test_log", "test_fuzz", "test_resources", "test_each", "dir_test",
    "test_strategy", "property_test", "test_variants",
})  # fmt: skip
IGNORED = "ignore("
_NEVER = frozenset({"any()", "false", "FALSE", "not(all())"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """What the attributes of one item say together."""

    is_test: bool = False
    disabled: str | None = None
    """The attribute that keeps the test from running, as written."""
    gates: tuple[str, ...] = ()
    never: str | None = None
    """A ``cfg`` that never holds."""


def read_attributes(texts: Iterable[str]) -> Attributes:
    """Read attributes, each given as the text between its brackets."""
    is_test, disabled, never = False, None, None
    gates: list[str] = []
    for text, condition in _flatten(texts):
        name, rest = _name_and_rest(text)
        if name == "cfg":
            gate = _squeezed(_inside(rest))
            gates.append(f"any(not({condition}), {gate})" if condition else gate)
            if gate.replace(" ", "") in _NEVER and not condition:
                never = f"#[{_squeezed(text)}]"
        elif name == "ignore":
            if condition:
                gates.append(f"{IGNORED}{condition})")
            else:
                disabled = disabled or f"#[{_squeezed(text)}]"
        elif _is_runner(name):
            is_test = True
            gates += [condition] if condition else []
    return Attributes(
        is_test=is_test,
        disabled=disabled or never,
        gates=tuple(gate for gate in gates if gate),
        never=never,
    )


def _flatten(texts: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield (attribute, condition); the attributes in a ``cfg_attr`` have one."""
    for text in texts:
        name, rest = _name_and_rest(text)
        if name != "cfg_attr":
            yield text, ""
            continue
        condition, *attributes = split_arguments(_inside(rest)) or [""]
        for inner, further in _flatten(attributes):
            both = f"all({condition}, {further})" if further else condition
            yield inner, _squeezed(both)


def _name_and_rest(text: str) -> tuple[str, str]:
    """The last word of an attribute's path, and what follows the path."""
    match = _ATTRIBUTE.match(text)
    if match is None:
        return "", ""
    return match["path"].split("::")[-1].strip(), match["rest"] or ""


def _inside(rest: str) -> str:
    rest = rest.strip()
    return rest[1:-1].strip() if rest[:1] in {"(", "[", "{"} else ""


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _is_runner(name: str) -> bool:
    return name in _RUNNERS or name.endswith("_test")
