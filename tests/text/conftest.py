"""Counts what a reader does, so that its growth is measured and not its time."""

from __future__ import annotations

import sys

import pytest


@pytest.fixture
def steps_of():
    """Return a function that counts the lines of Python which a call runs."""

    def count(call):
        steps = 0

        def trace(_frame, event, _argument):
            nonlocal steps
            steps += event == "line"
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            call()
        finally:
            sys.settrace(before)
        return steps

    return count
