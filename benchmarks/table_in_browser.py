"""How long a large table takes to filter and to sort in Chromium, a keystroke at a time.

Run it as ``python benchmarks/table_in_browser.py [--rows 5000] [--short]``.  It writes a
page with the table that ``parity-table matrix`` gives, types into its search field and
presses its buttons, and measures milliseconds from the event to the end of the script, of
style and layout, and of the next frame, which waits for the screen and for other programs.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from sphinx_arco_parity.extension.showing.emit_html import table_html
from sphinx_arco_parity.views.inline import Part
from sphinx_arco_parity.views.tables import Column, Line, Table

STATIC = Path(__file__).parent.parent / "sphinx_arco_parity" / "static"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STATUSES = ("Implemented", "Partial", "Designed", "Planned", "Exception")
COLUMNS = ("section", "capability", "status", "proof-level", "code", "exceptions")

#: From an action to the end of the script, the layout, and the frame that shows it.
MEASURE = """async ([selector, kind, text]) => {
  const node = document.querySelector(selector);
  const start = performance.now();
  if (kind === 'type') { node.value = text; node.dispatchEvent(new Event('input')); }
  else node.click();
  const script = performance.now() - start;
  document.body.offsetHeight;
  const laid = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [script, laid, performance.now() - start];
}"""


def matrix(count: int) -> Table:
    """Return a matrix of *count* rows with the cells of a real one."""
    pick = random.Random(4)  # noqa: S311 - the same table in each run
    words = [
        "schedule",
        "sensor",
        "partition",
        "backfill",
        "asset",
        "retry",
        "queue",
        "event",
        "graph",
    ]
    lines = []
    for number in range(count):
        status = pick.choices(STATUSES, (12, 4, 2, 3, 2))[0]
        name = f"{pick.choice(words)} {pick.choice(words)} {number}"
        place = f"crates/flow-{pick.choice(words)}/src/{pick.choice(words)}.rs"
        code = (
            Part(f"{place}:{pick.randrange(900)}", "code"),
            Part(" "),
            Part("verified", "verdict"),
        )
        cells = (
            (Part(f"Section {number // 50}"),),
            (Part(name, link=("row", f"row-{number}")),),
            (Part(status, "status"),),
            (Part(pick.choice(("unit", "integration", "e2e"))),),
            (*code, Part("", "break"), *code),
            (Part(f"EX-{pick.randrange(99):02}"),),
        )
        lines.append(Line(cells, "", (f"parity-status-{status.lower()}",)))
    columns = tuple(Column(key, key.title()) for key in COLUMNS)
    return Table(kind="matrix", columns=columns, lines=tuple(lines))


def write_page(folder: Path, count: int) -> Path:
    """Write a page with the table, its style and its script; return its path."""
    for name in ("parity.css", "parity.js"):
        (folder / name).write_bytes((STATIC / name).read_bytes())
    body = table_html(matrix(count), "matrix", lambda _link: ("#", ""))
    page = folder / "index.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rows</title>'
        '<link rel="stylesheet" href="parity.css">'
        f'<script src="parity.js" defer></script></head><body>{body}</body></html>',
        encoding="utf-8",
    )
    return page


def measure(page: Page) -> dict[str, list[list[float]]]:
    """Return the three times of each action, by kind."""
    field = ".parity-tools input"
    typed = ["s", "se", "sen", "sens", "sen", "se", "s", "", "4", "42", "", "zzz", ""]
    found: dict[str, list[list[float]]] = {"search": [], "chip": [], "sort": []}
    for _turn in range(3):
        for text in typed:
            found["search"].append(page.evaluate(MEASURE, [field, "type", text]))
        for number in (1, 2, 1, 2):
            chip = f".parity-chip:nth-child({number})"
            found["chip"].append(page.evaluate(MEASURE, [chip, "click", ""]))
        for column in (1, 2, 2, 3, 5, 6, 6, 6):
            head = f"thead th:nth-child({column}) button"
            found["sort"].append(page.evaluate(MEASURE, [head, "click", ""]))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--short", action="store_true", help="500 rows: that it runs")
    given = parser.parse_args()
    rows = 500 if given.short else given.rows
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        path = write_page(Path(name), rows)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.goto(path.as_uri())
        found = measure(page)
        browser.close()
    report: dict[str, object] = {"rows": rows}
    for kind, times in found.items():
        stages = dict(zip(("script", "layout", "frame"), zip(*times, strict=True), strict=True))
        report[kind] = {
            stage: {
                "median": round(statistics.median(values), 1),
                "worst": round(max(values), 1),
            }
            for stage, values in stages.items()
        }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
