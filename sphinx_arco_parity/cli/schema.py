"""``arco-parity schema``: the JSON Schema of ``parity.json``, of the lock, or of results."""

from __future__ import annotations

from argparse import Namespace

from sphinx_arco_parity.cli.console import DONE, Console, WrongUsageError
from sphinx_arco_parity.schemas import NAMES, schema_text


def schema(arguments: Namespace, console: Console) -> int:
    """Print the schema; return the exit status."""
    wanted = arguments.name.removesuffix(".json").removesuffix(".schema")
    name = f"parity.{wanted}" if wanted in {"lock", "results"} else wanted
    if name not in NAMES:
        raise WrongUsageError(
            f"there is no schema `{arguments.name}`",
            help_text="`arco-parity schema` is that of parity.json, `arco-parity schema "
            "lock` that of parity.lock.json, `arco-parity schema results` that of "
            "parity.results.json",
        )
    console.write(schema_text(name))
    return DONE
