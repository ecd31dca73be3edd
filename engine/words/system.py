"""Which languages the system is used in, without Qt."""

import ctypes
import locale
import os
import sys
from collections.abc import Mapping


def system_languages(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the wanted languages as the system calls them (`de_AT.UTF-8`), the dearest first; none for "C".

    As gettext reads them: the first of LC_ALL, LC_MESSAGES and LANG that is set, before which LANGUAGE, a list, counts
    unless that is "C". Where none is set, Windows is asked.
    """
    named = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "") or _of_windows()
    if named.partition(".")[0] in ("", "C", "POSIX"):
        return ()
    return (*filter(None, environment.get("LANGUAGE", "").split(":")), named)


def _of_windows() -> str:
    """Return the language in which Windows shows itself, "" elsewhere."""
    if sys.platform == "win32":
        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""
