"""The JSON Schemas of the files that this project publishes, and how to read them.

``arco-parity schema`` prints them; tests hold the exports to them.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

#: What has a schema: the export and the file of the last review.
NAMES = ("parity", "parity.lock")


def schema_text(name: str = "parity") -> str:
    """Return the schema of *name*, one of :data:`NAMES`, as it is shipped.

    :raises KeyError: for another name.
    """
    if name not in NAMES:
        raise KeyError(name)
    return (files(__name__) / f"{name}.schema.json").read_text(encoding="utf-8")


def schema(name: str = "parity") -> dict[str, Any]:
    """Return the schema of *name*, one of :data:`NAMES`.

    :raises KeyError: for another name.
    """
    content: dict[str, Any] = json.loads(schema_text(name))
    return content
