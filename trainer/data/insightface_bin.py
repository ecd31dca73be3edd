"""InsightFace's verification sets (lfw.bin, agedb_30.bin, cfp_fp.bin, calfw.bin, cplfw.bin).

Each is a pickle of (pictures, same): 2n compressed pictures, of which 2i and 2i + 1 are pair i, and n truth values. The
pictures are bytes, or arrays of uint8 in some files. Ten folds are runs of equal length. See `plain_pickle` for why a
hostile file does nothing here.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError, said_by
from engine.geometry import Image
from engine.scan.decode import decode
from engine.words import sentence, system_reason
from trainer.data.listed_pairs import VerificationSet, equal_folds
from trainer.data.plain_pickle import Call, UnplainPickleError, read_plain


def read_bin(path: Path) -> VerificationSet:
    """Read a .bin set; its compressed pictures stay in memory (about 100 MB). UsageError where it is not one."""
    try:
        with path.open("rb") as stream:
            pictures, same = _parts(read_plain(stream))
    except OSError as error:
        raise UsageError(
            sentence("The verification set {path} cannot be read: {reason}.", path=path, reason=system_reason(error))
        ) from error
    except UnplainPickleError as error:
        raise UsageError(
            sentence(
                "{path} is not a verification set of InsightFace's form: {reason}", path=path, reason=said_by(error)
            )
        ) from error
    if len(pictures) != 2 * len(same) or not len(same):
        raise UsageError(
            sentence(
                "{path} holds {pictures:,} pictures for {pairs:,} pairs; it needs two for each pair.",
                path=path,
                pictures=len(pictures),
                pairs=len(same),
            )
        )

    def picture(index: int) -> Image:
        return decode(pictures[index], side=0).image

    first = np.arange(0, len(pictures), 2, dtype=np.int64)
    titles = [f"{path.stem} {index}" for index in range(len(pictures))]
    return VerificationSet(titles, first, first + 1, same, equal_folds(len(same)), picture)


def _parts(value: object) -> tuple[list[bytes], NDArray[np.bool_]]:
    if not isinstance(value, tuple | list) or len(value) != 2 or not isinstance(value[0], list | tuple):
        raise UnplainPickleError(sentence("It is not a pair of pictures and truth values."))
    same = value[1]
    truths = [bool(byte) for byte in _raw(same)] if isinstance(same, Call) else [_truth(one) for one in _items(same)]
    return [_raw(picture) for picture in value[0]], np.array(truths, dtype=np.bool_)


def _items(value: object) -> list[object]:
    if not isinstance(value, list | tuple):
        raise UnplainPickleError(sentence("The truth values are no list."))
    return list(value)


def _truth(value: object) -> bool:
    if isinstance(value, Call) and isinstance(value.arguments, tuple) and value.path.endswith("multiarray scalar"):
        value = _raw(value.arguments[-1]) == b"\x01"
    if isinstance(value, bool) or value in (0, 1):
        return bool(value)
    raise UnplainPickleError(sentence("A truth value is neither true nor false."))


def _raw(value: object) -> bytes:
    """Return the bytes of a bytes object, of Python 3's detour for bytes in old protocols, or of an array of bytes."""
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    if isinstance(value, Call):
        if (
            value.path == "_codecs encode"
            and isinstance(value.arguments, tuple)
            and isinstance(value.arguments[0], str)
        ):
            return value.arguments[0].encode("latin-1")
        array = _array_of(value)
        if array is not None:
            return _raw(array)
    raise UnplainPickleError(sentence("It holds something other than compressed pictures."))


def _array_of(call: Call) -> object:
    """Return what holds the data of an array of one-byte items in one row, None where the call makes something else."""
    if call.path.endswith("multiarray _reconstruct") and isinstance(call.state, tuple) and len(call.state) == 5:
        _, shape, kind, _, data = call.state
    elif call.path.endswith("numeric _frombuffer") and isinstance(call.arguments, tuple) and len(call.arguments) == 4:
        data, kind, shape, _ = call.arguments
    else:
        return None
    one_row = isinstance(shape, tuple) and len(shape) == 1
    return data if one_row and isinstance(kind, Call) and _is_byte_type(kind.arguments) else None


def _is_byte_type(arguments: object) -> bool:
    return isinstance(arguments, tuple) and len(arguments) > 0 and arguments[0] in ("u1", "b1", b"u1", b"b1")
