"""Generated projects that change step by step, and builds of them within this process.

``story`` gives a :class:`Story`: a project made from a number, the same for the same
number, whose ``step`` makes one random edit; ``workshop`` writes and builds it.
"""

from __future__ import annotations

import contextlib
import io
import random
import re
import shutil
import subprocess
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.cmd.build import main

from sphinx_arco_parity.repository import reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_WORDS = ("schedules", "sensors", "assets", "ops", "the UI", "partitions", "backfills")
_STATUSES = ("Implemented", "Partial", "Designed", "Planned", "Exception", "Wrong")
_TYPES = ("Permanent", "Deferral", "Simplified", "Sometimes")
_REVISITS = ("on demand", "Revisit at M1", "M2/M3", "")
_EXCEPTIONS = ("EX-01", "EX-02", "EX-03", "EX-04a", "EX-05")
_ADR_STATUSES = ("Accepted", "Proposed", "Superseded by ADR-002", "Rejected")
_COMMANDS = ("pytest tests", "pytest tests --ignore=tests/test_b.py", "make check")
_OWNERS = ("ann", "bo", "")
_VIEWS = ("exceptions", "matrix", "claims", "adrs", "evidence", "traceability")


@dataclass
class Story:
    """A project as values, of which :meth:`files` makes texts."""

    random: random.Random
    exceptions: list[dict[str, str]] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    claims: dict[str, list[str]] = field(default_factory=dict)
    adrs: dict[int, str] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    views: dict[str, list[str]] = field(default_factory=dict)
    conf: dict[str, Any] = field(default_factory=dict)
    command: str = _COMMANDS[0]
    serial: int = 0

    def begin(self) -> Story:
        """Make the first state."""
        for identifier in _EXCEPTIONS[:3]:
            self.exceptions.append(self.exception(identifier))
        for _ in range(3):
            self.rows.append(self.row())
        for _ in range(2):
            self.add_claim_page()
        self.adrs = {1: "Accepted", 2: "Accepted"}
        self.sources = {
            "src/a.py": ["def f():"],
            "tests/test_a.py": ["def test_a():"],
            "tests/test_b.py": ["def test_b():"],
        }
        self.add_view_page()
        self.add_view_page()
        return self

    def pick(self, options: Any) -> Any:
        """Choose one."""
        return self.random.choice(list(options))

    def number(self) -> int:
        """Give a number that was not given before."""
        self.serial += 1
        return self.serial

    def exception(self, identifier: str) -> dict[str, str]:
        """Make an exception."""
        return {
            "id": identifier,
            "capability": self.pick(_WORDS),
            "decision": self.pick(("Deferred", "Left out", "")),
            "type": self.pick(_TYPES[:3]),
            "revisit": self.pick(_REVISITS),
        }

    def row(self) -> dict[str, str]:
        """Make a row of the matrix."""
        line = self.pick((1, 1, 2, 5, 40))
        test = self.pick(("test_a", "test_a", "test_b", "test_gone"))
        file = self.pick(("tests/test_a.py", "tests/test_b.py", "tests/gone.py"))
        return {
            "capability": f"{self.pick(_WORDS)} {self.number()}",
            "status": self.pick(_STATUSES),
            "code": self.pick((f"`src/a.py:{line}` (`f`)", "-", "`src/gone.py`")),
            "tests": self.pick((f"`{file}:{line}` (`{test}`)", f"{file}::{test}", "-")),
            "ci": self.pick((f"`.github/workflows/ci.yml` (job `t`: `{_COMMANDS[0]}`)", "-")),
            "exceptions": self.pick((*_EXCEPTIONS, "-", "EX-01, EX-02")),
            "adrs": self.pick(("1", "2", "7", "-")),
        }  # fmt: skip

    def add_claim_page(self) -> None:
        """Add a page with a claim or two."""
        cited = self.random.choices((*_EXCEPTIONS, "EX-99", ""), k=self.pick((1, 2)))
        self.claims[f"page{self.number()}"] = cited

    def add_view_page(self) -> None:
        """Add a page that shows collected things."""
        self.views[f"shown{self.number()}"] = self.random.sample(_VIEWS, 2)

    # --- edits -------------------------------------------------------------------

    def step(self) -> str:
        """Make one random edit and return its name."""
        edits = [name for name in dir(self) if name.startswith("edit_")]
        name = self.pick(edits)
        getattr(self, name)()
        return str(name)

    def edit_add_page(self) -> None:
        """Add a page of either kind."""
        self.pick((self.add_claim_page, self.add_view_page))()

    def edit_rename_page(self) -> None:
        """Move what a page says to another name."""
        pages = self.pick((self.claims, self.views))
        if pages:
            pages[f"other{self.number()}"] = pages.pop(self.pick(pages))

    def edit_delete_page(self) -> None:
        """Delete a page."""
        pages = self.pick((self.claims, self.views))
        if pages:
            del pages[self.pick(pages)]

    def edit_claims(self) -> None:
        """Cite other exceptions on a page."""
        if self.claims:
            cited = self.random.choices((*_EXCEPTIONS, "EX-98", ""), k=2)
            self.claims[self.pick(self.claims)] = cited

    def edit_view(self) -> None:
        """Show other things on a page."""
        if self.views:
            self.views[self.pick(self.views)] = self.random.sample(_VIEWS, 2)

    def edit_exception(self) -> None:
        """Add, change, rename or delete an exception, or declare one twice."""
        fresh = self.exception(self.pick(_EXCEPTIONS))
        place = self.random.randrange(len(self.exceptions) + 1)
        how = self.pick(("add", "change", "delete"))
        if how == "add" or not self.exceptions[place:]:
            self.exceptions.insert(place, fresh)
        elif how == "change":
            self.exceptions[place] = fresh
        elif len(self.exceptions) > 1:
            del self.exceptions[place]

    def edit_type(self) -> None:
        """Give an exception another type, known or not."""
        self.pick(self.exceptions)["type"] = self.pick(_TYPES)

    def edit_rows(self) -> None:
        """Add, change or delete a row."""
        place = self.random.randrange(len(self.rows) + 1)
        if place == len(self.rows):
            self.rows.append(self.row())
        elif self.pick((True, False)):
            self.rows[place] = self.row()
        elif len(self.rows) > 1:
            del self.rows[place]

    def edit_adrs(self) -> None:
        """Add an ADR, delete one or change its status."""
        number = self.pick((1, 2, 7))
        if number in self.adrs and self.pick((True, False)):
            del self.adrs[number]
        else:
            self.adrs[number] = self.pick(_ADR_STATUSES)

    def edit_source(self) -> None:
        """Move a definition, rename it, disable it, or delete or restore its file."""
        path = self.pick(("src/a.py", "tests/test_a.py", "tests/test_b.py"))
        stem = path.rpartition("/")[2].removesuffix(".py")
        name = "f" if stem == "a" else stem
        if path in self.sources and self.pick((True, False, False)):
            del self.sources[path]
            return
        skip = ["import pytest", "@pytest.mark.skip"] if self.pick((0, 0, 1)) else []
        name = self.pick((name, name, "renamed"))
        self.sources[path] = ["#"] * self.pick((0, 3, 9)) + [*skip, f"def {name}():"]

    def edit_workflow(self) -> None:
        """Run another command."""
        self.command = self.pick(_COMMANDS)

    def edit_conf(self) -> None:
        """Set an option, or take it back."""
        name, values = self.pick(_CONFIGURED.items())
        value = self.pick(values)
        self.conf.pop(name, None)
        if value is not None:
            self.conf[name] = value

    # --- texts -------------------------------------------------------------------

    def files(self, rename: Callable[[str], str] = str) -> dict[str, str]:
        """Return path to text; *rename* gives pages other names."""
        found = {
            "docs/index.md": "# Index\n",
            f"docs/{rename('register')}.md": _table("Register", self.exceptions),
            f"docs/{rename('matrix')}.md": _table("Matrix", self.rows),
            ".github/workflows/ci.yml": _WORKFLOW.format(self.command),
            **{
                f"docs/adr/{n:03}-x.md": f"# {n}. X\n\n## Status\n\n{status}\n"
                for n, status in self.adrs.items()
            },
            **{path: "\n".join((*lines, "    pass", "")) for path, lines in self.sources.items()},
        }
        for page, cited in self.claims.items():
            found[f"docs/{rename(page)}.md"] = _claims(page, cited)
        for page, kinds in self.views.items():
            found[f"docs/{rename(page)}.rst"] = _views(kinds)
        patterns = {"exceptions": [rename("register")], "matrix": [rename("matrix")]}
        options = {**_CONF, "parity_tables": patterns, **self.conf}
        found["docs/conf.py"] = "".join(f"{k} = {v!r}\n" for k, v in options.items())
        return found


