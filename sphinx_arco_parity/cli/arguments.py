"""The words of the command line: every command with its options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from typing import NoReturn

import sphinx_arco_parity
from sphinx_arco_parity.text.visible import visible

#: As :data:`.exports.registry.FORMATS`, which would be slow to import for a help page.
FORMATS = ("text", "json", "github", "sarif", "junit", "gitlab", "markdown")

_EXIT = """\
exit status: 0 no errors, 1 findings, 2 wrong usage, 3 the check could not run
"""
_DOCS = "the folder of conf.py, or of what is read without one (default: found from here)"


class _Parser(argparse.ArgumentParser):
    """Shows words from the command line as they are safe to see."""

    def error(self, message: str) -> NoReturn:
        super().error(visible(message))


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return the command of *words* with its options.

    :raises SystemExit: with status 2 for wrong usage, with 0 after help or version.
    """
    parser = make_parser()
    arguments, rest = parser.parse_known_args(words)
    if rest and arguments.command == "review" and not any(word.startswith("-") for word in rest):
        # argparse does not take up a list of words again after an option.
        arguments.words, rest = [*arguments.words, *rest], []
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return arguments


def make_parser() -> argparse.ArgumentParser:
    """Return the parser, with a sub-parser for each command."""
    parser = _Parser(
        prog="arco-parity",
        description="Checks parity matrices, exceptions and claims against the repository.",
        epilog=_EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    version = f"sphinx-arco-parity {sphinx_arco_parity.__version__}"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (sentence, add) in _COMMANDS.items():
        command = commands.add_parser(
            name,
            help=sentence,
            description=f"{sentence[0].upper()}{sentence[1:]}.",
            epilog=_EXIT,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add(command)
        if name in _BUILDING:
            _add_build_options(command)
        command.add_argument("--verbose", "-v", action="store_true", help="show Sphinx's log")
        command.add_argument(
            "--traceback", action="store_true", help="show where a failure comes from"
        )
    return parser


#: Commands that build the documentation.
_BUILDING = frozenset({"check", "fix", "review", "diff", "history", "why", "results"})


def _add_build_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``sphinx-build`` calls so."""
    parser.add_argument(
        "-c", "--conf-dir", metavar="CONFDIR", help="the folder of conf.py, if it is not DOCS"
    )
    parser.add_argument(
        "-t", "--tag", metavar="TAG", action="append", default=[], help="set a tag of Sphinx"
    )
    parser.add_argument(
        "-D",
        "--define",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        type=_setting,
        help="override a value of conf.py",
    )


def _docs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("docs", nargs="?", metavar="DOCS", help=_DOCS)


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help=f"{_DOCS}; or the files and folders to report on"
    )
    parser.add_argument(
        "--format",
        action="append",
        metavar="FORMAT[=FILE]",
        type=_format,
        help=f"{', '.join(FORMATS)} (default: text); can be repeated if all but one have a FILE",
    )
    parser.add_argument("--output", metavar="FILE", help="write the report there")
    for option, what in (("--select", "show only"), ("--ignore", "leave out")):
        parser.add_argument(
            option,
            action="append",
            default=[],
            metavar="RULE[,…]",
            help=f"{what} findings of these rules",
        )
    parser.add_argument("--statistics", action="store_true", help="only count the findings")
    parser.add_argument("--quiet", "-q", action="store_true", help="show the findings alone")
    parser.add_argument("--watch", action="store_true", help="check again when a file changes")
    parser.add_argument("--strict", action="store_true", help="warnings count as errors")
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        type=_date,
        help="also judge triggers that are dates, as if today were DATE (YYYY-MM-DD)",
    )
    parser.add_argument(
        "--results",
        metavar="GLOB",
        nargs="+",
        help="judge with what test runners reported: JUnit XML or CTRF JSON",
    )
    parser.add_argument(
        "--results-commit", metavar="REV", help="of which commit (default: what is checked out)"
    )
    parser.add_argument(
        "--write-baseline", metavar="FILE", help="record the present findings as known"
    )


def _fix(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help=f"{_DOCS}; or what is to be rewritten of it"
    )
    parser.add_argument(
        "--diff", action="store_true", help="show what would change, and change nothing"
    )
    for option, what in (
        ("--paths", "write short paths in full"),
        ("--inferred", "also lines whose name is not in back-ticks, but inferred"),
        ("--across-files", "also names of which one definition is left, in another file"),
    ):
        parser.add_argument(
            option, dest="options", action="append_const", const=option, default=[], help=what
        )


def _review(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words",
        nargs="*",
        metavar="DOCS|EX-…",
        help=f"{_DOCS}; exceptions, if not all are reviewed",
    )
    parser.add_argument("--check", action="store_true", help="only list what is due")
    parser.add_argument("--all", action="store_true", help="sign every exception, without asking")
    parser.add_argument("--since", metavar="REV", help="compare with the documentation at REV")
    parser.add_argument("--by", metavar="NAME", type=_text, help="name of the reviewer")
    parser.add_argument("--note", metavar="TEXT", type=_text, help="what was decided")


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("revision", nargs="?", metavar="REV", help="a git revision")
    _docs(parser)
    parser.add_argument(
        "--base",
        metavar="BRANCH",
        help="compare with the commit at which BRANCH was left, in place of REV",
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 if something regressed")


def _history(parser: argparse.ArgumentParser) -> None:
    _docs(parser)
    parser.add_argument(
        "--output", metavar="FILE", help="write there (default: parity.history.json beside conf.py)"
    )
    parser.add_argument(
        "--limit",
        metavar="N",
        type=_count,
        default=200,
        help="walk at most the newest N commits (default: 200)",
    )


def _why(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "id",
        metavar="ID|PATH",
        help="id of a row, claim or exception (row:ID if ambiguous), or a file that they cite",
    )
    _docs(parser)


def _results(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="reports, or globs: JUnit XML or CTRF JSON"
    )
    parser.add_argument("--docs", metavar="DOCS", help=_DOCS)
    parser.add_argument(
        "--commit", metavar="REV", help="whose tests ran (default: what is checked out)"
    )


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "rule", nargs="?", metavar="RULE", help="the rule to describe (default: list all rules)"
    )


def _init(parser: argparse.ArgumentParser) -> None:
    _docs(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what would be written")
    parser.add_argument(
        "--site",
        action="store_true",
        help="make a Sphinx site, or a first page where a register or matrix is missing",
    )


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name",
        nargs="?",
        default="parity",
        metavar="parity|lock|results",
        help="the schema of parity.json (default), parity.lock.json or parity.results.json",
    )


_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "check": ("report all findings; no page is written", _check),
    "fix": ("rewrite references to evidence that has moved", _fix),
    "review": ("show what has changed since the last review, and record one", _review),
    "diff": ("compare with a git revision, as Markdown for a pull request", _diff),
    "history": ("record since when each row has its status, from git", _history),
    "why": ("show the chain from a declaration to its evidence, or what cites a file", _why),
    "results": ("write what test runners reported of the cited tests", _results),
    "explain": ("show the page of a rule", _explain),
    "init": ("write the configuration that reads the existing tables", _init),
    "lsp": ("serve an editor: findings, help and fixes while you write", lambda _parser: None),
    "schema": ("print the JSON Schema of parity.json", _schema),
}


def _format(text: str) -> tuple[str, str | None]:
    name, equals, file = text.partition("=")
    if name not in FORMATS or (equals and not file):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no format; choose from {', '.join(FORMATS)}, or write FORMAT=FILE"
        )
    return name, file or None


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is no setting; write it as NAME=VALUE")
    return name, value


def _text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"{text!r} is no UTF-8 text") from None
    return text


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as YYYY-MM-DD") from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1")
    return int(text)
