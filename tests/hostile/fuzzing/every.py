"""All targets, by name."""

from __future__ import annotations

from fuzzing import cells, code, files, tables

TARGETS = {
    one.name: one for one in (*cells.TARGETS, *tables.TARGETS, *files.TARGETS, *code.TARGETS)
}