_CONF: dict[str, Any] = {
    "project": "Flow",
    "extensions": ["myst_parser", "sphinx_arco_parity"],
    "suppress_warnings": ["toc.not_included"],
    "html_theme": "basic",
    "html_copy_source": False,
    "html_use_index": False,
    "html_last_updated_fmt": None,
    "parity_repository": "..",
    "parity_milestones": ["M1", "M2", "M3"],
    "smartquotes": False,
}

#: ``None``: the option is not set.
_CONFIGURED: dict[str, tuple[Any, ...]] = {
    "parity_milestone": (None, "M1", "M2", "M9"),
    "parity_rules": (None, {"exception-uncited": "warning"}, {"unknown-exception": "off"}),
    "parity_statuses": (None, {"Wrong": "Planned"}),
    "parity_exception_types": (None, ["Permanent", "Deferral", "Simplified", "Sometimes"]),
    "parity_ignore": (None, {"row-status": {"docs/**": "not ready"}}, {"row-status": {"x": ""}}),
    "parity_required_evidence": (None, {"Implemented": ["code"]}),
    "parity_evidence": (None, {"code": ["crates/**"]}),
    "parity_repository_url": (None, "https://h.example/{path}#L{line}"),
    "parity_product": (None, "Other Flow"),
    "parity_prose": (None, True),
}  # fmt: skip

