"""Rows of numbers as arrays, without a Python object a value that stays."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, ColumnElement, Connection, Select, case, func, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from engine.library.states import SOURCE_CODES
from engine.library.tables import Face, Photo
from engine.scan.dates import PRECISIONS

_UNDATED = -(2**62)
_MICROSECONDS = 1e6
BATCH = 500
"""Rows that are Python objects at once: few enough to stay in the cache of a core until they are copied."""


def source_code() -> ColumnElement[int]:
    """Return the source of a face as a number of `states.SOURCE_CODES`."""
    codes = ((Face.source == source, number) for source, number in SOURCE_CODES.items() if source is not None)
    return case(*codes, else_=SOURCE_CODES[None])


def id_or_none(column: InstrumentedAttribute[int | None]) -> ColumnElement[int]:
    """Return an id that may be absent as a number: −1 for none."""
    return func.coalesce(column, -1)


def taken_code() -> ColumnElement[int]:
    """Return the time of a photo as a number that `seconds` reads."""
    return func.coalesce(type_coerce(Photo.taken_at, BigInteger), _UNDATED)


def precision_code() -> ColumnElement[int]:
    """Return how exact the time of a photo is as a place in `PRECISIONS`; where nothing is known of it, as exact."""
    return case(*((Photo.taken_precision == word, number) for number, word in enumerate(PRECISIONS)), else_=0)


def seconds(codes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return seconds on the camera's clock since 1970-01-01, NaN for undated, of what `taken_code` gave."""
    return np.where(codes == _UNDATED, np.nan, codes / _MICROSECONDS)


def number_rows(connection: Connection, query: "Select[*tuple[object, ...]]") -> NDArray[np.float64]:
    """Return (k, n): the k columns of the query, all numbers and none of them NULL; ids are exact up to 2**53."""
    return joined(query, number_parts(connection, query))


def number_parts(connection: Connection, query: "Select[*tuple[object, ...]]") -> Iterator[NDArray[np.float64]]:
    """Yield the rows of such a query, `BATCH` at a time, one after the other: (rows * k,)."""
    for batch in raw_batches(connection, query):
        yield np.fromiter(chain.from_iterable(batch), np.float64)


def joined(query: "Select[*tuple[object, ...]]", parts: Iterable[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return (k, n) of what `number_parts` yielded of a query of k columns."""
    return np.concatenate([np.empty(0), *parts]).reshape(-1, len(query.selected_columns)).T


def raw_batches(connection: Connection, query: "Select[*tuple[object, ...]]") -> Iterator[Sequence[tuple[Any, ...]]]:
    """Yield the rows of the query, `BATCH` at a time, as the driver gives them; types of columns convert nothing."""
    with closing(connection.execute(query)) as result:
        # Making SQLAlchemy's rows of the driver's costs as much as reading them.
        while result.cursor is not None and (batch := result.cursor.fetchmany(BATCH)):
            yield batch
