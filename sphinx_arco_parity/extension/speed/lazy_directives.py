"""Stand-ins for our directives, which bring the real ones with the first that is used.

A build that reads no page of ours would pay for their modules, some 30 ms, and most
builds read none: it is a third of what Sphinx takes to look at a project of a few pages
in which nothing has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.docutils import SphinxDirective

from sphinx_arco_parity.model.directive_names import DOMAIN_NAMES

if TYPE_CHECKING:
    from docutils import nodes


class LateDirective(SphinxDirective):
    """Takes what every directive of ours takes, and hands it to the real one."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    # No option_spec: see option_block.
    shape_name = ""

    def run(self) -> list[nodes.Node]:
        """Return the nodes; called by the page's parser."""
        from sphinx_arco_parity.extension.reading.view_directives import (  # noqa: PLC0415 - late
            ALL_DIRECTIVES,
        )

        real = ALL_DIRECTIVES[self.shape_name](
            self.name,
            self.arguments,
            self.options,
            self.content,
            self.lineno,
            self.content_offset,
            self.block_text,
            self.state,
            self.state_machine,
        )
        return real.run()


#: Every directive by its flat name.
DIRECTIVES: dict[str, type[LateDirective]] = {
    flat: type("LateDirective", (LateDirective,), {"shape_name": flat})
    for flat in DOMAIN_NAMES.values()
}