_WORKFLOW = "on: pull_request\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: {}\n"


def _table(title: str, entries: list[dict[str, str]]) -> str:
    if not entries:
        return f"# {title}\n"
    lines = [list(entries[0]), ["---"] * len(entries[0])]
    lines += [list(entry.values()) for entry in entries]
    body = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"# {title}\n\n{body}\n"


def _claims(page: str, cited: list[str]) -> str:
    parts = [
        f"```{{parity-claim}}\n:exceptions: {one}\n\nFlow matches Dagster, but not {page} {n}.\n```\n"
        if one
        else f"Flow has full parity with Dagster.\n\n```{{parity-claim}}\nFlow does all of {page} {n}.\n```\n"
        for n, one in enumerate(cited)
    ]
    return "# Claims\n\n" + "\n".join(parts)


def _views(kinds: list[str]) -> str:
    views = "\n".join(f".. parity-table:: {kind}\n" for kind in kinds)
    return f"Shown\n=====\n\n{views}\n.. parity-summary::\n\n.. parity-graph::\n"


@pytest.fixture
def story() -> Callable[[int], Story]:
    """Make the story of a number."""
    return lambda seed: Story(random.Random(seed)).begin()  # noqa: S311 - the same for a seed


@dataclass(frozen=True)
class Built:
    """What a build left: its status, its log and its files."""

    status: int
    log: list[str]
    out: Path

    @property
    def report(self) -> bytes:
        """The bytes of ``parity.json``."""
        return (self.out / "parity.json").read_bytes()

    @property
    def outcome(self) -> tuple[int, list[str], bytes]:
        """What has to be the same however the project was built."""
        return self.status, self.log, self.report

    @property
    def pages(self) -> dict[str, str]:
        """The pages; some of Sphinx's files depend on the order of builds."""
        return {
            path.relative_to(self.out).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(self.out.rglob("*.html"))
            if path.stem != "search"
        }


class Workshop:
    """A folder in which a story is written and built."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._there: dict[str, str] = {}

    def write(self, files: dict[str, str], *, git: bool = False) -> None:
        """Make the folder hold *files*; touch only what differs."""
        for path in self._there.keys() - files.keys():
            (self.root / path).unlink()
        for path, text in files.items():
            if self._there.get(path) != text:
                (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                (self.root / path).write_text(text, encoding="utf-8")
        self._there = files
        if git:
            for arguments in (["init", "-q"], ["add", "-A", "."]):
                subprocess.run(["git", *arguments], cwd=self.root, check=True)

    def build(
        self, builder: str = "parity", *more: str, out: str = "", trees: str = "trees"
    ) -> Built:
        """Build into ``out`` with the doctrees *trees*, incrementally."""
        # Beside the root: what is written is no part of the repository.
        place = self.root.parent / f"{self.root.name}-out"
        target = place / (out or builder)
        arguments = ["-q", "--no-color", "-b", builder, "-d", str(place / trees), *more]
        stdout, stderr = io.StringIO(), io.StringIO()
        with (
            contextlib.redirect_stdout(stdout),
            contextlib.redirect_stderr(stderr),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            status = main([*arguments, str(self.root / "docs"), str(target)])
        text = re.sub(r"\x1b\[[0-9;]*m", "", stderr.getvalue())
        assert "Traceback" not in text, text
        log = [line for line in text.splitlines() if line.strip()]
        return Built(status, log, target)

    def clean(self, builder: str = "parity", *more: str) -> Built:
        """Build with nothing left from before."""
        place = self.root.parent / f"{self.root.name}-out"
        for name in ("clean", "clean-trees"):
            shutil.rmtree(place / name, ignore_errors=True)
        return self.build(builder, *more, out="clean", trees="clean-trees")


@pytest.fixture
def workshop(tmp_path: Path) -> Callable[..., Workshop]:
    """Make a workshop; each has a folder of its own."""

    def make(name: str = "project") -> Workshop:
        return Workshop(tmp_path / name)

    return make


@pytest.fixture(autouse=True)
def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a build rest on the last one, though its files are younger than a few seconds."""
    monkeypatch.setattr(reading, "RACY", 0)
