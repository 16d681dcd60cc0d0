"""What html, text and LaTeX get, as it was when somebody last looked at it.

The same on every supported version of Sphinx.  After a change that is meant, write them
anew and read the difference: ``PARITY_WRITE_SNAPSHOTS=1 pytest tests/sphinx/test_snapshots.py``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

SNAPSHOTS = Path(__file__).parent / "snapshots"

PAGE = """
Parity
======

.. parity-exception:: EX-01
   :capability: Web UI
   :decision: Deferred, see ``docs/ui.md``
   :type: Deferral
   :revisit: Revisit at M2
   :owner: Ada

   Because *it* can wait.

.. parity-row:: tick
   :capability: Ticks
   :status: Exception
   :exceptions: EX-01

.. parity-claim:: ticks-match
   :rows: tick

   Ticks match, but for :exception:`EX-01`.

.. parity-matrix:: A table

   ==========  ===========  ==========
   Capability  Status       Exceptions
   ==========  ===========  ==========
   Queues      Planned
   Screens     Exception    EX-01
   ==========  ===========  ==========

See :parity-row:`tick` and :exception:`that <EX-01>`.

.. parity-table:: exceptions

.. parity-table:: matrix
   :group-by: status

.. parity-table:: traceability

.. parity-legend::
"""


def _html(out: Path) -> str:
    page = (out / "index.html").read_text(encoding="utf-8")
    body = page.split("<h1>", 1)[1].split('<div class="clearer">', 1)[0]
    body = re.sub(r'<a class="headerlink".*?</a>', "", body)
    return re.sub(r"\n\s*\n+", "\n", body)


def _text(out: Path) -> str:
    return (out / "index.txt").read_text(encoding="utf-8")


def _latex(out: Path) -> str:
    (tex,) = out.glob("*.tex")
    text = tex.read_text(encoding="utf-8")
    body = text.split(r"\detokenize{index::doc}", 1)[1].split(r"\renewcommand{\indexname}", 1)[0]
    # Words and where they lead: versions differ in how they set tables and lists.
    body = re.sub(r"\\hyperref\[\\detokenize\{([^}]*)\}\]", r"<\1>", body)
    body = body.replace(r"\sphinxhyphen", "-")
    body = re.sub(r"\\(?:begin|end|label|caption|DUrole)\{[^}]*\}", "", body)
    body = re.sub(r"\\[A-Za-z]+\*?(?:\[[^\]]*\])?|[{}&%]", " ", body)
    lines = (" ".join(line.split()) for line in body.splitlines())
    return "\n".join(line for line in lines if re.search(r"[a-z]{2}", line))


@pytest.mark.parametrize(
    ("builder", "read", "name"),
    [
        ("html", _html, "page.html"),
        ("text", _text, "page.txt"),
        ("latex", _latex, "page.tex"),
    ],
)
def test_a_page_is_as_it_was_seen(project, builder, read, name):
    built = project({"index.rst": PAGE}, {"parity_milestones": ["M1", "M2"]}).build(builder)
    assert built.status == 0, built.stderr
    seen = read(built.out).strip() + "\n"
    path = SNAPSHOTS / name
    if os.environ.get("PARITY_WRITE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen, encoding="utf-8")
    assert seen == path.read_text(encoding="utf-8")
