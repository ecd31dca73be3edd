"""What all tables are made of."""

from typing import ClassVar

from sqlalchemy import Float, Text
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """The schema of the current version; older files are brought to it by `migrations`."""

    # Named outright, because SQLAlchemy 2.0 and 2.1 choose different types for float.
    type_annotation_map: ClassVar = {float: Float, str: Text}
