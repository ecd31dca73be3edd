"""Questions that the user did not want to answer now."""

from datetime import datetime

from sqlalchemy.dialects.sqlite import insert

from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.tables import PostponedQuestion
from engine.words import sentence


def postpone_question(library: Library, kind: str, first_id: int, second_id: int, until: datetime) -> Changes:
    """Do not ask the question of this kind about these two ids before `until` (with a time zone)."""
    with library.edit(sentence("Postpone a question")) as edit:
        question = insert(PostponedQuestion).values(kind=kind, first_id=first_id, second_id=second_id, until=until)
        edit.connection.execute(
            question.on_conflict_do_update(
                index_elements=[PostponedQuestion.kind, PostponedQuestion.first_id, PostponedQuestion.second_id],
                set_={"until": question.excluded.until},
            )
        )
    return edit.changes
