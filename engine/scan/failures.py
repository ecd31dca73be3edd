"""How reading fails, and how that is said: the kinds of errors, and the sentences."""

import errno
import struct
import zlib

from PIL import Image, ImageCms

from engine.errors import PhotoError

DECODER_ERRORS: tuple[type[Exception], ...] = (
    OSError,  # truncated data, unknown tiles; also UnidentifiedImageError
    SyntaxError,  # Pillow's word for a header that it cannot parse
    ValueError,  # sizes, offsets and modes that cannot be; UnicodeDecodeError
    TypeError,  # a tag of another type than its meaning needs
    ArithmeticError,  # division by a zero in a header, numbers that do not fit
    LookupError,  # indices and keys beyond a table: IndexError, KeyError
    EOFError,
    AttributeError,  # a part that a damaged file has not
    AssertionError,  # what Pillow takes for granted of a sound file
    BufferError,
    MemoryError,  # also Pillow's word for some broken sizes
    RuntimeError,  # pillow-heif, libavif; NotImplementedError, RecursionError
    SystemError,  # a C decoder that failed without setting an error
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    ImageCms.PyCMSError,
)
"""Everything that Pillow, its plugins and their C libraries were seen or are documented to raise for a bad file.

Listed by kind because `except Exception` would also hide what is none of a file's fault, such as a missing import.
`rawpy` has an error class of its own, translated where it is imported."""


BOMB_HINT = "A file may claim such a size only to exhaust the memory."


def damaged(kind: str, error: BaseException) -> PhotoError:
    """Return the sentence for a decoder's failure; `kind` is the format's name.

    What the decoder says is for programmers, and is not shown; the error itself stays the cause of this one.
    """
    if isinstance(error, MemoryError):
        return PhotoError(f"The {kind} picture needs more memory than there is, or its size is damaged.")
    if isinstance(error, Image.DecompressionBombError):
        return PhotoError(f"The {kind} picture claims more pixels than Kinfolk reads.", BOMB_HINT)
    if isinstance(error, EOFError | zlib.error) or (isinstance(error, OSError) and "truncated" in str(error)):
        return PhotoError(f"The {kind} picture ends early or is damaged.", "It was probably not copied to the end.")
    if isinstance(error, NotImplementedError):
        return PhotoError(f"The {kind} picture is of a variety that Kinfolk does not read.", "Save it as JPEG.")
    return PhotoError(f"The {kind} picture is damaged, or of a variety that Kinfolk does not read.")


TIME_OUT = "Reading the picture took too long and was stopped."

_PASSING = ("The file cannot be", "The file is gone", TIME_OUT, "The picture could not be read: the process")
"""How sentences begin that tell of something outside the file, or of a busy machine."""


def may_be_mended(problem: str) -> bool:
    """Say whether trying again can help with what kept a photo from being read: damage stays damage."""
    return problem.startswith(_PASSING) or " need the package " in problem or " does not work here" in problem


_REASONS = {
    errno.ENOENT: "is gone",
    errno.EACCES: "cannot be opened: no permission",
    errno.EPERM: "cannot be opened: no permission",
    errno.EIO: "cannot be read: the disk reports an error",
    errno.ENAMETOOLONG: "cannot be opened: the path is too long",
    errno.ELOOP: "cannot be opened: its links form a loop",
    errno.ESTALE: "cannot be read: the network drive is gone",
    errno.ENOTCONN: "cannot be read: the network drive is gone",
}


def unreadable(thing: str, error: OSError) -> str:
    """Return the sentence for a file or a folder ("The file", "The folder") that the system does not hand over."""
    reason = _REASONS.get(error.errno or 0, f"cannot be read: {error.strerror or 'unknown error'}")
    return f"{thing} {reason}."
