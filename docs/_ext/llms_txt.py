"""Writes ``llms.txt`` beside the pages: every page with its title and first sentence.

In the form of https://llmstxt.org.  Loaded by ``conf.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

_LONGEST = 200


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the file; for ``build-finished``."""
    if exception is None and app.builder.format == "html":
        text = "\n".join(_lines(app)) + "\n"
        (Path(app.outdir) / "llms.txt").write_text(text, encoding="utf-8")


def _lines(app: Sphinx) -> list[str]:
    env = app.env
    root = app.config.root_doc
    lines = [f"# {app.config.project}", "", f"> {_first_sentence(env, root)}", ""]
    lines += ["## Pages", ""]
    for page in sorted(env.all_docs):
        title = env.titles[page].astext() if page in env.titles else page
        address = f"{app.config.html_baseurl}{app.builder.get_target_uri(page)}"
        lines.append(f"- [{title}]({address}): {_first_sentence(env, page)}")
    return [
        *lines,
        "",
        "## Data",
        "",
        "- [parity.json](parity.json): this site's parity declarations, with verdicts and findings",
    ]


def _first_sentence(env: BuildEnvironment, page: str) -> str:
    for paragraph in env.get_doctree(page).findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            words = " ".join(paragraph.astext().split())
            if words.startswith("Status:"):  # of an ADR
                continue
            first = words.split(". ")[0].rstrip(".:") + "."
            return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…"
    return ""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect with *app*."""
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
