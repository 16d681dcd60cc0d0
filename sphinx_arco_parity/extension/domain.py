"""The domain ``parity``: the store, keyed by page, and its links.

The store holds plain bytes for each page, so that a build in which nothing changed does
not pay for the records; whatever is derived is made again when it is asked for.
"""

from __future__ import annotations

import pickle
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sphinx.domains import Domain, ObjType

from sphinx_arco_parity.extension.reading.roles import ClaimRole, DeclarationRole
from sphinx_arco_parity.extension.speed.lazy_directives import DIRECTIVES
from sphinx_arco_parity.model.directive_names import DOMAIN_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.assessment.assess import Assessment
    from sphinx_arco_parity.extension.cache.build_cache import Remembered
    from sphinx_arco_parity.extension.config import Project
    from sphinx_arco_parity.extension.showing.page_models import Pages
    from sphinx_arco_parity.model.records import DocumentRecords
    from sphinx_arco_parity.repository.files import Repository
    from sphinx_arco_parity.review.history import History

#: Bumped whenever what is stored for a page changes its form.
DATA_VERSION = 3

#: Every role by its flat name.
ROLES = {
    "exception": DeclarationRole("exception"),
    "adr": DeclarationRole("adr"),
    "parity-row": DeclarationRole("row"),
    "parity-claim": ClaimRole(),
}


class ParityDomain(Domain):
    """Exceptions, rows, claims and ADRs."""

    name = "parity"
    label = "Parity"
    data_version = DATA_VERSION
    initial_data = {"documents": {}}  # page to (digest, pickled records)
    object_types = {
        "exception": ObjType("parity exception", "exception"),
        "row": ObjType("parity row", "row"),
        "claim": ObjType("parity claim", "claim-ref"),
        "adr": ObjType("architecture decision record", "adr"),
    }
    directives = {short: DIRECTIVES[flat] for short, flat in DOMAIN_NAMES.items()}
    roles = {
        "exception": DeclarationRole("exception"),
        "adr": DeclarationRole("adr"),
        "row": DeclarationRole("row"),
        "claim": ClaimRole(),
    }

    project: Project
    """Set for each build when the builder is there."""
    assessment: Assessment | None = None
    """Of this build; made when it is asked for, once all pages are read."""
    judge: Callable[[], Assessment] | None = None
    """What makes it; ``None`` while pages are being read."""
    last: Remembered | None = None
    """What is found in this build, judged now or remembered."""
    labels: set[str]
    """The labels to which claims link, as far as they were looked up."""
    repository: Repository | None = None
    """Opened for this build by whoever judges it."""
    unwritten: bool = False
    """Whether a file of this build could not be written."""
    history: History | None = None
    """Since when each row has its status, if the file for it is there."""
    builder: Builder
    """The builder of this build."""
    need_targets: dict[tuple[str, str], str]
    """Page and anchor to the id by which sphinx-needs links there; empty without it."""
    may_park: bool = False
    """Whether cells may be taken out of the way while a page is read."""
    stopping: bool = False
    """Nothing may be written in this build."""
    digests: dict[str, str]
    """Page to digest of what it shows, in this build."""
    written: set[str]
    """The pages that were resolved for writing in this build."""
    freed: int = 0
    """How many they were when written pages were last freed; see :mod:`.gc_tuning`."""
    _pages: Pages | None = None

    def pages(self) -> Pages:
        """Return what each page shows in this build."""
        from sphinx_arco_parity.extension.showing.page_models import Pages  # noqa: PLC0415 - late

        if self._pages is None:
            self._pages = Pages(self)
        return self._pages

    def judged(self) -> Assessment:
        """Return the assessment of this build.

        :raises RuntimeError: if pages are still being read.
        """
        if self.judge is None:
            message = "the parity of the project is judged once all pages are read"
            raise RuntimeError(message)
        if self.assessment is None:
            self.assessment = self.judge()
        return self.assessment

    def begin(self, judge: Callable[[], Assessment], repository: Repository) -> None:
        """Take over what judges this build; all pages are read."""
        self.judge = judge
        self.repository = repository
        self.assessment = self.last = self._pages = None
        self.unwritten = False
        self.labels = set()

    def _forget(self) -> None:
        """Drop what is derived, because a page is read again or gone."""
        self.assessment = self.last = self.judge = self._pages = None

    def commit(self) -> str | None:
        """Return the commit that is built, if git knows it."""
        return self.repository.commit() if self.repository else None

    @property
    def documents(self) -> dict[str, tuple[str, bytes]]:
        """The name of a page to the digest and the bytes of its records."""
        documents: dict[str, tuple[str, bytes]] = self.data["documents"]
        return documents

    def note_records(self, records: DocumentRecords) -> None:
        """Keep what a page declares; called once for each page that is read."""
        if not is_worth_keeping(records):
            return
        digest = blake2b(repr(records).encode(errors="replace"), digest_size=16)
        self.documents[records.docname] = (digest.hexdigest(), pickle.dumps(records))
        self._forget()

    def records(self) -> Iterator[DocumentRecords]:
        """Yield the records of each page, sorted by its name."""
        for docname in sorted(self.documents):
            records: DocumentRecords = pickle.loads(self.documents[docname][1])  # noqa: S301
            yield records

    def clear_doc(self, docname: str) -> None:
        """Forget a page; called before it is read again or when it is gone."""
        self.documents.pop(docname, None)
        self._forget()

    def merge_domaindata(
        self, docnames: AbstractSet[str], otherdata: dict[str, Any]
    ) -> None:
        """Take over the pages that a worker has read."""
        for docname in docnames:
            if docname in otherdata["documents"]:
                self.documents[docname] = otherdata["documents"][docname]
        self._forget()

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Return a link to a declaration, or ``None`` if there is none of that name."""
        from sphinx_arco_parity.extension.showing.targets import link_to  # noqa: PLC0415

        del env
        return link_to(self, builder, fromdocname, typ, target, [contnode.deepcopy()])

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Return the links that ``:any:`` may mean."""
        found = []
        for kind in ("exception", "row", "claim", "adr"):
            link = self.resolve_xref(
                env, fromdocname, builder, kind, target, node, contnode
            )
            if link is not None:
                found.append((f"parity:{kind}", link))
        return found

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield what other projects may cite, for ``objects.inv``."""
        return self.last.objects if self.last is not None else self.inventory()

    def inventory(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield the same from the declarations of this build."""
        from sphinx_arco_parity.extension.showing.targets import inventory  # noqa: PLC0415

        return inventory(self)


def is_worth_keeping(records: DocumentRecords) -> bool:
    """Tell whether a page has anything of ours."""
    return any(
        (
            records.exceptions,
            records.rows,
            records.claims,
            records.mentions,
            records.prose,
            records.problems,
            records.views,
            records.tables,
        )
    )
