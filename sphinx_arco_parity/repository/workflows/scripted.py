"""Published actions that do nothing but run the command that they are given.

Called by :mod:`.steps`.
"""

from __future__ import annotations

from dataclasses import replace

from sphinx_arco_parity.repository.workflows.yaml_nodes import Node
from sphinx_arco_parity.text.words import by_word

#: Action, without version and in lower case, to the input that is a script.
_SCRIPTS = by_word({
    "command": "nick-fields/retry nick-invision/retry wandalen/wretry.action",
    "run": "coactions/setup-xvfb gabrielbb/xvfb-action aganders3/headless-gui",
    "args": "docker://",
})  # fmt: skip
_CARGO = frozenset({"actions-rs/cargo", "clechasseur/rs-cargo", "actions-rs-plus/cargo"})


def script_of_action(step: Node, uses: str) -> Node | None:
    """Return the script that the action of *step* runs, or ``None`` if it runs none."""
    action = uses.partition("@")[0].lower()
    given = step.get("with")
    if given is None:
        return None
    if action in _CARGO:
        return _cargo(given)
    return given.get(_SCRIPTS.get(action, ""))


def _cargo(given: Node) -> Node | None:
    command = given.get("command")
    if command is None:
        return None
    toolchain, arguments = given.text("toolchain"), given.text("args") or ""
    program = "cross" if given.text("use-cross") == "true" else "cargo"
    version = f" +{toolchain}" if toolchain else ""
    text = " ".join(f"{program}{version} {command.raw} {arguments}".split())
    return replace(command, raw=text, literal=False)
