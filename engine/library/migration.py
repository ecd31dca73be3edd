"""One step from a version of the schema to the next."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: brings a file from the version before to `version`. It runs inside a transaction that it must not end.

    Foreign keys are off meanwhile and checked afterwards; the journal's triggers are made anew after the last step.
    """

    version: int
    apply: Callable[[sqlite3.Connection], None]
