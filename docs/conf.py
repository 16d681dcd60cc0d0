"""Configuration of the documentation, which its own extension checks."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

from sphinx_arco_parity import __version__

project = "sphinx-arco-parity"
author = "The sphinx-arco-parity authors"
copyright = author  # noqa: A001 - Sphinx's name for it
release = __version__

extensions = [
    "myst_parser",
    "sphinx_needs",
    "sphinx_arco_parity",
    "reference_tables",
    "example_site",
    "llms_txt",
]
exclude_patterns = ["_build", "_ext"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "sphinx-arco-parity"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
latex_engine = "xelatex"  # for the marks and arrows

# What this site declares of its own project.
parity_reference = "sphinx-needs"
parity_repository = ".."
parity_tables = {"exceptions": ["parity/exceptions"], "matrix": ["parity/matrix"]}
parity_evidence = {
    "adr": ["docs/adr/**"],
    "code": ["sphinx_arco_parity/**"],
    "tests": ["tests/**"],
    "ci": [".github/workflows/ci.yml"],
}
parity_milestones = ["v0.1", "v0.2", "v1.0"]
parity_milestone = "v0.1"
parity_review_scope = "linked"
parity_prose = True
parity_prose_pages = [
    "**",
    "!tutorial",
    "!how-to/**",
    "!reference/prose",
    "!reference/rules/**",
]
