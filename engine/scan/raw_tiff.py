"""Cameras' RAW files that are wrapped in TIFF."""

import io

from PIL import Image

from engine.scan.decoder_errors import DECODER_ERRORS

_NEW_SUBFILE_TYPE, _COMPRESSION, _PHOTOMETRIC, _MAKE, _DNG_VERSION = 254, 259, 262, 271, 50706
_SENSOR_PHOTOMETRICS = {32803, 34892}
_CAMERA_COMPRESSIONS = {32767, 32769, 32770, 34713, 65535}


def is_raw_tiff(data: bytes) -> bool:
    """Tell a camera's RAW file, which most makers wrap in TIFF, from a TIFF picture.

    CR2 and IIQ carry a mark of their own, DNG a tag. The others start with a camera's picture directory that is a
    thumbnail, or sensor data, or packed in a way of the maker's own. A damaged directory is a TIFF's.
    """
    if data[2:4] in (b"+\0", b"\0+"):  # BigTIFF: no camera writes it
        return False
    if data[8:10] == b"CR" or data[8:12] in (b"IIII", b"MMMM"):
        return True
    tags = Image.Exif()
    try:
        tags.load_from_fp(io.BytesIO(data))
        return _is_cameras(tags)
    except DECODER_ERRORS:
        return False


def _is_cameras(tags: Image.Exif) -> bool:
    if _DNG_VERSION in tags:
        return True
    return _MAKE in tags and (
        bool(_number(tags.get(_NEW_SUBFILE_TYPE)) & 1)
        or _number(tags.get(_PHOTOMETRIC)) in _SENSOR_PHOTOMETRICS
        or _number(tags.get(_COMPRESSION)) in _CAMERA_COMPRESSIONS
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
