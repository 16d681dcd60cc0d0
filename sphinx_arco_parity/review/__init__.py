"""The review cadence: triggers, the lock of the last review, changes since, history.

Knows the register and the settings, neither Sphinx nor git.
"""
