"""Workflows of GitHub Actions: their jobs, commands, and whether they gate.

:func:`read_workflow` reads one, :mod:`.matching` finds a quoted command in it.
"""

from __future__ import annotations

from sphinx_arco_parity.repository.workflows.model import CiCommand, Job, Step, Workflow
from sphinx_arco_parity.repository.workflows.reader import (
    is_workflow,
    read_workflow,
    workflow_paths,
)
from sphinx_arco_parity.repository.workflows.yaml_nodes import WorkflowError

__all__ = [
    "CiCommand", "Job", "Step", "Workflow", "WorkflowError", "is_workflow", "read_workflow",
    "workflow_paths",
]  # fmt: skip
