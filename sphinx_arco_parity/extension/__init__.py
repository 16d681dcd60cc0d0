"""The Sphinx rooms: the way in from markup, and the way out to every builder.

:func:`setup_extension` is the table of contents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sphinx_arco_parity
from sphinx_arco_parity.extension.builders.parity import ParityBuilder, publish
from sphinx_arco_parity.extension.cache.build_cache import keep
from sphinx_arco_parity.extension.cache.page_digests import note_written, save_digests
from sphinx_arco_parity.extension.checking.reporting import (
    on_env_updated,
    stop_before_writing,
)
from sphinx_arco_parity.extension.config import Project, register_options
from sphinx_arco_parity.extension.domain import (
    DATA_VERSION,
    ROLES,
    ParityDomain,
)
from sphinx_arco_parity.extension.locale import register_catalogue
from sphinx_arco_parity.extension.needs import register_needs
from sphinx_arco_parity.extension.nodes import register_nodes
from sphinx_arco_parity.extension.project import parity_domain
from sphinx_arco_parity.extension.showing.html_visitors import (
    add_assets,
    add_static_folder,
)
from sphinx_arco_parity.extension.speed.detached_rows import (
    PutCellsBack,
    is_safe,
    register_late_parking,
)
from sphinx_arco_parity.extension.speed.gc_tuning import release, set_aside
from sphinx_arco_parity.extension.speed.lazy_directives import DIRECTIVES
from sphinx_arco_parity.extension.speed.lazy_transforms import Collect, Show

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup_extension(app: Sphinx) -> ExtensionMetadata:
    """Register everything of the extension with *app*."""
    register_options(app)
    register_catalogue(app)
    register_nodes(app)
    app.add_domain(ParityDomain)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    for name, role in ROLES.items():
        # In std, because there :external: looks for flat roles too.
        app.add_role_to_domain("std", name, role)
    app.add_transform(Collect)
    app.add_transform(PutCellsBack)
    app.add_post_transform(Show)
    app.add_builder(ParityBuilder)
    # After sphinx-needs has read its own configuration (12), before it is merged (500).
    app.connect("config-inited", register_needs, priority=100)
    app.connect("builder-inited", on_builder_inited)
    app.connect("builder-inited", set_aside, priority=900)
    # After the extensions that resolve or add pages on the same event.
    app.connect("env-updated", on_env_updated, priority=800)
    # Once what was read is kept, and before anything is written.
    app.connect("write-started", stop_before_writing, priority=100)
    app.connect("html-page-context", add_assets)
    app.connect("doctree-resolved", note_written)
    app.connect("build-finished", save_digests)
    app.connect("build-finished", publish)
    app.connect("build-finished", keep, priority=900)
    app.connect("build-finished", release)
    return {
        "version": sphinx_arco_parity.__version__,
        "env_version": DATA_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def on_builder_inited(app: Sphinx) -> None:
    """Give the domain what it needs to know of this build."""
    domain = parity_domain(app.env)
    domain.project = Project.of(app.env, app.confdir)
    domain.builder = app.builder
    domain.may_park = is_safe(app)
    register_late_parking(app)
    add_static_folder(app)
