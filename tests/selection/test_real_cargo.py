"""Our selection against what the real cargo lists, on generated command lines."""

from __future__ import annotations

import os
import random
import re
import shlex
import shutil
import subprocess

import pytest

from sphinx_arco_parity.repository.selection import Selector
from sphinx_arco_parity.repository.shell import commands_of

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("cargo") is None, reason="needs cargo"),
]

PACKAGES = [
    "",
    "-p flow",
    "--package=flow-core",
    "-p flow-cli -p flow",
    "-p 'flow-*'",
    "-p probe",
    "-p flow@0.1.0",
    "--workspace",
    "--all",
    "--workspace --exclude flow",
    "--workspace --exclude 'flow-*'",
    "--workspace --exclude=probe --exclude flow-cli",
    "-p flow-old --workspace",
]
TARGETS = [
    "",
    "",
    "--lib",
    "--bins",
    "--bin worker",
    "--tests",
    "--test schedule",
    "--test 's*'",
    "--test renamed",
    "--examples",
    "--benches",
    "--all-targets",
    "--lib --test gated",
    "--doc",
    "--example plain",
]
FEATURES = [
    "",
    "",
    "",
    "--all-features",
    "--no-default-features",
    "-p flow --features flow/aws",
    "-p flow --features cloud",
    "-p flow -F aws,clock --no-default-features",
]
FILTERS = [
    "",
    "",
    "tick",
    "tests",
    "-- --skip tick",
    "-- --exact test_tick",
    "tick -- --skip late",
    "-- inner flow_lib",
    "-- --ignored",
    "-- --include-ignored",
    "-- --exact tests::flow_lib_root --skip x",
    "schedule::",
    "-- --skip tests:: --test-threads 1",
]
FOLDERS = [
    "",
    "",
    "crates/flow",
    "crates/flow-cli/src",
    "tools/probe",
    "crates/legacy",
    "crates",
]
MANIFESTS = [
    "",
    "",
    "",
    "--manifest-path Cargo.toml",
    "--manifest-path crates/flow/Cargo.toml",
]
COUNT = int(os.environ.get("PARITY_CARGO_LINES", "150"))


def generated():
    chance = random.Random(int(os.environ.get("SEED", "20240607")))  # noqa: S311 - no secret
    for _ in range(COUNT):
        folder = chance.choice(FOLDERS)
        manifest = chance.choice(MANIFESTS) if not folder else ""
        words = [chance.choice(part) for part in (PACKAGES, TARGETS, FEATURES, FILTERS)]
        yield folder, " ".join(["cargo test", manifest, *words])


def listed(folder, line, target):
    """Return the last words of the names of the tests that cargo lists, or ``None``."""
    head, dashes, rest = line.partition(" -- ")
    words = [
        *shlex.split(head),
        "--offline",
        "--",
        *shlex.split(rest if dashes else ""),
        "--list",
    ]
    done = subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, "CARGO_TARGET_DIR": str(target)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return None
    return set(re.findall(r"(?m)^(?:\w+::)*(\w+): test$", done.stdout))


def test_real_cargo_agrees(flow, flow_folder, flow_tests, tmp_path_factory):
    selector = Selector(flow)
    target = os.environ.get("PARITY_CARGO_TARGET") or tmp_path_factory.mktemp("target")
    rust = [(name, subject) for name, subject in flow_tests if subject.language == "rust"]
    wrong, known, unknown = [], 0, 0
    for folder, line in generated():
        real = listed(flow_folder / folder, line, target)
        if real is None:
            continue
        [command] = commands_of(line, directory=folder)
        for name, subject in rust:
            answer = selector.selects(command, subject)
            if answer.selected is None:
                unknown += 1
            else:
                known += 1
                if answer.selected != (name in real):
                    wrong.append((folder, line, name, name in real, answer.reason))
    print(f"cargo: {known} known, {unknown} unknown")  # noqa: T201 - for `-s`
    assert not wrong, "\n".join(map(str, wrong[:40]))
    assert known > 4 * unknown, (known, unknown)
