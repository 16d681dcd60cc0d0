"""From what Sphinx knows to an assessment: gathers what :func:`.assess` is given."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.assessment import Assessment, Given, assess
from sphinx_arco_parity.repository.files import Repository

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_arco_parity.extension.domain import ParityDomain
    from sphinx_arco_parity.records import DocumentRecords

_LABEL = "label:"


def judge(app: Sphinx, domain: ParityDomain) -> Assessment:
    """Assess the whole project, and keep the result on *domain* for this build."""
    project = domain.project
    cache = Path(app.doctreedir) / "parity-definitions.json"
    repository = Repository.open(project.root, cache=cache)
    domain.repository = repository
    assessment = assess(
        Given(
            documents=[_with_labels(one, domain) for one in domain.records()],
            settings=project.settings,
            settings_problems=project.problems,
            repository=repository,
            inventories=_inventories(app),
            config_path=project.config_path,
            config_lines=project.config_lines,
            pages=sorted(app.env.found_docs),
        )
    )
    repository.save()
    domain.assessment = assessment
    return assessment


def _with_labels(records: DocumentRecords, domain: ParityDomain) -> DocumentRecords:
    """Put the file of the page in place of each label to which a claim links."""
    if not any(_LABEL in link for one in records.claims for link in one.links):
        return records
    claims = tuple(
        replace(one, links=tuple(_page_of(link, domain) for link in one.links))
        for one in records.claims
    )
    return replace(records, claims=claims)


def _page_of(link: str, domain: ParityDomain) -> str:
    if not link.startswith(_LABEL):
        return link
    label = link.removeprefix(_LABEL)
    labels = getattr(domain.env.get_domain("std"), "anonlabels", {})
    docname = labels.get(label, ("", ""))[0]
    if docname not in domain.env.found_docs:
        return link
    return domain.project.relative(domain.env.doc2path(docname))


def _inventories(app: Sphinx) -> dict[str, frozenset[str] | None]:
    """Return the exceptions of the other projects; ``None`` for what did not load."""
    names = getattr(app.config, "intersphinx_mapping", None) or {}
    if not names or "sphinx.ext.intersphinx" not in app.extensions:
        return {}
    from sphinx.ext.intersphinx import InventoryAdapter  # noqa: PLC0415 - seldom

    loaded = InventoryAdapter(app.env).named_inventory
    return {
        name: frozenset(loaded[name].get("parity:exception", {}))
        if name in loaded
        else None
        for name in names
    }
