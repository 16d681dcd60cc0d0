"""Names of Rust tests, and the filters that are laid over them.

Called by :mod:`.cargo`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sphinx_arco_parity.repository.selection.verdicts import (
    SELECTED,
    TAKEN_AWAY,
    Selection,
    missed,
    unknown,
)
from sphinx_arco_parity.repository.shell.commands import Word
from sphinx_arco_parity.repository.source import Definition, SourceFile
from sphinx_arco_parity.text.words import word_set

_ATTRIBUTE = re.compile(r"#!?\[\s*([\w:]+)")
#: Attributes on a test that leave its name as it is.
_PLAIN = word_set("""
    test ignore should_panic cfg allow warn deny expect doc traced_test tracing_test cfg_attr
    inline serial parallel must_use serial_test track_caller timeout instrument tokio_test
    flaky_test
    """)


@dataclass(frozen=True, slots=True, kw_only=True)
class TestName:
    """The full name of a test, as ``--list`` shows it."""

    modules: tuple[str, ...]
    """The path of its file's module."""
    inner: str | None
    """The rest: inline modules and name; ``None`` if a whole file is meant."""
    sure: bool = True
    """``False`` if inline modules around it are not known, or if it makes several tests
    whose names go on."""

    @property
    def known(self) -> str:
        """What is known of the full name."""
        return "::".join((*self.modules, *([self.inner] if self.inner else [])))

    def holds(self, text: str) -> bool | None:
        """Tell whether *text* stands in the name; ``None`` if it may."""
        if self.inner is None:
            inside = text in "::".join(self.modules) + "::" if self.modules else text == ""
            return True if inside else None
        if text in self.known:
            return True
        return False if self.sure else None

    def equals(self, text: str) -> bool | None:
        """Tell whether *text* is the name; ``None`` if it may be."""
        if self.inner is not None and self.sure:
            return text == self.known
        return None


def name_of(
    modules: tuple[str, ...],
    symbol: str | None,
    definition: Definition | None,
    source: SourceFile | None,
) -> TestName:
    """Return the name of a test in a file whose module is *modules*."""
    if definition is None:
        return TestName(modules=modules, inner=symbol, sure=False)
    inner = "::".join((*definition.scope, definition.name))
    return TestName(modules=modules, inner=inner, sure=_is_plain(definition, source))


def _is_plain(definition: Definition, source: SourceFile | None) -> bool:
    """Tell whether the attributes of a test make exactly one test of its name."""
    if source is None:
        return False
    lines = source.lines[definition.first_line - 1 : definition.line]
    found = _ATTRIBUTE.findall("\n".join(lines))
    return bool(found) and all(name.rsplit("::", 1)[-1] in _PLAIN for name in found)


def filtered(
    name: TestName, filters: Sequence[Word], skips: Sequence[Word], *, exact: bool
) -> Selection:
    """Return whether a test of *name* passes *filters* (one is enough) and *skips*."""
    if any(not word.known for word in (*filters, *skips)):
        return unknown("has a filter that is not known before it runs")
    match = name.equals if exact else name.holds
    for word in skips:
        found = match(word.text)
        if found:
            return missed(f"skips it (`--skip {word.raw}`)", TAKEN_AWAY)
        if found is None:
            return unknown(f"skips names with `{word.text}`")
    if not filters:
        return SELECTED
    answers = [match(word.text) for word in filters]
    if True in answers:
        return SELECTED if name.inner is not None or not exact else unknown("filters by name")
    if None in answers:
        return unknown("filters by name")
    shown = ", ".join(f"`{word.text}`" for word in filters)
    return missed(f"runs only tests with {shown} in their name")
