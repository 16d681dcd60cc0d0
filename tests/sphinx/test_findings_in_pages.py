"""A finding stands in its page where it is wrong: at the role, the directive, the option."""

from __future__ import annotations

import re

PAGE = """# Home

First words.

Then {exception}`EX-9` is named, and {exception}`EX-9` again.

- A list with {exception}`EX-8` in it.

```{parity-exception} EX-1
:capability: Web
:decision: Left out
:type: Permanent
:colour: red
```

```{parity-table} exceptions
:columns: nonsense
```

Last words.
"""


def blocks(built):
    """Return what stands in the page, as words, in order."""
    text = (built.out / "index.html").read_text(encoding="utf-8")
    body = text[text.index("<h1") : text.index("Last words")]
    pieces = re.findall(
        r'<p(?: class="parity-finding[^>]*)?>.*?</p>|<div class="parity-[^>]*>', body
    )
    return [" ".join(re.sub("<[^>]+>", "", piece).split()) or piece for piece in pieces]


def test_each_stands_where_it_is_wrong(project):
    found = blocks(project({"index.md": PAGE}).build("html"))
    starts = [words[:34] for words in found]
    at = next(number for number, words in enumerate(found) if words.startswith("Then"))
    assert "cites EX-9" in found[at + 1]
    assert sum("cites EX-9" in words for words in found) == 1
    within = next(number for number, words in enumerate(found) if words.startswith("A list"))
    assert "cites EX-8" in found[within + 1]
    option = next(number for number, words in enumerate(found) if "unknown option" in words)
    assert within + 1 < option
    assert "colour" in found[option]
    column = next(number for number, words in enumerate(found) if "nonsense" in words)
    assert option < column
    assert starts[:2] == ["First words.", "Then EX-9 is named, and EX-9 again"]


ROWS = """# Home

| Capability | Status | Code |
|---|---|---|
| One | Partial | `lost/one.py` |
| Two | Partial | `lost/two.py` |
| Three | Partial | `gone/three.py` |
"""


def test_what_to_do_for_one_cause_is_said_once(project):
    conf = {"parity_tables": {"matrix": ["index"]}}
    built = project({"index.md": ROWS}, conf=conf).build("html")
    text = (built.out / "index.html").read_text(encoding="utf-8")
    found = re.findall(r"is not in the repository.*?(→.*?)</td>", text, re.DOTALL)
    said = [" ".join(re.sub("<[^>]+>", "", words).split()) for words in found]
    assert said == [
        "→ cite what proves it now",
        "→ as for one, for the same reason",
        "→ cite what proves it now",
    ]
    assert re.search(r'as for <a [^>]*href="#row-one"[^>]*>(<[^>]+>)*one<', text)
