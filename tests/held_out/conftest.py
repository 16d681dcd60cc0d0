"""The repositories in this folder are checked, not run."""

from __future__ import annotations

collect_ignore_glob = ["repositories/*"]
