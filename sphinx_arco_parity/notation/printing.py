"""Evidence in its canonical notation, for messages and tables.

Reading what is printed gives the same evidence again, but for its text and its item.
"""

from __future__ import annotations

from urllib.parse import quote

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.notation.paths import read_reference
from sphinx_arco_parity.notation.symbols import is_command, read_symbols
from sphinx_arco_parity.text.code_spans import code_span


def print_evidence(evidence: Evidence) -> str:
    """Return the canonical notation of *evidence*.

    `` `path:12-40` (`symbol`) ``, or `` `path` (job `name`: `command`) `` for CI;
    `` `command` `` where no path is named.
    """
    if not evidence.path:
        return code_span(evidence.command or evidence.text)
    inside = _ci_annex(evidence) if evidence.kind == "ci" else ""
    if evidence.symbol is not None:
        if read_symbols(evidence.symbol) != (evidence.symbol,):
            return code_span(f"{_location(evidence)}::{evidence.symbol}")
        inside = code_span(evidence.symbol)
    return f"{_path(evidence)} ({inside})" if inside else _path(evidence)


def _location(evidence: Evidence) -> str:
    line = "" if evidence.line is None else f":{evidence.line}"
    end = "" if evidence.end_line is None else f"-{evidence.end_line}"
    return f"{evidence.path}{line}{end}"


def _path(evidence: Evidence) -> str:
    location = _location(evidence)
    reference = read_reference(location, quoted=True)
    if reference is not None and reference.paths == (evidence.path,):
        return code_span(location)
    line = "" if evidence.line is None else f"#L{evidence.line}"
    end = "" if evidence.end_line is None else f"-L{evidence.end_line}"
    return f"[file](/{quote(evidence.path)}{line}{end})"


def _ci_annex(evidence: Evidence) -> str:
    command = "" if evidence.command is None else code_span(evidence.command)
    if evidence.job is not None:
        job = f"job {code_span(evidence.job)}"
        return f"{job}: {command}" if command else job
    if command and evidence.command is not None and not is_command(evidence.command):
        return f"command {command}"
    return command
