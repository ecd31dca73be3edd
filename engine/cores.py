"""How many cores there are, asked once so that nobody is told where that cannot be found out."""

import contextlib
import io
import warnings
from functools import cache


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
