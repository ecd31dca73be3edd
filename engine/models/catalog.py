"""Which models there are: the cards that Kinfolk ships, and the cards that lie in the user's model folder."""

import hashlib
from enum import StrEnum
from functools import cached_property
from importlib import resources
from pathlib import Path

from engine.errors import ModelError, UsageError
from engine.models.card import ModelCard, load_card

DEFAULT_DETECTOR = "yunet_2023mar"
DEFAULT_EMBEDDER = "sface_2021dec"


class ModelState(StrEnum):
    """How a model's file stands on this machine."""

    MISSING = "missing"
    DAMAGED = "damaged"
    READY = "ready"


def file_state(card: ModelCard, path: Path) -> ModelState:
    """Compare a file with the card; reads the whole file (about 30 ms for 40 MB)."""
    try:
        if path.stat().st_size != card.size:
            return ModelState.DAMAGED
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return ModelState.MISSING
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read: {error}.", "Check its permissions.") from error
    return ModelState.READY if digest == card.sha256 else ModelState.DAMAGED


class Catalog:
    """The models that can be used: shipped cards and *.toml cards in `folder`, where the model files lie too."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def _cards(self) -> dict[str, ModelCard]:
        """Cards by name, shipped ones first; read once per catalog."""
        with resources.as_file(resources.files("resources") / "models") as shipped:
            paths = [*sorted(shipped.glob("*.toml")), *sorted(self.folder.glob("*.toml"))]
            found: dict[str, ModelCard] = {}
            for path in paths:
                card = load_card(path)
                if card.name in found:
                    raise ModelError(f"The model card {path} takes the name '{card.name}' a second time.", "Rename it.")
                found[card.name] = card
        return found

    def cards(self) -> list[ModelCard]:
        """Return every card, the shipped ones first."""
        return list(self._cards.values())

    def card(self, name: str) -> ModelCard:
        """Return the card of that name; a UsageError lists the names there are."""
        try:
            return self._cards[name]
        except KeyError:
            known = ", ".join(sorted(self._cards))
            raise UsageError(f"There is no model named '{name}'.", f"Known models: {known}.") from None

    def default_detector(self) -> ModelCard:
        """Return the detector that is used where none is chosen."""
        return self.card(DEFAULT_DETECTOR)

    def default_embedder(self) -> ModelCard:
        """Return the embedder that is used where none is chosen."""
        return self.card(DEFAULT_EMBEDDER)

    def defaults(self) -> list[ModelCard]:
        """Return the default detector and the default embedder."""
        return [self.default_detector(), self.default_embedder()]

    def path(self, card: ModelCard) -> Path:
        """Return where the model's file lies or will lie."""
        return self.folder / card.file

    def state(self, card: ModelCard) -> ModelState:
        """Compare the model's file with its card."""
        return file_state(card, self.path(card))
