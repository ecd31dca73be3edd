"""Why a photo cannot be seen, and what helps, in the user's words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.names.name_order import name_order
from app.pictures.photo_images import PhotoAwayError
from app.style import texts
from engine.errors import KinfolkError
from engine.library.queries import FaceRow, PhotoRow
from engine.library.states import PhotoState
from engine.words import fill

translate = QCoreApplication.translate


def trouble_with(photo: PhotoRow | None) -> tuple[str, str] | None:
    """Return a sentence and its remedy where the library knows that a photo cannot be seen as it is."""
    if photo is None:
        return translate("Photo", "This photo is no longer in the library."), translate(
            "Photo", "Its folder was removed. Esc leads back."
        )
    if photo.state is PhotoState.MISSING:
        return translate("Photo", "The file of this photo is not there now."), _missing()
    if photo.state is PhotoState.BROKEN:
        return texts.told(photo.problem or "") or translate("Photo", "This photo cannot be read."), _broken()
    return None


def trouble_reading(error: object) -> tuple[str, str]:
    """Return a sentence and its remedy for what reading a photo raised."""
    if isinstance(error, PhotoAwayError):
        return translate("Photo", "The file of this photo is not there now."), _missing()
    if not isinstance(error, KinfolkError):
        return translate("Photo", "This photo cannot be read."), _broken()
    return texts.told(error.message), texts.told(error.hint) or _broken()


def trouble_knowing(error: object) -> tuple[str, str]:
    """Return a sentence and its remedy for what reading the library raised."""
    remedy = texts.spoken_error(error) or translate("Photo", "Esc leads back; open the photo again in a moment.")
    return translate("Photo", "What is known of this photo could not be read."), remedy


def not_shown_sentence(faces: Sequence[FaceRow]) -> str:
    """Return who was in a photo before its file was changed."""
    names = sorted({face.name for face in faces if face.name}, key=name_order)
    unnamed = len(faces) - sum(bool(face.name) for face in faces)
    whom = ", ".join([*names, texts.faces(unnamed)] if unnamed else names)
    return fill(
        translate("Photo", "Before its file was changed, this photo showed: {whom}. What you said is kept."), whom=whom
    )


def _missing() -> str:
    return translate(
        "Photo",
        "Connect the disk that it lies on. If it was moved, scan the folder that it is in now: what is known of it "
        "goes with it.",
    )


def _broken() -> str:
    return translate(
        "Photo", "Look whether another program opens it. When the file is whole again, the next scan reads it."
    )
