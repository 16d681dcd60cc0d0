"""Keeps one project loaded and answers the server's questions: a process of its own.

``python -m sphinx_arco_parity.editor.worker DOCS``.  What a ``conf.py`` does to a process
stays in it: where the configuration changes, or fails, this one ends.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.workspace import PositionCodec

from sphinx_arco_parity.cli.console import Console, NothingToReadError, StopError, own_streams
from sphinx_arco_parity.cli.running import loaded, working_folder
from sphinx_arco_parity.cli.warm import Warm
from sphinx_arco_parity.editor.completion import completion
from sphinx_arco_parity.editor.fixes import actions, diagnostics
from sphinx_arco_parity.editor.page import Judged, Page
from sphinx_arco_parity.editor.places import definition, hover, references, symbols
from sphinx_arco_parity.editor.project import CHECK, Again, Answer, Failed, Question
from sphinx_arco_parity.editor.renaming import CannotRenameError, renamable, rename

#: The questions of the editor, each with the feature that answers it.
ANSWERS: Mapping[str, Callable[[Page, Any], Any]] = {
    types.TEXT_DOCUMENT_HOVER: lambda page, asked: hover(page, asked.position),
    types.TEXT_DOCUMENT_DEFINITION: lambda page, asked: definition(page, asked.position),
    types.TEXT_DOCUMENT_REFERENCES: lambda page, asked: references(
        page, asked.position, declaration=asked.context.include_declaration
    ),
    types.TEXT_DOCUMENT_COMPLETION: lambda page, asked: completion(page, asked.position),
    types.TEXT_DOCUMENT_CODE_ACTION: lambda page, asked: actions(page, asked.range),
    types.TEXT_DOCUMENT_PREPARE_RENAME: lambda page, asked: renamable(page, asked.position),
    types.TEXT_DOCUMENT_RENAME: lambda page, asked: rename(page, asked.position, asked.new_name),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: lambda page, _asked: symbols(page),
}

#: Questions of edits: what is not saved is judged before they are answered.
EDITING = frozenset(
    {
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.TEXT_DOCUMENT_PREPARE_RENAME,
        types.TEXT_DOCUMENT_RENAME,
    }
)


def main() -> None:
    """Answer until there are no more questions, or until the project must be loaded again."""
    questions, answers = own_streams()
    question = _next(questions)
    if question is None:
        return
    try:
        docs = Path(sys.argv[1])
        console = Console(out=io.StringIO(), err=sys.stderr)
        with (
            working_folder(docs, reader="editor") as work,
            loaded(docs, work, console, quiet=True) as documentation,
        ):
            project = Project(Warm(docs, documentation))
            while question is not None:
                answer = project.answer(question)
                _say(answers, answer)
                project.tidy()
                question = None if isinstance(answer, Again) else _next(questions)
    except StopError as error:
        nothing = isinstance(error, NothingToReadError)
        _say(answers, Failed(message=error.message, help_text=error.help_text, nothing=nothing))


class Project:
    """Answers from what was judged of one project."""

    def __init__(self, warm: Warm) -> None:
        self._warm = warm
        self._judged: Judged | None = None
        self._told_of: Judged | None = None
        self._is_tidy = True

    def answer(self, question: Question) -> Answer | Again:
        """Answer *question*, after a look at what has changed where that matters.

        :raises StopError: if the project cannot be checked.
        """
        judged, took = self._judged, None
        if judged is None or question.method == CHECK or question.method in EDITING:
            if self._warm.is_loaded_anew():
                return Again()
            started = time.monotonic()
            seen = self._warm.judge(question.unsaved)
            if judged is None or judged.run is not seen:
                took = time.monotonic() - started if judged is not None else None
                self._judged = judged = Judged(seen, dict(question.unsaved))
                self._is_tidy = False
        if question.method == CHECK and judged is self._told_of:
            return Answer(same=True)
        try:
            return Answer(value=self._told(judged, question), took=took)
        except CannotRenameError as error:
            return Answer(refused=str(error))
        except Exception:  # noqa: BLE001 - a defect of ours must not end the editor's help
            traceback.print_exc()
            return Answer()

    def tidy(self) -> None:
        """Collect garbage, now that nobody waits for an answer."""
        if not self._is_tidy:
            gc.collect()
            if not gc.get_freeze_count():
                # Most of what is there now stays, and looking through it all while an answer
                # is made takes a third of the time; the pages of the first reading do not.
                gc.freeze()
                gc.disable()
            self._is_tidy = True

    def _told(self, judged: Judged, question: Question) -> object:
        root = judged.run.project.root
        path = os.path.relpath(question.path or root, root).replace(os.sep, "/")
        page = Page(judged, path, question.text, PositionCodec(question.encoding))
        if question.method == CHECK:
            self._told_of = judged
            return diagnostics(Page(judged, "", "", page.codec))
        return ANSWERS[question.method](page, question.params)


def _next(questions: BinaryIO) -> Question | None:
    try:
        question: Question = pickle.load(questions)  # noqa: S301 - the server's own
    except EOFError:
        return None
    return question


def _say(answers: BinaryIO, answer: object) -> None:
    pickle.dump(answer, answers)
    answers.flush()


if __name__ == "__main__":
    main()
