"""What other projects declare, as intersphinx has loaded it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.build import Build


def exception_inventories(build: Build) -> dict[str, dict[str, str] | None]:
    """Return the exceptions of each other project, with their addresses.

    ``None`` for an inventory that did not load.
    """
    names = getattr(build.app.config, "intersphinx_mapping", None) or {}
    if not names or "sphinx.ext.intersphinx" not in build.app.extensions:
        return {}
    from sphinx.ext.intersphinx import InventoryAdapter  # noqa: PLC0415 - seldom

    loaded = InventoryAdapter(build.env).named_inventory
    return {
        name: {
            identifier: address_of(entry)
            for identifier, entry in loaded[name].get("parity:exception", {}).items()
        }
        if name in loaded
        else None
        for name in sorted(names)
    }


def address_of(entry: object) -> str:
    """Return the address of an entry of an inventory; Sphinx before 8.2 has tuples."""
    return str(entry.uri if hasattr(entry, "uri") else entry[2])  # type: ignore[index]
