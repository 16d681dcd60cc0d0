"""For pytest's `-p`: a call of a mutated function is three calls, so three times as deep."""

from __future__ import annotations

import sys

sys.setrecursionlimit(3 * sys.getrecursionlimit())
