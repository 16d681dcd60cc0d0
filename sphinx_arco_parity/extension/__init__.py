"""The Sphinx rooms: the way in from markup, and the way out to every builder.

:func:`setup_extension` is the table of contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import sphinx_arco_parity
from sphinx_arco_parity.extension.build import Build
from sphinx_arco_parity.extension.builders.parity import ParityBuilder, publish
from sphinx_arco_parity.extension.cache.build_cache import keep
from sphinx_arco_parity.extension.checking.reporting import on_env_updated, stop_before_writing
from sphinx_arco_parity.extension.config import Project, register_options
from sphinx_arco_parity.extension.domain import ParityDomain, parity_domain
from sphinx_arco_parity.extension.locale import register_catalogue
from sphinx_arco_parity.extension.needs import register_needs
from sphinx_arco_parity.extension.reading.page_files import pages_with_other_files
from sphinx_arco_parity.extension.reading.roles import DOMAIN_ROLES, ROLES, PlaceClaims
from sphinx_arco_parity.extension.showing.html_visitors import (
    add_assets,
    add_static_folder,
    register_beside_others,
    register_nodes,
)
from sphinx_arco_parity.extension.showing.targets import link_to
from sphinx_arco_parity.extension.showing.written_pages import (
    changed_pages,
    note_written,
    save_written,
)
from sphinx_arco_parity.model.directive_names import DOMAIN_NAMES
from sphinx_arco_parity.repository.content_cache import code_version

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.transforms import SphinxTransform
    from sphinx.transforms.post_transforms import SphinxPostTransform
    from sphinx.util.docutils import SphinxDirective
    from sphinx.util.typing import ExtensionMetadata

    from sphinx_arco_parity.extension.build import Judgement


def setup_extension(app: Sphinx) -> ExtensionMetadata:
    """Register everything of the extension with *app*."""
    register_options(app)
    register_catalogue(app)
    register_nodes(app)
    app.add_domain(ParityDomain)
    register_markup(app)
    app.add_transform(PlaceClaims)
    app.add_builder(ParityBuilder)
    # After sphinx-needs has read its own configuration (12), before it is merged (500).
    app.connect("config-inited", register_needs, priority=100)
    app.connect("builder-inited", begin_build)
    app.connect("builder-inited", register_beside_others)
    app.connect("env-get-outdated", pages_with_other_files)
    # After the extensions that resolve or add pages on the same event.
    app.connect("env-updated", on_env_updated, priority=800)
    app.connect("env-updated", changed_pages, priority=801)
    # Once what was read is kept, and before anything is written.
    app.connect("write-started", stop_before_writing, priority=100)
    app.connect("html-page-context", add_assets)
    app.connect("doctree-resolved", note_written)
    app.connect("build-finished", save_written)
    app.connect("build-finished", publish)
    app.connect("build-finished", keep, priority=900)
    return {
        "version": sphinx_arco_parity.__version__,
        "env_version": code_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def register_markup(app: Sphinx) -> None:
    """Register directives, roles and the transforms that read and show them.

    With ``parity_speedups`` they are stand-ins, which bring the real ones with the first
    that is used.
    """
    # Late: each of the two ways brings modules that the other does without.
    directives: Mapping[str, type[SphinxDirective]]
    collect: type[SphinxTransform]
    show: type[SphinxPostTransform]
    if app.config.parity_speedups:
        from sphinx_arco_parity.extension.speed import stand_ins  # noqa: PLC0415

        stand_ins.register_speedups(app)
        directives, collect, show = stand_ins.DIRECTIVES, stand_ins.Collect, stand_ins.Show
    else:
        from sphinx_arco_parity.extension.reading import collect as reading  # noqa: PLC0415
        from sphinx_arco_parity.extension.reading import view_directives  # noqa: PLC0415
        from sphinx_arco_parity.extension.showing import transforms  # noqa: PLC0415

        directives = view_directives.ALL_DIRECTIVES
        collect, show = reading.CollectRecords, transforms.ShowParity
    for flat, directive in directives.items():
        app.add_directive(flat, directive)
    for short, flat in DOMAIN_NAMES.items():
        app.add_directive_to_domain("parity", short, directives[flat])
    for name, role in ROLES.items():
        # In std, because there :external: looks for flat roles too.
        app.add_role_to_domain("std", name, role)
    for name, role in DOMAIN_ROLES.items():
        app.add_role_to_domain("parity", name, role)
    app.add_transform(collect)
    app.add_post_transform(show)


def begin_build(app: Sphinx) -> None:
    """Make the build, now that its builder is there; for ``builder-inited``."""
    project = Project.of(app.env, app.confdir)
    parity_domain(app.env).begin(Build(app, project, _judge, link_to))
    add_static_folder(app)


def _judge(build: Build) -> Judgement:
    # Late: brings all rules and readers of the repository with it.
    from sphinx_arco_parity.extension.checking.judging import judge  # noqa: PLC0415

    return judge(build)
