"""What became of one piece of evidence, and how that is kept between builds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.model.records import Verdict
from sphinx_arco_parity.repository.symbols import read_definitions, write_definition

if TYPE_CHECKING:
    from sphinx_arco_parity.repository.source import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict, and what the symbol of a test means."""

    verdict: Verdict
    path: str = ""
    """As git writes it."""
    meant: Definition | None = None
    """The test, if exactly one is meant, or the one at the cited line."""
    past_the_end: bool = False
    ignored: bool = False
    """It never runs because of Rust's ``#[ignore]``: a command may ask for it."""


def write_judged(one: Judged) -> list[Any]:
    """Return *one* as JSON can hold it, without its path."""
    said = one.verdict
    return [
        said.name,
        said.found_line,
        said.detail,
        said.rule,
        said.help,
        said.fix,
        one.past_the_end,
        one.ignored,
        [write_definition(one.meant)] if one.meant is not None else None,
    ]


def read_judged(answer: Any, path: str) -> Judged | None:
    """Read what :func:`write_judged` wrote of *path*; ``None`` for something else."""
    try:
        name, found_line, detail, rule, help_, fix, past, off, meant = answer
        verdict = Verdict(
            name=str(name),
            found_line=found_line,
            detail=str(detail),
            rule=rule,
            help=str(help_),
            fix=(int(fix[0]), int(fix[1])) if fix is not None else None,
        )
    except (TypeError, ValueError, IndexError):
        return None
    found = read_definitions(meant) if meant is not None else None
    return Judged(
        verdict=verdict,
        path=path,
        meant=found[0] if found else None,
        past_the_end=bool(past),
        ignored=bool(off),
    )
