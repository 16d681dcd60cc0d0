"""Links in cells and options: each is its target where that is evidence, else its text.

:mod:`.cells` makes a :class:`Home` for each page; :mod:`.cell_items` calls :func:`resolve_links`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from posixpath import join, normpath
from urllib.parse import unquote

from sphinx_arco_parity.notation.paths import Reference, read_link, read_reference
from sphinx_arco_parity.notation.tokens import Kind, Token
from sphinx_arco_parity.text.code_spans import literal

_REST = re.compile(r"(?P<text>[^<>]*)<(?P<target>[^<>]+)>")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
_PINNED = re.compile(r"[0-9a-f]{7,64}")
#: How sites show one file, whichever of them the template names.
_VIEWS = re.compile(r"/(?:blob|tree|raw|blame|edit|src)/")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a text is written: what its links are relative to."""

    folder: str = "/"
    """The document's, relative to the repository; ``/`` if it is not known."""
    site: str = ""
    """The template by which the repository's own site shows a file, if there is one."""

    def path_of(self, target: str) -> str:
        """Return the path in the repository to which a link leads, with its fragment, or nothing."""
        if target.startswith(("https:", "http:")):
            bare, hash_mark, fragment = target.partition("#")
            pattern = _site(self.site.partition("#")[0]) if self.site else None
            match = pattern.fullmatch(bare.partition("?")[0]) if pattern else None
            if match is None:
                return ""
            # A line of a pinned commit may be another by now.
            pinned = _PINNED.fullmatch(match.groupdict().get("commit") or "")
            return match["path"] if pinned else match["path"] + hash_mark + fragment
        if not target or _URL.match(target):
            return ""
        path, hash_mark, fragment = target.partition("#")
        if not path.startswith("/"):
            path = normpath(join(self.folder, path)) + "/" * path.endswith("/")
        return path.lstrip("/") + hash_mark + fragment

    def reference(self, token: Token) -> Reference | None:
        """Return what the link *token* cites by its target, or ``None``."""
        target = self.path_of(token.target)
        return read_link(token.text, target, literal=token.literal) if target else None


ANYWHERE = Home()


@lru_cache(maxsize=8)
def _site(template: str) -> re.Pattern[str]:
    written = re.escape(_VIEWS.sub("/\0/", template.partition("?")[0]))
    for name, pattern in (("commit", "[^/]+"), ("path", "[^?#]+")):
        field = re.escape(f"{{{name}}}")
        written = written.replace(field, f"(?P<{name}>{pattern})", 1)
        written = written.replace(field, pattern)
    written = written.replace(re.escape("\0"), _VIEWS.pattern.strip("/"))
    return re.compile(written if "(?P<path>" in written else r"(?!)")


def resolve_links(tokens: Sequence[Token], home: Home) -> list[Token]:
    """Return *tokens* with each link as one token: a link to evidence, code, or words.

    Of reStructuredText, a link is back-ticks and the underscore after them.
    """
    resolved: list[Token] = []
    for token in tokens:
        last = resolved[-1] if resolved else None
        if (
            last is not None
            and last.kind is Kind.CODE
            and token.kind is Kind.WORD
            and token.text in {"_", "__"}
            and last.touches(token)
        ):
            resolved[-1] = _resolved(_link(last, token.end), home)
        else:
            resolved.append(_resolved(token, home))
    return resolved


def _link(token: Token, end: int) -> Token:
    match = _REST.fullmatch(token.text)
    if match is None:
        return replace(token, kind=Kind.WORD, end=end)
    text, target = match["text"].strip(), match["target"].strip()
    shown = text.strip("`")
    return replace(
        token,
        kind=Kind.LINK,
        text=literal(shown) or target,
        end=end,
        target=target,
        literal=shown != text,
    )


def _resolved(token: Token, home: Home) -> Token:
    """Return a link that leads to no evidence as what its text says.

    A path at the end of a URL is a file of that site, and not one of the repository; that of
    a file on somebody's machine is.
    """
    if token.kind is not Kind.LINK or home.reference(token) is not None:
        return token
    shown = read_reference(token.text, quoted=True)
    is_code = token.literal or (shown is not None and shown.anchored)
    url = unquote(token.target.partition("#")[0])
    own = url.startswith("file:")
    elsewhere = not own and shown is not None and url.endswith(f"/{shown.paths[0]}")
    kind = Kind.CODE if is_code and not elsewhere else Kind.LINK
    return replace(token, kind=kind, target="", literal=is_code and elsewhere)
