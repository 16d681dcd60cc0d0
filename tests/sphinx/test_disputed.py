"""A row that an error speaks against does not look as if it were implemented."""

from __future__ import annotations

import re
import subprocess
import sys

CONF = """
extensions = ["myst_parser", "sphinx_arco_parity"]
parity_tables = {"matrix": ["index"]}
parity_required_evidence = {}
"""
PAGE = """# Matrix

| ID | Capability | Status | Code |
|---|---|---|---|
| good | Ticks | Implemented | `conf.py` |
| gone | Tocks | Implemented | `gone.py` |
| part | Tacks | Partial | `gone.py` |

```{parity-table} matrix
```
"""


def test_in_the_authors_table_and_in_collected_ones(tmp_path):
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "index.md").write_text(PAGE)
    words = [sys.executable, "-m", "sphinx", "-q", "-b", "html", ".", "out"]
    subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)
    text = (tmp_path / "out/index.html").read_text()
    rows = [row for row in re.findall(r"<tr.*?</tr>", text, re.DOTALL) if "<td" in row]
    told = [row for row in rows if "parity-severity-disputed" in row]
    assert len(told) == 2
    assert all("Tocks" in row and "disputed" in row for row in told)
