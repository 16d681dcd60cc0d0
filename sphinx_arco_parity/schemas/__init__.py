"""The JSON Schemas of the files that this project publishes, and how to read them.

``arco-parity schema`` prints them; what is read of other repositories is held to them, and
by tests the exports.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict,
          "null": type(None)}  # fmt: skip

#: What has a schema: the export, the file of the last review, and that of results.
NAMES = ("parity", "parity.lock", "parity.results")


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


def misfit(value: Any, name: str = "parity") -> str:
    """Return which member of *value* does not hold to the schema of *name*, or nothing.

    Members of another version are none that are wrong: one that the schema does not know, and
    one that is missing and may be empty.
    """
    known = schema(name)
    return _misfit(value, known, known.get("$defs", {}), "it").replace("`it` ", "it ", 1)


def _misfit(value: Any, rules: dict[str, Any], known: dict[str, Any], where: str) -> str:
    if "$ref" in rules:
        rules = {**known[rules["$ref"].rpartition("/")[2]], **rules}
    types = rules.get("type", list(_TYPES))
    types = [types] if isinstance(types, str) else types
    if not any(type(value) is _TYPES[kind] for kind in types):
        return f"`{where}` is no {' or '.join(types)}"
    if value not in rules.get("enum", [value]):
        return f"`{where}` is none of {', '.join(map(str, rules['enum']))}"
    if isinstance(value, str) and not _is_text(value, rules):
        return f"`{where}` is no text of its kind"
    if isinstance(value, int) and value < rules.get("minimum", value):
        return f"`{where}` is less than {rules['minimum']}"
    found = (_misfit(part, own, known, at) for part, own, at in _parts(value, rules, where) if own)
    return next(filter(None, found), "")


def _is_text(value: str, rules: dict[str, Any]) -> bool:
    return bool(re.search(rules.get("pattern", ""), value)) and len(value) >= rules.get(
        "minLength", 0
    )


def _parts(
    value: Any, rules: dict[str, Any], where: str
) -> Iterator[tuple[Any, dict[str, Any], str]]:
    """Give the members of *value* with their rules and names."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield part, rules.get("items", {}), f"{where}[{index}]"
    elif isinstance(value, dict):
        named = rules.get("properties", {})
        needed = [n for n in rules.get("required", ()) if named[n].get("type") == "string"]
        for name in [*value, *(n for n in needed if n not in value)]:
            own = named.get(name, rules.get("additionalProperties") or {})
            yield value.get(name), own, name if where == "it" else f"{where}.{name}"
