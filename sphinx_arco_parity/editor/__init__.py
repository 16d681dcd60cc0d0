"""The language server ``arco-parity lsp``.

:mod:`.server` speaks with the editor.  For each project it has a process of its own,
:mod:`.worker`, which keeps the project loaded and answers from what it judged; each feature
is a module that makes an answer of a :class:`.Page`.
"""
