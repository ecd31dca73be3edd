"""How many cores there are, and may be used."""

import contextlib
import io
import os
import warnings
from functools import cache


def usable_cores() -> int:
    """Return on how many cores this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def count_cores_quietly() -> None:
    """Let joblib count the cores before scikit-learn asks it to.

    Where a system does not tell (a container without /sys), joblib warns and prints a traceback the first time, and
    then counts threads instead. That is right for us and no news for anybody.
    """
    import joblib

    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        joblib.cpu_count(only_physical_cores=True)
