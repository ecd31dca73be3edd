"""What an answer does: on to the next question at once, and an edit behind it."""

from collections.abc import Callable, Mapping

from app.names.name_matching import called
from app.session.asked import Asked
from app.session.context import Context
from engine.workflows.questions.suggestions import question_ids


class ReviewCommands:
    """One method an answer; each is a step that can be undone, which brings the question back."""

    def __init__(self, context: Context) -> None:
        self._questions, self._operations = context.questions, context.operations

    def yes(self, asked: Asked) -> None:
        """Say that they are one."""
        self.is_person(asked, asked.question.other)

    def no(self, asked: Asked) -> None:
        """Say that they are two."""
        question = asked.question
        self._questions.take(asked)
        if question.person is None:
            self._operations.reject(question.other, [question.face or 0], self._noting(asked))
        else:
            self._operations.tell_apart(question.person, question.other, self._noting(asked))

    def not_sure(self, asked: Asked) -> None:
        """Ask something else for a month."""
        kind, first, second = question_ids(asked.question)
        self._questions.take(asked)
        self._operations.postpone(kind, (first, second), self._noting(asked))

    def is_person(self, asked: Asked, person: int) -> None:
        """Say that it is this person, whoever was asked about."""
        self._take(asked)
        if asked.question.person is None:
            self._operations.confirm(person, [asked.question.face or 0], self._noting(asked))
        else:
            self._operations.merge(person, [asked.question.person], self._noting(asked))

    def is_called(self, asked: Asked, name: str, names: Mapping[int, str]) -> None:
        """Name the side in question; a single face goes to the first of `names`, by id, who is called so.

        A group is merged with nobody whose faces are not shown: the window offers that where somebody has the name.
        """
        group, face = asked.question.person, asked.question.face or 0
        wanted = called(names, name)
        if group is None and wanted:
            self.is_person(asked, wanted[0])
            return
        self._take(asked)
        if group is None:
            self._operations.split_off([face], name, self._noting(asked))
        else:
            self._operations.name(group, name, self._noting(asked))

    def _take(self, asked: Asked) -> None:
        """Go on; the side in question belongs to somebody now."""
        question = asked.question
        if question.person is None:
            self._questions.take(asked, faces=frozenset({question.face or 0}))
        else:
            self._questions.take(asked, people=frozenset({question.person}))

    def _noting(self, asked: Asked) -> Callable[[object], None]:
        return lambda _result: self._questions.note_written(asked)
