"""The kinds of errors that decoders raise for bad files, and how they are said."""

import struct
import zlib

from PIL import Image, ImageCms

from engine.errors import PhotoError
from engine.words import sentence

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
