"""The closed sets of words that the library stores, and the order of their weight."""

from enum import StrEnum


class PhotoState(StrEnum):
    """What is known about one photo file.

    NEW: found, never read to its end. STARTED: committed before it is read, so that a file which kills the process is
    noticed. SUSPECT: being read for the second time after such a death. SCANNED: its faces are stored. BROKEN: it
    cannot be read, `problem` says why. MISSING: the file is gone; everything known about it is kept.
    """

    NEW = "NEW"
    STARTED = "STARTED"
    SUSPECT = "SUSPECT"
    SCANNED = "SCANNED"
    BROKEN = "BROKEN"
    MISSING = "MISSING"


UNREAD = (PhotoState.NEW, PhotoState.STARTED, PhotoState.SUSPECT)
"""Those that a scan has to read yet."""

READ_BEFORE = (PhotoState.SCANNED, PhotoState.BROKEN)
"""The states of photos that were read to an end: what is read again where somebody asks for it."""


UNUSUAL = (PhotoState.STARTED, PhotoState.SUSPECT, PhotoState.MISSING, PhotoState.BROKEN)
"""The states of few photos, which have an index of their own."""


class Source(StrEnum):
    """Who said that a face is a person: the user, the photo file's own metadata, or a clustering run."""

    USER = "USER"
    METADATA = "METADATA"
    CLUSTER = "CLUSTER"


class Aside(StrEnum):
    """Why a face is set aside: it is no face, which says nothing of others, or a stranger, who is known again."""

    NO_FACE = "NO_FACE"
    STRANGER = "STRANGER"


SPOKEN = (Source.USER, Source.METADATA)
"""The sources that a machine write must never overwrite."""

SOURCE_CODES: dict[Source | None, int] = {None: 0, Source.CLUSTER: 1, Source.METADATA: 2, Source.USER: 3}
"""The same as small numbers for arrays, the stronger the higher: everything from METADATA on was said by a person."""
