"""What the tests of the notation compare: evidence as one short line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.notation import Home, parse_cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_arco_parity.model.records import Evidence


def _brief(evidence: Evidence) -> str:
    line = "" if evidence.line is None else f":{evidence.line}"
    end = "" if evidence.end_line is None else f"-{evidence.end_line}"
    words = [f"{evidence.kind} {evidence.path}{line}{end}".strip()]
    mark = "~" if evidence.inferred else ""
    words += [f"{mark}{evidence.symbol}"] if evidence.symbol is not None else []
    words += [f"job={mark}{evidence.job}"] if evidence.job is not None else []
    words += [f"$ {evidence.command}"] if evidence.command is not None else []
    return " ".join(words)


@pytest.fixture(scope="session")
def read() -> Callable[..., list[str]]:
    """Read a cell: a line for each piece of evidence, then ``# remark`` for the rest.

    Behind ``~`` stands a name that counts only if the file defines it.
    """

    def read_cell(text: str, kind: str = "code", folder: str = "/", site: str = "") -> list[str]:
        cell = parse_cell(text, kind, home=Home(folder, site))
        remarks = [f"# {remark}" for remark in cell.remarks]
        return [*map(_brief, cell.evidence), *remarks]

    return read_cell
