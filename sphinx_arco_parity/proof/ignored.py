"""Takes back ``test-disabled`` where CI runs ignored tests on purpose.

``#[ignore]`` keeps a Rust test from running unless it is asked for: a declaration whose
command, found in CI, has ``--ignored`` or ``--include-ignored`` asks for it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_arco_parity.model.records import Evidence, Verdict

_ASKED = re.compile(r"(?<!\S)(?:--ignored|--include-ignored|--run-ignored)\b")


def run_all_the_same(
    evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> list[Verdict]:
    """Return *verdicts*, in which ignored tests that CI asks for are verified."""
    asked = any(
        one.command is not None
        and _ASKED.search(one.command)
        and verdict.name in {"verified", "unknown"}
        for one, verdict in zip(evidence, verdicts, strict=True)
    )
    if not asked:
        return list(verdicts)
    return [
        replace(
            one,
            name="verified",
            rule=None,
            help="",
            detail=f"{one.detail} unless it is asked for, as the command does",
        )
        if one.name == "disabled" and "#[ignore" in one.detail
        else one
        for one in verdicts
    ]
