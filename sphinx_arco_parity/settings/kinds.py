"""The kind of a piece of evidence, which its path may decide.

Used by the assessment and by the rules on rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from sphinx_arco_parity.model.fields import cell_of
from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.settings.options import POLICY_KINDS, Settings
from sphinx_arco_parity.text.patterns import matches


def with_kinds(evidence: Iterable[Evidence], settings: Settings) -> tuple[Evidence, ...]:
    """Return *evidence*, in which what lies among the ADRs is of kind ``adr``.

    That holds in whatever column or option it stands.
    """
    globs = tuple(settings.evidence.get(POLICY_KINDS["adr"], ()))
    return tuple(
        replace(piece, kind="adr", written_in=cell_of(piece))
        if _is_given(piece.path, globs)
        else piece
        for piece in evidence
    )


@lru_cache(maxsize=4096)  # most rows cite the files that others cite
def _is_given(path: str, globs: tuple[str, ...]) -> bool:
    clean = path.removeprefix("./").rstrip("/")
    # The folder itself, too, is among what `docs/adr/**` gives.
    return bool(clean) and (matches(clean, globs) or matches(f"{clean}/", globs))
