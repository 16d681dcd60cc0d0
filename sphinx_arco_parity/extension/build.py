"""One build: the project, its repository and what is found, held by the domain.

Made when the builder is there (:func:`.begin_build`), and reached by :func:`build_of`.
What the rooms above make once a build, such as the models of pages, hangs on it as a
:meth:`Build.part`, so that nothing here knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from sphinx.util.tags import Tags

from sphinx_arco_parity.extension.domain import parity_domain
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import Adr, Condition
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.reading import FileState

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    # Late: they bring all rules with them, which no build needs where nothing has changed.
    from sphinx_arco_parity.assessment.assess import Assessment
    from sphinx_arco_parity.extension.config import Project
    from sphinx_arco_parity.extension.domain import Link, ObjectEntry, ParityDomain
    from sphinx_arco_parity.review.history import History
    from sphinx_arco_parity.rules.context import Proven


P = TypeVar("P")


class Judgement(NamedTuple):
    """What judging a project gives."""

    assessment: Assessment
    history: History | None
    """Since when each row has its status, if the file for it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build found, judged now or known from the last build."""

    findings: tuple[Finding, ...]
    """Errors and warnings."""
    objects: tuple[ObjectEntry, ...]
    """The entries of ``objects.inv``."""


class EarlierProofs(NamedTuple):
    """What was proven the last time that this process has judged, and what it rests on."""

    proofs: tuple[Proven, ...]
    pages: Mapping[str, str]
    """The digest of the records of each page."""
    contents: Mapping[str, FileState]
    """The files of the repository that were looked at."""
    listing: tuple[object, ...]


class Build:
    """What belongs to one build, and to nothing that outlives it.

    :param judge: what assesses the project, of the rooms above.
    :param link: what makes a link to a declaration, of the rooms above.
    """

    def __init__(
        self,
        app: Sphinx,
        project: Project,
        judge: Callable[[Build], Judgement],
        link: Callable[..., nodes.reference | None],
    ) -> None:
        self.app = app
        self.env: BuildEnvironment = app.env
        self.builder: Builder = app.builder
        self.project = project
        self.domain: ParityDomain = parity_domain(app.env)
        self.labels: set[str] = set()
        """The labels to which claims link, as far as they were looked up."""
        self.stopping = False
        """Whether nothing may be written."""
        self.unwritten = False
        """Whether a file could not be written."""
        self._judge = judge
        self.link_to: Link = partial(link, self)
        self._repository: Repository | None = None
        self._judgement: Judgement | None = None
        self._outcome: Outcome | None = None
        self._parts: dict[object, object] = {}
        self.earlier: EarlierProofs | None = None
        """Set by :meth:`note_proofs`; an editor builds again and again."""

    # --- from reading to checking -------------------------------------------------

    @property
    def is_read(self) -> bool:
        """Whether all pages are read, so that the project can be judged."""
        return self._repository is not None

    def begin_checking(self, repository: Repository) -> None:
        """Take over the *repository* that is checked; all pages are read."""
        self.forget()
        self._repository = repository
        self.unwritten = False
        self.labels = set()

    def forget(self) -> None:
        """Drop what is derived, because a page is read again or gone."""
        self._repository = self._judgement = self._outcome = None
        self._parts = {}

    def holds(self, condition: Condition) -> bool:
        """Tell whether this build has the part of a page that *condition* is about.

        Asked as Sphinx asks it; what it cannot answer, it keeps.  A build without pages,
        such as the check of the command line, is asked as one of HTML is.
        """
        names = {value.name: value.value for value in self.app.config}
        names.update(self.app.config.__dict__, builder=self.builder.name)
        try:
            if condition.kind == "only":
                pages = () if self.builder.format else ("html", "format_html", "builder_html")
                return Tags([*self.builder.tags, *pages]).eval_condition(condition.expression)
            return bool(eval(condition.expression, names))  # noqa: S307 - conf.py's own, as Sphinx does
        except Exception:  # noqa: BLE001 - whatever the expression raises; Sphinx says it
            return True

    @property
    def repository(self) -> Repository:
        """The checked repository, opened for this build.

        :raises RuntimeError: if pages are still being read.
        """
        if self._repository is None:
            message = "the parity of the project is judged once all pages are read"
            raise RuntimeError(message)
        return self._repository

    def commit(self) -> str | None:
        """Return the commit that is built, if git knows it."""
        return self._repository.commit() if self._repository else None

    # --- what is found ------------------------------------------------------------

    @property
    def is_judged(self) -> bool:
        """Whether the project was judged in this build."""
        return self._judgement is not None

    @property
    def assessment(self) -> Assessment:
        """The assessment, made when it is first asked for; raises as `repository`."""
        return self._judged().assessment

    @property
    def history(self) -> History | None:
        """Since when each row has its status; raises as `repository`."""
        return self._judged().history

    def _judged(self) -> Judgement:
        if self._judgement is None:
            _ = self.repository
            self._judgement = self._judge(self)
        return self._judgement

    def note_proofs(self, earlier: EarlierProofs | None) -> None:
        """Keep what is proven for the next time that is judged."""
        self.earlier = earlier

    def note_outcome(self, outcome: Outcome) -> None:
        """Take over what is found."""
        self._outcome = outcome

    def stop_before_writing(self) -> None:
        """Have nothing written in this build."""
        self.stopping = True

    def note_unwritten(self) -> None:
        """Note that a file could not be written."""
        self.unwritten = True

    # --- what others ask ------------------------------------------------------------

    def objects(self) -> Iterable[ObjectEntry]:
        """Return the entries of ``objects.inv``."""
        return self._objects() if self._outcome is None else self._outcome.objects

    def _objects(self) -> Iterator[ObjectEntry]:
        register = self.assessment.register
        for (kind, name), (docname, anchor) in register.anchors.items():
            yield (name, name, kind, docname, anchor, 1)
        seen: set[str] = set()
        for adr in register.adrs:
            docname = self.page_of(adr)
            if docname and adr.number not in seen:
                seen.add(adr.number)
                yield (adr.number, adr.number, "adr", docname, "", 1)

    def page_of(self, adr: Adr) -> str:
        """Return the page that shows *adr*, or nothing if none does."""
        docname = self.env.path2doc(self.project.absolute(adr.path))
        return docname if docname in self.env.found_docs else ""

    def page_of_label(self, label: str) -> str:
        """Return the page on which *label* stands, or nothing; the label is noted."""
        self.labels.add(label)
        return self.label_page(label)

    def label_page(self, label: str) -> str:
        """Return the page on which *label* stands, or nothing."""
        labels = getattr(self.env.get_domain("std"), "anonlabels", {})
        return str(labels.get(label, ("", ""))[0])

    def part(self, make: Callable[[Build], P]) -> P:
        """Return what *make* makes of this build: once, until pages are read again."""
        if make not in self._parts:
            self._parts[make] = make(self)
        return cast("P", self._parts[make])


def build_of(env: BuildEnvironment) -> Build:
    """Return the build in which *env* is read or written."""
    build = parity_domain(env).build
    assert isinstance(build, Build)  # noqa: S101 - made before any page is read
    return build


def exception_inventories(build: Build) -> dict[str, dict[str, str] | None]:
    """Return the exceptions of each other project, with their addresses.

    ``None`` for an inventory that did not load.
    """
    names = getattr(build.app.config, "intersphinx_mapping", None) or {}
    if not names or "sphinx.ext.intersphinx" not in build.app.extensions:
        return {}
    from sphinx.ext.intersphinx import InventoryAdapter  # noqa: PLC0415 - seldom

    loaded = InventoryAdapter(build.env).named_inventory
    return {
        name: {
            identifier: address_of(entry)
            for identifier, entry in loaded[name].get("parity:exception", {}).items()
        }
        if name in loaded
        else None
        for name in sorted(names)
    }


def address_of(entry: object) -> str:
    """Return the address of an entry of an inventory; Sphinx before 8.2 has tuples."""
    return str(entry.uri if hasattr(entry, "uri") else entry[2])  # type: ignore[index]
