"""Column types: paths of any bytes, instants and wall-clock times, sentences."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from engine.words import recalled, stored

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class FilePath(TypeDecorator[str]):
    """A path as Python holds it: TEXT where it is valid UTF-8, else a BLOB of the very bytes the file system gave.

    Such a path holds lone surrogates in Python (PEP 383), which SQLite's TEXT cannot keep.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | bytes | None:  # noqa: ARG002 the base class's signature
        """Turn a path that is not UTF-8 into its bytes."""
        if value is None:
            return None
        try:
            value.encode()
        except UnicodeEncodeError:
            return os.fsencode(value)
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 the base class's signature
        """Turn stored bytes back into the path that they were."""
        if isinstance(value, bytes):
            return os.fsdecode(value)
        return None if value is None else str(value)


class Instant(TypeDecorator[datetime]):
    """A moment in time, timezone-aware in Python, whole microseconds since 1970-01-01 UTC in the file."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 the base class's signature
        """Refuse a time without a zone: it would be read as another moment elsewhere."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs a time zone"
            raise ValueError(message)
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 the base class's signature
        """Return the moment in UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class WallClock(TypeDecorator[datetime]):
    """What the camera's clock showed: no zone in Python; microseconds since 1970-01-01 on that same clock in the file.

    A zone that a caller passes is dropped: photos of one day sort by the time of day that people remember.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 the base class's signature
        """Store the clock's reading."""
        return None if value is None else (value.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 the base class's signature
        """Return the clock's reading."""
        return None if value is None else (_EPOCH + value * _MICROSECOND).replace(tzinfo=None)


class SentenceText(TypeDecorator[str]):
    """A sentence with its template and values, as `words.stored` writes it; older rows hold the English alone."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 the base class's signature
        """Take a sentence apart."""
        return None if value is None else stored(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 the base class's signature
        """Return the sentence, which can be told in other languages, or the plain text."""
        return None if value is None else recalled(value)
