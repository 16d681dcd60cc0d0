"""Lists of tests that are expected to fail, the files of ``parity_expected_failures``.

A text has one test on each line and comments with ``#``, behind it or above; YAML and JSON
have lists, or mappings from test to reason.  Read by :mod:`.marks` and, as what is marked is
no proof, by the prover.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import Place
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import UnreadableFileError

if TYPE_CHECKING:
    from sphinx_arco_parity.repository.workflows.yaml_nodes import Node

_BEHIND = re.compile(r"\s#")
_JOINTS = re.compile(r"::| > ")
#: Keys under which an entry names its test.
_TEST = ("test", "id", "name")


class ListError(Exception):
    """A list that cannot be used: its path, the line, and what is wrong with it."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(reason)
        self.path, self.line, self.reason = path, line, reason


def listed_marks(
    repository: Repository, globs: Iterable[str]
) -> tuple[list[Mark], list[ListError]]:
    """Return the marks of the lists that *globs* give, and the lists that are none."""
    marks, wrong = [], []
    paths = dict.fromkeys(path for pattern in globs for path in repository.glob(pattern))
    for path in paths:
        try:
            text = repository.read(path).text
            marks += [_mark(repository, path, *entry) for entry in entries(text, path)]
        except UnreadableFileError as error:
            wrong.append(ListError(path, 1, error.reason))
        except ListError as error:
            wrong.append(error)
    return marks, wrong


def entries(text: str, path: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, test and reason of each entry of a list's *text*.

    :raises ListError: if a file of YAML or JSON is broken, or no list.
    """
    lines = text.split("\n")
    if path.endswith(".json"):
        try:
            json.loads(text)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 1)
            raise ListError(path, line, "is no JSON that can be read") from None
        text = text.replace("\t", " ")  # YAML, of which JSON is a part, is indented by none
    comments = _comments(lines)
    if not path.endswith((".json", ".yaml", ".yml")):
        for number, line in enumerate(lines, 1):
            test, comment = _cut(line)
            if test:
                yield number, test, _sentence(comments[number - 1], comment)
        return
    # Brings the shell's parser with it, which no other list needs.
    from sphinx_arco_parity.repository.workflows.yaml_nodes import (  # noqa: PLC0415
        WorkflowError,
        read_yaml,
    )

    try:
        root = read_yaml(text)
    except WorkflowError as error:
        raise ListError(path, error.line or 1, error.reason.removeprefix("it ")) from None
    for line, test, reason in _listed(root, ""):
        behind = _cut(lines[line - 1])[1]
        yield line, test, _sentence(reason, comments[line - 1], behind)


def _cut(line: str) -> tuple[str, str]:
    """What a line says, and the comment behind it, which no bracket encloses."""
    for behind in _BEHIND.finditer(f" {line}"):
        said = line[: max(behind.start() - 1, 0)]
        if said.count("[") == said.count("]"):
            return said.strip(), line[behind.end() - 1 :].strip(" #")
    return line.strip(), ""


def _comments(lines: list[str]) -> list[str]:
    """For each line, the comment above it that holds for it."""
    found, comment, open_ = [], "", False
    for line in lines:
        bare = line.strip()
        if bare.startswith("#"):
            comment = _sentence(comment if open_ else "", bare.strip("# "))
        elif not bare:
            comment = ""
        open_ = bare.startswith("#")
        found.append(comment)
    return found


def _sentence(*parts: str) -> str:
    return " ".join(dict.fromkeys(filter(None, map(str.strip, parts))))


def _listed(node: Node, heading: str) -> Iterator[tuple[int, str, str]]:
    """Yield the entries of a list, or of a mapping from tests or headings."""
    for item in node.list():
        named = next((key for key in _TEST if item.text(key)), None)
        if named is not None:
            more = [value.raw for key, value in item.items() if key != named]
            yield item.line, item.text(named) or "", _sentence(heading, *more)
        elif isinstance(item.value, (dict, list)):
            yield from _listed(item, heading)
        elif item.raw:
            yield item.line, item.raw, heading
    for key, value in node.items():
        if value.list():
            yield from _listed(value, _sentence(heading, key))
        else:
            said = [value.raw, *(inner.raw for _, inner in value.items())]
            yield node.key_line(key), key, _sentence(heading, *said)


def _mark(repository: Repository, place: str, line: int, test: str, reason: str) -> Mark:
    test = test.strip()
    head, *names = _JOINTS.split(test.partition("[")[0])
    parameters = test[test.index("[") :] if "[" in test and names else ""
    tracked = repository.is_plain_file
    ending = [other for other in repository.ending_in(head) if tracked(other)]
    path = head if tracked(head) else ending[0] if len(ending) == 1 else ""
    return Mark(
        place=Place(path=place, line=line),
        path=path,
        name="::".join(names) + parameters,
        test=test,
        reason=reason,
    )
