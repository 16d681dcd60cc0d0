"""The command ``arco-parity``.

:func:`main` is its entry point.  Each command is a function in a module of its own, which
is imported when the command is asked for: neither ``--help`` nor ``explain`` nor
``schema`` loads Sphinx.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from traceback import format_exc

from sphinx_arco_parity.cli.arguments import parse
from sphinx_arco_parity.cli.console import FAILED, Console, StopError

#: The exit status of what a signal ends, as a shell has it: 128 and its number.
_INTERRUPTED, _BROKEN_PIPE = 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status.

    :param argv: the words after ``arco-parity``; ``None``: those of the process.
    """
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
    except SystemExit as stop:  # argparse has said what is wrong, or has helped
        return int(stop.code or 0)
    console = Console.standard(verbose=arguments.verbose)
    try:
        module = import_module(f"sphinx_arco_parity.cli.{arguments.command}")
        status: int = getattr(module, arguments.command)(arguments, console)
        if not console.out.closed:  # a server closes it
            console.out.flush()
    except StopError as error:
        if arguments.traceback:
            console.say(format_exc())
        console.complain(error)
        return error.status
    except BrokenPipeError:
        # Nobody writes to the pipe again, Python's own flush at its end least.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        console.say("arco-parity: interrupted")
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a defect of ours, whatever it is
        if arguments.traceback:
            console.say(format_exc())
        console.say(f"arco-parity: internal error: {type(error).__name__}: {error}")
        console.say("  help: run it again with `--traceback`, and report what it shows")
        return FAILED
    return status
