"""Each rule through Sphinx: a broken project with exactly that finding, and a good twin.

The core's tests say what each rule holds for; these say that it is reached from both
markups, with the text, the file, the line and the subtype of the log.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest

_TABLES = {"parity_tables": {"exceptions": ["register"], "matrix": ["matrix"]}}
_ADRS = {"parity_evidence": {"adr": ["docs/adr/**"], "code": ["src/**"]}}
_REGISTER = (
    "# Register\n\n| ID | Capability | Decision | Type |\n|---|---|---|---|\n"
    "| EX-01 | Op model | Assets | Permanent |\n"
)
_MATRIX = (
    "# Matrix\n\n| Capability | Status | Exceptions | Proof Level |\n|---|---|---|---|\n"
    "| Tick | Partial | EX-01 | unit |\n"
)


@dataclass(frozen=True)
class Case:
    """A broken project, and the edit that mends it."""

    files: dict[str, str]
    file: str
    """The one that is broken."""
    bad: str
    """The text in it that is wrong."""
    good: str
    line: int
    message: str
    rule: str
    level: str = "ERROR"
    conf: dict[str, Any] = field(default_factory=dict)
    path: str = ""
    """Where the finding is, if not in the file."""


def _table(rule, bad, good, message, *, matrix=False, level="ERROR", path="", **conf):
    file, text = ("matrix.md", _MATRIX) if matrix else ("register.md", _REGISTER)
    files = {"register.md": _REGISTER, "matrix.md": _MATRIX}
    assert good in text
    files[file] = text.replace(good, bad)
    conf = {**_TABLES, **conf}
    return Case(files, file, bad, good, 5, message, rule, level, conf, path)


def _rest(directive, *options, argument=""):
    lines = [f".. {directive}:: {argument}".rstrip(), *(f"   {o}" for o in options)]
    return "Page\n====\n\nText.\n\n" + "\n".join(lines) + "\n"


def _myst(directive, *options, argument=""):
    lines = [f"```{{{directive}}} {argument}".rstrip(), *options, "```"]
    return "# Page\n\nText.\n\n" + "\n".join(lines) + "\n"


def _pair(rule, directive, options, position, bad, good, message, **more):
    """Make cases in both markups; *position* is the option's, 0 the directive's."""
    argument = more.pop("argument", "")
    files = more.pop("files", {"register.md": _REGISTER})
    conf = {"parity_tables": {"exceptions": ["register"]}, **more.pop("conf", {})}
    for name, write, first in (("p.rst", _rest, 6), ("p.md", _myst, 5)):
        text = write(directive, *options, argument=argument)
        assert good in text, (good, text)
        yield Case(
            {**files, name: text.replace(good, bad)},
            name,
            bad,
            good,
            first + position,
            message,
            rule,
            conf=conf,
            **more,
        )


_EXCEPTION = (":capability: c", ":decision: d", ":type: Deferral")
_ROW = (":capability: c", ":status: Planned", ":exceptions: EX-01", ":adrs: 1")
_ADR = {
    "adr/0001-a.md": "# 1. A\n\n## Status\n\nAccepted\n",
    "adr/0002-b.md": "# 2. B\n\n## Status\n\nSuperseded by ADR-0001\n",
    "adr/0003-c.md": "# 3. C\n\n## Status\n\nProposed\n",
    "register.md": _REGISTER,
}

CASES = [
    # Exceptions
    _table("exception-incomplete", "| Op model |  |", "| Op model | Assets |", "exception EX-01: the required field `decision` is missing"),
    _table("exception-incomplete", "| Op model | n/a |", "| Op model | Assets |", "exception EX-01: the required field `decision` is missing"),
    _table("exception-type", "Permament", "Permanent", "exception EX-01: the type `Permament` is not a configured one"),
    _table("duplicate-id", "| EX-01 | Op model | Assets | Permanent |\n| EX-01 ", "| EX-01 ", "exception EX-01: is declared at docs/register.md:6 and already at docs/register.md:5"),
    _table("exception-uncited", "| - |", "| EX-01 |", "exception EX-01: no row and no claim cites it", matrix=True, level="WARNING", path="docs/register.md", parity_rules={"exception-uncited": "warning"}),
    *_pair("exception-incomplete", "parity-exception", _EXCEPTION, 0, ":decision: -", ":decision: d", "exception EX-07: the required field `decision` is missing", argument="EX-07"),
    *_pair("exception-type", "parity-exception", _EXCEPTION, 3, ":type: Deferal", ":type: Deferral", "exception EX-07: the type `Deferal` is not a configured one", argument="EX-07"),
    *_pair("duplicate-id", "parity-exception", _EXCEPTION, 0, "EX-05", "EX-07", "exception EX-05: is declared at", argument="EX-07", files={"register.md": _REGISTER, "o.md": _myst("parity-exception", *_EXCEPTION, argument="EX-05")}),
    *_pair("duplicate-id", "parity-claim", (":exceptions: EX-01", "", "Words."), 0, "c1", "c2", "claim c1: is declared at", argument="c2", files={"register.md": _REGISTER, "o.md": _myst("parity-claim", "EX-01 says.", argument="c1")}),
    *_pair("malformed-declaration", "parity-exception", _EXCEPTION, 1, ":capabilty: c", ":capability: c", "parity-exception: unknown option `capabilty`; did you mean `capability`?", argument="EX-07"),
    *_pair("malformed-declaration", "parity-exception", _EXCEPTION, 3, ":decision: d\n   :decision: d", ":decision: d", "parity-exception: option `decision` is given twice", argument="EX-07"),
    *_pair("malformed-declaration", "parity-exception", _EXCEPTION, 0, "EX-07 and more", "EX-07", "parity-exception: “EX-07 and more” is no id", argument="EX-07"),
    *_pair("malformed-declaration", "parity-table", (), 0, "exeptions", "exceptions", "parity-table: there is no table of “exeptions”; did you mean `exceptions`?", argument="exceptions"),
    # Rows
    _table("row-incomplete", "| Tick |  |", "| Tick | Partial |", "row tick: the required field `status` is missing", matrix=True),
    _table("row-status", "| Tick | Partail |", "| Tick | Partial |", "row tick: the status `Partail` is not a configured one (did you mean `Partial`?", matrix=True),
    _table("row-proof-level", "| unti |", "| unit |", "row tick: the proof level `unti` is not a configured one (did you mean `unit`?", matrix=True),
    _table("row-without-evidence", "| Implemented | |", "| Partial | EX-01 |", "row tick: its status is Implemented, but it cites no code, no tests and no CI", matrix=True),
    _table("row-cites-exception", "| Implemented |", "| Partial |", "row tick: its status is Implemented, but it cites EX-01", matrix=True, parity_required_evidence={}),
    _table("row-without-exception", "| Exception | none |", "| Partial | EX-01 |", "row tick: its status is Exception", matrix=True),
    _table("unknown-exception", "EX-99", "EX-01", "row tick: cites `EX-99`, which is not declared", matrix=True),
    *_pair("row-incomplete", "parity-row", _ROW[:2], 0, ":capability: none", ":capability: c", "row r: the required field `capability` is missing", argument="r"),
    *_pair("row-status", "parity-row", _ROW[:2], 2, ":status: Planed", ":status: Planned", "row r: the status `Planed` is not a configured one", argument="r"),
    *_pair("unknown-exception", "parity-row", _ROW[:3], 3, "EX-99", "EX-01", "row r: cites `EX-99`", argument="r"),
    # Claims
    *_pair("claim-without-exception", "parity-claim", (":exceptions: EX-01", "", "Words."), 0, ":rows: r", ":exceptions: EX-01", "claim c: cites no declared exception", argument="c", files={"register.md": _REGISTER, "o.md": _myst("parity-row", *_ROW[:2], argument="r")}),
    *_pair("unknown-row", "parity-claim", (":exceptions: EX-01", ":rows: r", "", "Words."), 2, ":rows: rr", ":rows: r", "claim c: names the row `rr`, which is not declared", argument="c", files={"register.md": _REGISTER, "o.md": _myst("parity-row", *_ROW[:2], argument="r")}),
    # ADRs
    *_pair("unknown-adr", "parity-row", _ROW, 4, ":adrs: 7", ":adrs: 1", "row r: cites ADR `7`, which does not exist", argument="r", files=_ADR, conf=_ADRS),
    *_pair("adr-not-in-force", "parity-row", _ROW, 4, ":adrs: 2", ":adrs: 1", "row r: cites ADR 0002, which is superseded by ADR 0001", argument="r", files=_ADR, conf=_ADRS, level="WARNING"),
    *_pair("adr-only-proposed", "parity-exception", (*_EXCEPTION, ":adrs: 1"), 4, ":adrs: 3", ":adrs: 1", "exception EX-07: rests on ADR 0003, which is only proposed", argument="EX-07", files=_ADR, conf=_ADRS, level="WARNING"),
    Case({"adr/0001-a.md": _ADR["adr/0001-a.md"], "adr/0001-b.md": "# 1. B\n\n## Status\n\nAccepted\n"}, "adr/0001-b.md", "# 1. B", "", 1, "ADR 0001: docs/adr/0001-b.md has the same number as docs/adr/0001-a.md", "duplicate-adr", conf=_ADRS),
    Case({"adr/0001-a.md": _ADR["adr/0001-a.md"], "adr/README.md": "# ADRs\n\n| ADR | Title | Status |\n|---|---|---|\n| [0001](0001-a.md) | A | Proposed |\n"}, "adr/README.md", "Proposed", "Accepted", 5, "ADR 0001: its status is `Accepted` in docs/adr/0001-a.md:5, but `Proposed` in this index", "adr-index-differs", "WARNING", _ADRS),
    # Tables
    Case({"register.md": _REGISTER.replace("| ID |", "| Identity |")}, "register.md", "| Identity |", "| ID |", 1, "pattern register: no table of register has the columns", "table-not-recognised", "WARNING", {"parity_tables": {"exceptions": ["register"]}}, "docs/conf.py"),
    Case({"registry.md": _REGISTER}, "registry.md", "", "", 1, "pattern register: `parity_tables` takes exceptions from it, but it matches no page", "table-not-recognised", "WARNING", {"parity_tables": {"exceptions": ["register"]}}, "docs/conf.py"),
    # Review
    *_pair("unknown-milestone", "parity-exception", (*_EXCEPTION, ":revisit: at M2"), 4, ":revisit: at M9", ":revisit: at M2", "exception EX-07", argument="EX-07", conf={"parity_milestones": ["M1", "M2"]}),
    *_pair("revisit-due", "parity-exception", (*_EXCEPTION, ":revisit: at M2"), 0, ":revisit: at M1", ":revisit: at M2", "exception EX-07", argument="EX-07", conf={"parity_milestones": ["M1", "M2"], "parity_milestone": "M1"}),
    *_pair("permanent-with-milestone", "parity-exception", (*_EXCEPTION, ":revisit: at M2"), 4, ":type: Permanent", ":type: Deferral", "exception EX-07", argument="EX-07", level="WARNING", conf={"parity_milestones": ["M1", "M2"]}),
]  # fmt: skip


def _name(case: Case) -> str:
    return f"{case.rule}-{re.sub(r'[^a-z0-9]+', '-', case.bad.lower())[:24]}-{case.file}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_broken_project_has_exactly_this_finding(project, case):
    made = project(case.files, case.conf)
    built = made.build()
    path = case.path or f"docs/{case.file}"
    line = 6 if case.rule == "duplicate-id" and "register" in path else case.line
    assert [(o.path, o.line, o.level, o.rule) for o in built.lines] == [
        (path, line, case.level, case.rule)
    ]
    assert built.lines[0].message.startswith(case.message)
    assert built.places == [(case.rule, path, line)]
    errors, warnings = (1, 0) if case.level == "ERROR" else (0, 1)
    assert built.closing == (
        f"{case.level}: sphinx-arco-parity: {errors} error(s), {warnings} warning(s) in 1 file(s)"
    )
    assert built.status == errors
    _mend(made, case)
    good = made.build()
    assert good.serious == []
    assert good.closing == ""
    assert good.status == 0


def _mend(made, case):
    file = made.docs / case.file
    if case.file == "adr/0001-b.md":
        file.rename(made.docs / "adr/0002-b.md")
    elif case.file == "registry.md":
        file.rename(made.docs / "register.md")
    else:
        text = file.read_text()
        made.write({f"docs/{case.file}": text.replace(case.bad, case.good, 1)})


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("p.md", "# P\n\n```{parity-claim} c\n:exceptions: EX-01\n```\n", 3),
        ("p.rst", "P\n=\n\n.. parity-claim:: c\n   :exceptions: EX-01\n", 4),
    ],
)
def test_a_claim_without_a_body(project, name, text, line):
    built = project({name: text}).build()
    assert built.places == [("malformed-declaration", f"docs/{name}", line)]
    assert "has no body: the claim is missing" in built.lines[0].message
    assert built.data["claims"] == []


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        (
            "p.rst",
            "P\n=\n\n.. parity-row:: r\n   :capability: c\n   stray\n   :status: Planned\n",
            6,
        ),
        (
            "p.rst",
            "P\n=\n\n.. parity-row:: r\n\n   :capability: c\n   :status: Planned\n",
            6,
        ),
    ],
)
def test_a_stray_line_is_one_finding_and_drops_nothing(project, name, text, line):
    built = project({name: text}).build()
    assert built.places == [("malformed-declaration", f"docs/{name}", line)]
    assert built.one("rows", "r")["status"] == "Planned"
