"""Why Sphinx failed, in a line for people instead of a traceback."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from sphinx.errors import ConfigError, ExtensionError, SphinxError

_OF_MACHINE = {
    getattr(errno, name)
    for name in ("ENOSPC", "EDQUOT", "EFBIG", "EIO", "ENOMEM", "EMFILE", "ENFILE")
    if hasattr(errno, name)
}
_SEE_MORE = "run it again with `--traceback` to see where"
_HANDLER = re.compile(
    r"Handler <(?:bound method |function )?(?P<name>[\w.]++)[^>]{0,400}+>++ for event "
    r"(?P<event>'[\w-]+') threw an exception(?: \(exception: .*\)$)?"
)
_FILE = re.compile(r'File "(?P<path>[^"\n]+)", line (?P<line>\d+)')


def reason_of(error: BaseException, docs: Path) -> tuple[str, str]:
    """Return what is wrong and what to do about it.

    :param error: what a run of Sphinx raised.
    :param docs: the folder of ``conf.py``.
    """
    if isinstance(error, SystemExit):
        return f"Sphinx gave up with exit status {error.code}", _SEE_MORE
    if isinstance(error, ConfigError):
        return _of_configuration(str(error), docs)
    if isinstance(error, ExtensionError):
        return _of_extension(error)
    if isinstance(error, SphinxError):
        return f"{error.category}: {_one_line(str(error))}", ""
    if isinstance(error, RecursionError):
        return "Sphinx gave up: a page is nested too deeply", _SEE_MORE
    return f"Sphinx failed: {type(error).__name__}: {_one_line(str(error))}", _SEE_MORE


def is_of_machine(error: BaseException | None) -> bool:
    """Tell whether *error*, or what it was raised for, is of the disk or the memory."""
    while error is not None:
        if isinstance(error, MemoryError) or getattr(error, "errno", None) in _OF_MACHINE:
            return True
        error = getattr(error, "orig_exc", None) or error.__cause__ or error.__context__
    return False


def _of_configuration(text: str, docs: Path) -> tuple[str, str]:
    """Reduce a traceback inside *text* to its last line and the line of ``conf.py``."""
    conf = docs / "conf.py"
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if "Traceback" not in text:
        return f"{conf}: {_one_line(text)}", ""
    places = [m for m in _FILE.finditer(text) if m["path"] == str(conf)]
    line = f":{places[-1]['line']}" if places else ""
    return f"{conf}{line}: {lines[-1]}", "correct the configuration of Sphinx"


def _of_extension(error: BaseException) -> tuple[str, str]:
    original = getattr(error, "orig_exc", None)
    text = _one_line(str(getattr(error, "message", "") or error))
    text = _HANDLER.sub(r"\g<name> failed on the event \g<event>", text)
    if isinstance(original, ImportError):
        return (
            f"{text}: {_one_line(str(original))}",
            "install what `extensions` in conf.py names beside arco-parity",
        )
    if original is not None and str(original) not in text:
        text += f": {type(original).__name__}: {_one_line(str(original))}"
    return text, _SEE_MORE


def _one_line(text: str) -> str:
    return " ".join(text.split())
