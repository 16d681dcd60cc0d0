"""The domain ``parity``: the store, keyed by page, and its links.

The store holds plain bytes for each page, so that a build in which nothing changed does
not pay for the records; whatever is derived is made again when it is asked for.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, cast

from sphinx.domains import Domain, ObjType

from sphinx_arco_parity.model.records import Condition, DocumentRecords

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

#: Bumped whenever what is stored for a page changes its form.
DATA_VERSION = 5

#: Name, displayed name, type, page, anchor and priority, as ``objects.inv`` has them.
ObjectEntry = tuple[str, str, str, str, str, int]


#: From the page, kind and name to a link around the nodes, ``None`` if nothing is so called.
Link = Callable[["Builder", str, str, str, "Sequence[nodes.Node]"], "nodes.reference | None"]


class CurrentBuild(Protocol):
    """What the domain asks of the build that is going on."""

    def forget(self) -> None:
        """Drop what is derived from the records."""

    def holds(self, condition: Condition) -> bool:
        """Tell whether this build has the part of a page that *condition* is about."""

    def objects(self) -> Iterable[ObjectEntry]:
        """Return the entries of ``objects.inv``."""

    @property
    def link_to(self) -> Link:
        """What makes a link to a declaration."""


class ParityDomain(Domain):
    """Exceptions, rows, claims and ADRs."""

    name = "parity"
    label = "Parity"
    data_version = DATA_VERSION
    # By page: digest and pickled records, files that it reads, parts not in every build.
    initial_data = {"documents": {}, "files": {}, "conditions": {}}
    object_types = {
        "exception": ObjType("parity exception", "exception"),
        "row": ObjType("parity row", "row"),
        "claim": ObjType("parity claim", "claim-ref"),
        "adr": ObjType("architecture decision record", "adr"),
    }

    build: CurrentBuild | None = None
    """Set when the builder is there."""
    _unpickled: Mapping[str, tuple[str, DocumentRecords]] = MappingProxyType({})
    """The records of each page as they were asked for last, with their digest."""

    def begin(self, build: CurrentBuild) -> None:
        """Take over the *build* that begins."""
        self.build = build

    def _forget(self) -> None:
        if self.build is not None:
            self.build.forget()

    @property
    def documents(self) -> dict[str, tuple[str, bytes]]:
        """The name of a page to the digest and the bytes of its records."""
        documents: dict[str, tuple[str, bytes]] = self.data["documents"]
        return documents

    def note_records(self, records: DocumentRecords) -> None:
        """Keep what a page declares; called once for each page that is read."""
        bare = DocumentRecords(
            docname=records.docname, path=records.path, conditions=records.conditions
        )
        if records == bare:
            return
        digest = blake2b(repr(records).encode(errors="replace"), digest_size=16)
        self.documents[records.docname] = (digest.hexdigest(), pickle.dumps(records))
        if records.conditions:
            self.data["conditions"][records.docname] = records.conditions
        self._forget()

    @property
    def files(self) -> dict[str, dict[str, str]]:
        """The name of a page to the files that it reads, each with its state.

        Paths are relative to the sources; see :func:`.state_of`.
        """
        files: dict[str, dict[str, str]] = self.data["files"]
        return files

    def note_file(self, docname: str, path: str, state: str) -> None:
        """Note that page *docname* has read the file *path*, there or not."""
        self.files.setdefault(docname, {})[path] = state

    def records(self) -> Iterator[DocumentRecords]:
        """Yield the records of each page, sorted by its name."""
        known, self._unpickled = self._unpickled, {}
        for docname, (digest, pickled) in sorted(self.documents.items()):
            before, records = known.get(docname, ("", None))
            if records is None or before != digest:
                records = cast("DocumentRecords", pickle.loads(pickled))  # noqa: S301
            self._unpickled[docname] = (digest, records)
            yield records if self.build is None else records.where(self.build.holds)

    def conditions(self) -> Iterator[tuple[str, list[bool]]]:
        """Yield which parts of each page, that not every build has, this one has."""
        for docname, found in sorted(self.data["conditions"].items()):
            if self.build is not None:
                yield docname, [self.build.holds(condition) for condition in found]

    def clear_doc(self, docname: str) -> None:
        """Forget a page; called before it is read again or when it is gone."""
        self.documents.pop(docname, None)
        self.files.pop(docname, None)
        self.data["conditions"].pop(docname, None)
        self._forget()

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that a worker has read."""
        for docname in docnames:
            for name in ("documents", "files", "conditions"):
                if docname in otherdata[name]:
                    self.data[name][docname] = otherdata[name][docname]
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
        del env
        if self.build is None:
            return None
        children = [contnode.deepcopy()]
        return self.build.link_to(builder, fromdocname, typ, target, children)

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
            link = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
            if link is not None:
                found.append((f"parity:{kind}", link))
        return found

    def get_objects(self) -> Iterable[ObjectEntry]:
        """Yield what other projects may cite, for ``objects.inv``."""
        return self.build.objects() if self.build is not None else ()


def parity_domain(env: BuildEnvironment) -> ParityDomain:
    """Return our domain."""
    return cast("ParityDomain", env.get_domain("parity"))
