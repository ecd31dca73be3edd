"""How reading fails, and how that is said: the kinds of errors, and the sentences."""

import errno
import struct
import zlib

from PIL import Image, ImageCms

from engine.errors import PhotoError
from engine.words import Sentence, sentence, system_reason, template

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


BOMB_HINT = sentence("A file may claim such a size only to exhaust the memory.")


def damaged(kind: str, error: BaseException) -> PhotoError:
    """Return the sentence for a decoder's failure; `kind` is the format's name.

    What the decoder says is for programmers, and is not shown; the error itself stays the cause of this one.
    """
    if isinstance(error, MemoryError):
        return PhotoError(
            sentence("The {kind} picture needs more memory than there is, or its size is damaged.", kind=kind)
        )
    if isinstance(error, Image.DecompressionBombError):
        return PhotoError(sentence("The {kind} picture claims more pixels than Kinfolk reads.", kind=kind), BOMB_HINT)
    if isinstance(error, EOFError | zlib.error) or (isinstance(error, OSError) and "truncated" in str(error)):
        return PhotoError(
            sentence("The {kind} picture ends early or is damaged.", kind=kind),
            sentence("It was probably not copied to the end."),
        )
    if isinstance(error, NotImplementedError):
        return PhotoError(
            sentence("The {kind} picture is of a variety that Kinfolk does not read.", kind=kind),
            sentence("Save it as JPEG."),
        )
    return PhotoError(sentence("The {kind} picture is damaged, or of a variety that Kinfolk does not read.", kind=kind))


TIME_OUT = sentence("Reading the picture took too long and was stopped.")

_PASSING = ("The file cannot be", "The file is gone", TIME_OUT, "The picture could not be read: the process")
"""How sentences begin, in English, that tell of something outside the file, or of a busy machine."""


def may_be_mended(problem: str) -> bool:
    """Say whether trying again can help with what kept a photo from being read: damage stays damage."""
    return problem.startswith(_PASSING) or " need the package " in problem or " does not work here" in problem


THE_FILE, THE_FOLDER = sentence("The file"), sentence("The folder")

_NO_PERMISSION = template("{thing} cannot be opened: no permission.")
_DRIVE_IS_GONE = template("{thing} cannot be read: the network drive is gone.")

_REASONS = {
    errno.ENOENT: template("{thing} is gone."),
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EIO: template("{thing} cannot be read: the disk reports an error."),
    errno.ENAMETOOLONG: template("{thing} cannot be opened: the path is too long."),
    errno.ELOOP: template("{thing} cannot be opened: its links form a loop."),
    errno.ESTALE: _DRIVE_IS_GONE,
    errno.ENOTCONN: _DRIVE_IS_GONE,
}


def unreadable(thing: Sentence, error: OSError) -> Sentence:
    """Return the sentence for a file or a folder (`THE_FILE`) that the system does not hand over."""
    if (reason := _REASONS.get(error.errno or 0)) is not None:
        return sentence(reason, thing=thing)
    if error.strerror:
        return sentence("{thing} cannot be read: {reason}.", thing=thing, reason=system_reason(error))
    return sentence("{thing} cannot be read: unknown error.", thing=thing)


def unreadable_folder(path: object, error: OSError) -> Sentence:
    """Return the same for a folder that is named."""
    return unreadable(sentence("The folder {path}", path=str(path)), error)
