"""What models are called for people; the names of their cards are for commands and files."""

from PySide6.QtCore import QCoreApplication

from engine.models.card import ModelCard
from engine.words import fill

translate = QCoreApplication.translate

USUAL_SIZE = 38_696_353
"""Bytes of the embedder that one begins with: others are said to be larger than it."""


def plain_name(card: ModelCard) -> str:
    """Return what a model is called, with what it is like; models that are not known here go by their card's name."""
    return fill(
        {
            "yunet_2023mar": translate("Models", "YuNet: quick, also for small faces"),
            "sface_2021dec": translate("Models", "SFace: quick, what one begins with"),
            "auraface_v1": translate("Models", "AuraFace: said to be more exact, {times} times larger"),
            "auraface_v1_fal": translate("Models", "AuraFace from another place, {times} times larger"),
            "facenet_keras": translate("Models", "FaceNet: an older one, {times} times larger"),
        }.get(card.name, card.name),
        times=max(1, round(card.size / USUAL_SIZE)),
    )
