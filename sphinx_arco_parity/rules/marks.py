"""Rules on tests that are expected to fail, or do not run: what they say of exceptions.

Listed in :data:`sphinx_arco_parity.rules.ALL_RULES`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import Place
from sphinx_arco_parity.rules.citations import why_unknown
from sphinx_arco_parity.rules.context import Context


def difference_undeclared(context: Context) -> Iterator[Finding]:
    """A test is expected to fail, and what says so names no declared exception."""
    bound: dict[str, list[Mark]] = {}
    for mark in context.marks:
        if any(map(context.register.is_declared, mark.exceptions)):
            bound.setdefault(mark.path, []).append(mark)
    for mark in context.marks:
        excused = mark in bound.get(mark.path, ()) or any(
            other.covers(mark.path, mark.name) for other in bound.get(mark.path, ())
        )
        if mark.verdict == "expected-failure" and not excused:
            yield context.found_at(
                "difference-undeclared",
                mark.place,
                mark.test,
                f"test {mark.test}: is expected to fail, but names no declared exception",
                "name the exception that excuses it in the reason or in a comment above",
            )


def unknown_exception_of_a_mark(context: Context) -> Iterator[Finding]:
    """What marks a test names an exception that nobody declares."""
    known: dict[str, tuple[str, str]] = {}
    for mark in context.marks:
        for target in mark.exceptions:
            if context.register.is_declared(target):
                continue
            if target not in known:
                known[target] = why_unknown(context, target)
            wrong, help_text = known[target]
            message = f"test {mark.test}: its mark names `{target}`, {wrong}"
            yield context.found_at("unknown-exception", mark.place, mark.test, message, help_text)


def list_not_read(context: Context) -> Iterator[Finding]:
    """A list of expected failures cannot be read."""
    for wrong in context.unread_lists:
        place = Place(path=wrong.path, line=wrong.line)
        message = f"{wrong.path}: {wrong.reason}"
        help_text = "correct it; until then no test of it counts as expected to fail"
        yield context.found_at("unreadable-file", place, wrong.path, message, help_text)
