"""Options of a directive, read by ourselves.

docutils drops a directive whose options it dislikes, and takes 0.4 ms for the first of
them; MyST drops the option.  Our directives declare no options, so that both hand over
the block as text, and this module reads it: nothing is lost, and each has its line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from sys import intern

import yaml

_FIELD = re.compile(r"^:(?P<name>(?![: ])(?:[^:\\]|\\.|:(?!([ `]|$)))*):(?:[ \t]+(?P<value>.*))?$")
_CONTINUED = re.compile(r"^:[ \t]+(?P<value>\S.*)$")
_BLOCK_SCALARS = frozenset({"|", ">", "|-", ">-", "|+", ">+"})
_QUOTED = frozenset({"|", ">", '"', "'"})
_QUOTES = {'"': '"', "'": "'"}


@dataclass(frozen=True, slots=True)
class OptionText:
    """The text of one option."""

    text: str
    """Lines joined by line ends, without common indentation."""
    line: int
    """Of its name."""
    text_line: int
    """Of the first line of its text."""


@dataclass(slots=True)
class OptionBlock:
    """What stands between a directive's name and its body."""

    argument: str = ""
    options: dict[str, OptionText] = field(default_factory=dict)
    duplicates: list[tuple[str, int]] = field(default_factory=list)
    """Options given twice, with the line of the second."""
    strays: list[tuple[str, int]] = field(default_factory=list)
    """Lines among the options that are none."""
    used: int = 0
    """How many lines of the content were options."""

    @property
    def texts(self) -> dict[str, str]:
        """Each option's text."""
        return {name: option.text for name, option in self.options.items()}

    @property
    def lines(self) -> dict[str, int]:
        """The line on which each option's text begins."""
        return {name: option.text_line for name, option in self.options.items()}


def read_rest(
    argument: str, first_line: int, content: Sequence[str], body_line: int
) -> OptionBlock:
    """Read the first paragraph of a reStructuredText directive.

    *first_line* is where *argument* begins, *body_line* where *content* does.
    """
    lines = argument.split("\n") if argument else []
    block = OptionBlock()
    start = next((i for i, line in enumerate(lines) if _FIELD.match(line)), len(lines))
    block.argument = " ".join(line.strip() for line in lines[:start]).strip()
    _read_fields(block, lines[start:], first_line + start)
    after = next((i for i, line in enumerate(content) if line.strip()), None)
    if not block.options and after is not None and _FIELD.match(content[after]):
        # A blank line between the name and the options makes them a field list.
        block.strays.append((content[after], body_line + after))
        end = after
        while end < len(content) and content[end].strip():
            end += 1
        # One mistake is one finding: they are taken as the options that they are.
        _read_fields(block, content[after:end], body_line + after)
        block.used = end
    return block


def read_myst(argument: str, first_line: int, content: Sequence[str]) -> OptionBlock:
    """Read the top of the content of a MyST directive.

    *first_line* is the line of ``content[0]``.
    """
    block = OptionBlock(argument=argument.strip())
    start = next((i for i, line in enumerate(content) if line.strip()), len(content))
    if content[start : start + 1] and re.fullmatch(r"-{3,}\s*", content[start]):
        block.used = _read_yaml(block, content, start, first_line)
    elif start < len(content) and _FIELD.match(content[start].strip()):
        end = start
        while end < len(content) and _belongs(content[end], content, end):
            end += 1
        lines = [_uncolon(line) for line in content[start:end]]
        _read_fields(block, lines, first_line + start, quoted=True)
        block.used = end
    return block


def read_late(
    block: OptionBlock, content: Sequence[str], first_line: int, names: Collection[str]
) -> None:
    """Take options of *names* that a blank line has made the beginning of the body."""
    start = next((i for i in range(block.used, len(content)) if content[i].strip()), None)
    found = None if start is None else _FIELD.match(content[start].strip())
    if start is None or found is None or found["name"] not in names:
        return
    end = next((i for i in range(start, len(content)) if not content[i].strip()), len(content))
    block.strays.append((content[start], first_line + start))
    _read_fields(block, content[start:end], first_line + start)
    block.used = end


def _belongs(line: str, content: Sequence[str], position: int) -> bool:
    if line.lstrip().startswith(":"):
        return not line.lstrip().startswith(":::")
    follows = position > 0 and bool(content[position - 1].strip())
    return follows and line[:1] in " \t" and bool(line.strip())


def _uncolon(line: str) -> str:
    """MyST joins ``:  more`` to the option above."""
    match = _CONTINUED.match(line.lstrip())
    if match:
        return f"  {match['value']}"
    return line.lstrip() if line.lstrip().startswith(":") else line


def _read_fields(
    block: OptionBlock, lines: Sequence[str], first_line: int, *, quoted: bool = False
) -> None:
    name, texts, line = "", [""], first_line
    for number, text in enumerate([*lines, ":end:"], first_line):
        match = _FIELD.match(text)
        if match is None:
            if text[:1] in {" ", "\t", ""} and name:
                texts.append(text)
            else:
                block.strays.append((text, number))
            continue
        if name:
            below = 0
            if texts[0] == "" or texts[0] in _BLOCK_SCALARS:
                below = next((i for i, text in enumerate(texts) if i and text.strip()), 0)
            joined = _joined(texts, quoted=quoted)
            _note(block, name, OptionText(joined, line, line + below))
        # One string for all options of a name: they are kept with each declaration.
        name, texts, line = (intern(match["name"]), [(match["value"] or "").strip()], number)


def _joined(texts: Sequence[str], *, quoted: bool) -> str:
    first, rest = texts[0], list(texts[1:])
    if not rest and not (quoted and first[:1] in _QUOTED):
        return first  # stripped by who read it
    while rest and not rest[-1].strip():
        rest.pop()
    if quoted and first in _BLOCK_SCALARS:
        first = ""
    margin = min((len(t) - len(t.lstrip()) for t in rest if t.strip()), default=0)
    text = "\n".join([first, *(t[margin:].rstrip() for t in rest)]).strip("\n")
    if quoted and len(text) > 1 and _QUOTES.get(text[0]) == text[-1]:
        inner = text[1:-1]
        if text[0] not in inner:
            return inner
    return text.strip()


def _note(block: OptionBlock, name: str, option: OptionText) -> None:
    if name in block.options:
        block.duplicates.append((name, option.line))
    else:
        block.options[name] = option


def _read_yaml(block: OptionBlock, content: Sequence[str], start: int, first_line: int) -> int:
    """Read a block between lines of dashes; return how many lines it takes."""
    end = start + 1
    while end < len(content) and not re.fullmatch(r"(?:-{3,}|\.{3})\s*", content[end]):
        end += 1
    text = "\n".join(content[start + 1 : end])
    base = first_line + start + 1
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "is no valid YAML"
        block.strays.append((str(problem), base + (mark.line if mark else 0)))
        return end + 1
    if isinstance(root, yaml.MappingNode):
        for key, node in root.value:
            line = base + key.start_mark.line
            below = getattr(node, "style", None) in {"|", ">"}
            text_line = base + node.start_mark.line + below
            option = OptionText(_yaml_text(node), line, text_line)
            _note(block, str(key.value), option)
    elif root is not None:
        block.strays.append((content[start + 1], base))
    return end + 1


def _yaml_text(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        # Lists in lists mean nothing here, and aliases may make them endless.
        texts = (item for item in node.value if isinstance(item, yaml.ScalarNode))
        return "\n".join(map(_yaml_text, texts))
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag.endswith(":null") else str(node.value).strip()
    return ""
