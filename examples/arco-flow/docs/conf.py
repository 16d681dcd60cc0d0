"""Configuration of the documentation of Arco Flow."""

from __future__ import annotations

project = "Arco Flow"
author = "The Arco Flow authors"
copyright = "The Arco Flow authors"
version = "0.4"
release = "0.4.0"

extensions = ["myst_parser", "sphinx_arco_parity"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Arco Flow"

# What is documented, and what it is compared with.
parity_product = "Arco Flow"
parity_reference = "Dagster OSS"

# The repository is the folder above this one: crates/, python/, .github/.
parity_repository = ".."
# parity_repository_url = "https://example.org/arco-flow/blob/{commit}/{path}#L{line}"

# Plain tables of these pages are declarations, as they stand.
parity_tables = {
    "exceptions": ["audits/*exception*"],
    "matrix": ["parity/*-matrix"],
}

# The canonical evidence policy of audits/arco-flow-exception-planning.md.
parity_evidence = {
    "adr": ["docs/adr/**"],
    "code": ["crates/**", "python/**"],
    "tests": ["crates/**", "python/**"],
    "ci": [".github/workflows/ci.yml"],
    "background": ["docs/plans/**"],
}

# Its review cadence.
parity_milestones = ["M1", "M2", "M3"]
parity_milestone = "M1"
