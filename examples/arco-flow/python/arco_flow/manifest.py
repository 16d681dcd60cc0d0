"""The manifest: what a deployment tells the control plane of its one code location."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from arco_flow.assets import Asset

SCHEMA_VERSION = 1


class DuplicateAssetError(ValueError):
    """Two assets have one key."""


def build_manifest(assets: Iterable[Asset]) -> dict[str, Any]:
    """Return the manifest of *assets*, sorted by key.

    :raises DuplicateAssetError: if two of them share a key.
    """
    entries: dict[str, dict[str, Any]] = {}
    for one in assets:
        if one.key in entries:
            raise DuplicateAssetError(one.key)
        partitions = one.partitions.as_manifest() if one.partitions else None
        entries[one.key] = {
            "key": one.key,
            "upstream": sorted(one.upstream),
            "partitions": partitions,
            "metadata": one.metadata,
        }
    body = [entries[key] for key in sorted(entries)]
    return {"schema_version": SCHEMA_VERSION, "assets": body, "digest": _digest(body)}


def _digest(body: list[dict[str, Any]]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
