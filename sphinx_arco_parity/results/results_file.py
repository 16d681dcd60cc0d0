"""``parity.results.json``: what reports say of the cited tests, beside the lock.

Its schema is ``schemas/parity.results.schema.json``.  No times, one line a test: the same
results are the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path

from sphinx_arco_parity.model.results import Results
from sphinx_arco_parity.schemas import misfit
from sphinx_arco_parity.text.words import HALF_CHARACTER, half_character

#: The name of the file.
FILE = "parity.results.json"


class ResultsError(ValueError):
    """The file cannot be used; the text says why, for people."""


def results_text(results: Results) -> str:
    """Return the content of the file, sorted by path and test."""
    lines = [
        json.dumps(
            {"path": path, "test": test, "result": result, "detail": detail or None},
            ensure_ascii=False,
        )
        for (path, test), (result, detail) in sorted(results.tests.items())
    ]
    tests = "[\n" + ",\n".join(f"  {line}" for line in lines) + "\n ]" if lines else "[]"
    head = {"schema_version": 1, "commit": results.commit, "unmatched": results.unmatched}
    members = [f' "{name}": {json.dumps(value)}' for name, value in head.items()]
    return "{\n" + ",\n".join([*members, f' "tests": {tests}']) + "\n}\n"


def read_results(file: Path) -> Results | None:
    """Return the results in *file*, ``None`` if there is no such file.

    :raises ResultsError: if it cannot be read or used.
    """
    try:
        return parse_results(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ResultsError(f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ResultsError("is no text in UTF-8") from None


def parse_results(text: str) -> Results:
    """Return the results that *text* holds.

    :raises ResultsError: if it is no such file.
    """
    try:
        content = json.loads(text)
        wrong = misfit(content, "parity.results")
    except (ValueError, RecursionError):
        raise ResultsError("is no JSON that can be read") from None
    if half_character(text) is not None:
        raise ResultsError(HALF_CHARACTER)
    if not wrong and content.get("schema_version") != 1:
        wrong = "`schema_version` is not 1"
    if wrong:
        raise ResultsError(f"is no file of results: {wrong}")
    return Results(
        commit=content.get("commit"),
        unmatched=content.get("unmatched") or 0,
        tests={
            (test["path"], test["test"]): (test["result"], test.get("detail") or "")
            for test in content.get("tests", ())
        },
    )
