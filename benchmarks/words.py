"""A documentation without declarations: what a project pays that lists us in vain.

An "item" is a section with a paragraph, a list, a code block and links; ten stand on a
page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from corpus import write, write_repository
from system import MYST, System

if TYPE_CHECKING:
    from pathlib import Path

_SECTIONS = 10


@dataclass(frozen=True, kw_only=True)
class Text(System):
    """Pages of ordinary text, with our extension listed or not."""

    scenarios: ClassVar[tuple[str, ...]] = ("cold", "unchanged", "touched")
    loaded: bool = False

    def conf(self) -> str:
        """Return the extensions."""
        tool = "ours" if self.loaded else "plain"
        return f"extensions = {MYST[tool, self.markup]}\n"

    def write(self, folder: Path, total: int) -> None:
        """Write *total* sections."""
        docs = folder / "docs"
        names = []
        for start in range(0, total, _SECTIONS):
            name = f"rows_{start // _SECTIONS:04d}"
            names.append(name)
            sections = map(self._section, range(start, min(start + _SECTIONS, total)))
            text = self.m.label(name) + self.m.title(f"Page {name}")
            write(docs / f"{name}{self.m.suffix}", text + "".join(sections))
        self.write_contents(docs, names)
        write(docs / "conf.py", f'project = "Bench"\n{self.conf()}')
        write_repository(folder, 100)

    def _section(self, i: int) -> str:
        earlier = f"rows_{i // _SECTIONS // 2:04d}"
        code = f"def tick_{i}(period):\n    return period + {i}"
        return "".join(
            (
                self.m.heading(f"Tick number {i} of the sensor"),
                f"The sensor ticks *once* a period, and keeps one cursor for {i}: the ",
                "next tick begins where the last one ended, also after a restart.\n",
                f"What a tick gives is queued; see {self.m.reference(earlier, 'there')}",
                f" for the **order** in which {i % 7} queues are served.\n\n",
                f"- the period is {i % 60} seconds;\n- the queue holds {i % 9} runs;\n",
                "- a run that fails is tried again *twice*.\n\n",
                self.m.directive("code-block", "python", {}, code),
            )
        )


TEXTS: dict[str, System] = {
    f"{name}-{markup}": Text(markup=markup, loaded=name == "unused")
    for markup in ("rst", "md")
    for name in ("unlisted", "unused")
}
