"""The sentences of verdicts on code and tests: what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_arco_parity.model.records import Evidence, Fix, Verdict
from sphinx_arco_parity.proof.definitions import Meant
from sphinx_arco_parity.repository.source import Definition

NOW = "cite what proves it now"
_UNEXPECT = "make it pass and remove the mark, or cite a test that passes"


def noun(evidence: Evidence) -> str:
    """Return the symbol as a sentence names it: ``test `test_x` ``."""
    before = "test " if evidence.kind == "test" else ""
    return f"{before}`{evidence.symbol}`"


def there(path: str) -> Verdict:
    """The file, or all that the path means, is there, and nothing more is asked."""
    return Verdict(name="verified", detail=f"{path} is in the repository")


def verified(evidence: Evidence, definition: Definition, path: str) -> Verdict:
    """The symbol is where it is said to be."""
    return Verdict(
        name="verified",
        found_line=definition.line,
        detail=f"{noun(evidence)} is at line {definition.line} of {path}",
    )


def moved(evidence: Evidence, meant: Meant, path: str) -> Verdict:
    """The symbol is in the file, at another line."""
    line, lines = evidence.line or 0, meant.lines
    alone = len(lines) == 1
    where = f"it is at line {lines[0]}" if alone else f"it is at {listed(lines)}"
    return Verdict(
        name="moved",
        found_line=meant.nearest(line).line,
        detail=f"{noun(evidence)} is not at line {line} of {path}; {where}",
        rule="evidence-moved",
        help=f"write {path}:{lines[0]}, or let `arco-parity fix` do it"
        if alone
        else "cite the line of the one that is meant",
        fix=to_line(evidence, lines[0]) if alone else None,
    )


def to_line(evidence: Evidence, line: int) -> Fix:
    """What is written for *evidence*, whose file is right, to cite *line* of it."""
    path = evidence.path
    return Fix(path=path, new_path=path, file=path, line=evidence.line or 0, new_line=line)


def past_the_end(evidence: Evidence, count: int, meant: Meant | None, path: str) -> Verdict:
    """The cited line is past the end of the file."""
    line = evidence.line or 0
    if line <= count:
        line = evidence.end_line or line
    found = meant.nearest(line).line if meant is not None and meant.every else None
    help_ = "cite the line that is meant"
    if found is not None and meant is not None:
        is_at = f"`{evidence.symbol}` is at {listed(meant.lines)}"
        help_ = f"{is_at}: write {path}:{found}" if len(meant.lines) == 1 else is_at
    return Verdict(
        name="gone",
        found_line=found,
        detail=f"line {line} is past the end of {path}, which has {count} lines",
        rule="evidence-gone",
        help=help_,
    )


def instead(evidence: Evidence, places: Sequence[tuple[str, int]]) -> str:
    """What to cite for a symbol that is not where it is cited, but in *places*."""
    if len(places) == 1:
        return f"cite {shown(places)}"
    return f"`{evidence.symbol}` is in {shown(places)}: cite the one that is meant"


def shown(places: Sequence[tuple[str, int]]) -> str:
    """Return *places*, paths and lines, of many the first three."""
    more = " and more" if len(places) > 3 else ""
    return ", ".join(f"{path}:{line}" for path, line in places[:3]) + more


def gone(
    evidence: Evidence,
    path: str,
    *,
    elsewhere: Sequence[tuple[str, int]],
    alike: tuple[str, int] | None,
    others: Sequence[Definition] = (),
) -> Verdict:
    """The symbol is not in the file."""
    hint = help_ = ""
    if elsewhere:
        help_ = instead(evidence, elsewhere)
        if len(elsewhere) == 1:
            hint = "; it is in {} (line {})".format(*elsewhere[0])
    elif others:
        there = others[0]
        whose = f"belongs to `{there.scope[-1]}`" if there.scope else "belongs to no type"
        hint = f"; `{there.name}` at line {there.line} {whose}"
    elif alike is not None:
        hint = f"; did you mean `{alike[0]}` (line {alike[1]})?"
        help_ = f"cite `{alike[0]}`, or what proves it now"
    is_test = evidence.kind == "test"
    return Verdict(
        name="not-found" if is_test else "gone",
        detail=f"{noun(evidence)} is not in {path}{hint}",
        rule="test-not-found" if is_test else "evidence-gone",
        help=help_ or NOW,
    )


def disabled(evidence: Evidence, definition: Definition, path: str) -> Verdict:
    """The test never runs."""
    return Verdict(
        name="disabled",
        found_line=definition.line,
        detail=f"{noun(evidence)} in {path} (line {definition.line}) never runs: {definition.disabled}",
        rule="test-disabled",
        help="enable it again, or cite a test that runs",
    )


def expected_failure(evidence: Evidence, line: int | None, mark: str, path: str) -> Verdict:
    """The repository itself says that the test fails."""
    at = f" (line {line})" if line else ""
    return Verdict(
        name="expected-failure",
        found_line=line,
        detail=f"{noun(evidence)} in {path}{at} is expected to fail: {mark}",
        rule="test-expected-to-fail",
        help=_UNEXPECT,
        mark=mark,
    )


def expected_failures(path: str, mark: str) -> Verdict:
    """All tests of the file are expected to fail."""
    return Verdict(
        name="expected-failure",
        detail=f"every test of {path} is expected to fail: {mark}",
        rule="test-expected-to-fail",
        help=_UNEXPECT,
    )


def disabled_file(path: str, reason: str) -> Verdict:
    """No test of the file ever runs."""
    return Verdict(
        name="disabled",
        detail=f"no test of {path} ever runs: {reason}",
        rule="test-disabled",
        help="let them run again, or cite tests that run",
    )


def beside(evidence: Evidence, other: Evidence, before: Verdict, path: str) -> Verdict:
    """The line of an item is that of another symbol of the same item."""
    return Verdict(
        name="verified",
        found_line=before.found_line,
        detail=f"{noun(evidence)} is at line {before.found_line} of {path}; "
        f"line {evidence.line} is that of `{other.symbol}`",
    )


def unknown(detail: str) -> Verdict:
    """It cannot be decided."""
    return Verdict(name="unknown", detail=detail)


def listed(lines: Sequence[int]) -> str:
    """Return ``line 3``, or ``lines 3, 5 and 9``; of many, the first five."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    if len(lines) > 6:
        return f"lines {', '.join(map(str, lines[:5]))} and {len(lines) - 5} more"
    return f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"
