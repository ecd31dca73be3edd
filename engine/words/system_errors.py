"""Why the system refuses, as the end of a sentence: the reasons that people meet, by their number."""

import errno

from engine.words.sentence import sentence

_REASONS = {
    errno.EPERM: sentence("Operation not permitted"),
    errno.ENOENT: sentence("No such file or directory"),
    errno.EIO: sentence("Input/output error"),
    errno.ENOMEM: sentence("Cannot allocate memory"),
    errno.EACCES: sentence("Permission denied"),
    errno.EBUSY: sentence("Device or resource busy"),
    errno.EEXIST: sentence("File exists"),
    errno.ENOTDIR: sentence("Not a directory"),
    errno.EISDIR: sentence("Is a directory"),
    errno.EMFILE: sentence("Too many open files"),
    errno.ENOSPC: sentence("No space left on device"),
    errno.EROFS: sentence("Read-only file system"),
    errno.ENAMETOOLONG: sentence("File name too long"),
    errno.ENOTEMPTY: sentence("Directory not empty"),
    errno.ELOOP: sentence("Too many levels of symbolic links"),
    errno.ESTALE: sentence("Stale file handle"),
    errno.EDQUOT: sentence("Disk quota exceeded"),
    errno.ECONNREFUSED: sentence("Connection refused"),
    errno.ETIMEDOUT: sentence("Connection timed out"),
}
"""In the words of the GNU C library, which the C library of this system may have in no other language."""


def system_reason(error: OSError) -> str:
    """Return why a call of the system failed: a sentence where it is a usual reason, else in the system's words.

    Windows knows more reasons than there are numbers (a file in use and a drive without a disk are both EACCES), and
    says them in its user's language.
    """
    if getattr(error, "winerror", None) and error.strerror:
        return error.strerror
    return _REASONS.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__
