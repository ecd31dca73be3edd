"""Faces that the machine is not sure of: shown with somebody, but counted nowhere as theirs."""

from sqlalchemy import ColumnElement, and_

from engine.library.states import Source
from engine.library.tables import Face


def is_doubtful() -> ColumnElement[bool]:
    """Return the condition for such a face; a word of somebody ends all doubt."""
    return and_(Face.doubtful, Face.source.is_not_distinct_from(Source.CLUSTER))
