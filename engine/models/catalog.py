"""Which models there are: the cards that Kinfolk ships, and the cards that lie in the user's model folder."""

import hashlib
from enum import StrEnum
from functools import cached_property
from importlib import resources
from pathlib import Path

from engine.errors import ModelError, UsageError
from engine.models.card import ModelCard, load_card
from engine.words import following, sentence, system_reason

DEFAULT_DETECTOR = "yunet_2023mar"
DEFAULT_EMBEDDER = "sface_2021dec"


class ModelState(StrEnum):
    """How a model's file stands on this machine."""

    MISSING = "missing"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
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
        raise ModelError(
            sentence("The model file {path} cannot be read: {reason}.", path=path, reason=system_reason(error)),
            sentence("Check its permissions."),
        ) from error
    return ModelState.READY if digest == card.sha256 else ModelState.DAMAGED


class Catalog:
    """The models that can be used: shipped cards and *.toml cards in `folder`, where the model files lie too.

    A card in the folder that has a shipped one's name and file takes its place: it says more, such as a calibration. A
    card that cannot be read, or takes the name of another file's, hides itself alone; `warnings` says so.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def _read(self) -> tuple[dict[str, ModelCard], tuple[str, ...]]:
        """Cards by name, shipped ones first, and what is wrong with others; read once per catalog."""
        found: dict[str, ModelCard] = {}
        with resources.as_file(resources.files("resources") / "models") as shipped:
            for path in sorted(shipped.glob("*.toml")):
                card = load_card(path)
                found[card.name] = card
        own: set[str] = set()
        warnings: list[str] = []
        for path in sorted(self.folder.glob("*.toml")):
            try:
                card = load_card(path)
            except ModelError as error:
                warnings.append(error.whole())
                continue
            other = found.get(card.name)
            if other is not None and (card.name in own or card.sha256 != other.sha256):
                warnings.append(
                    sentence(
                        "The model card {path} takes the name '{model}' a second time. Rename it.",
                        path=path,
                        model=card.name,
                    )
                )
                continue
            own.add(card.name)
            found[card.name] = card
        return found, tuple(warnings)

    @property
    def warnings(self) -> tuple[str, ...]:
        """A sentence for each card that is hidden because something is wrong with it."""
        return self._read[1]

    def cards(self) -> list[ModelCard]:
        """Return every card, the shipped ones first."""
        return list(self._read[0].values())

    def card(self, name: str) -> ModelCard:
        """Return the card of that name; a UsageError lists the names there are."""
        try:
            return self._read[0][name]
        except KeyError:
            known = ", ".join(sorted(self._read[0]))
            raise UsageError(
                sentence("There is no model named '{name}'.", name=name),
                following(sentence("Known models: {known}.", known=known), *self.warnings),
            ) from None

    def ships(self, name: str) -> bool:
        """Say whether Kinfolk itself brings a card of that name."""
        return (resources.files("resources") / "models" / f"{name}.toml").is_file()

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
        try:
            return file_state(card, self.path(card))
        except ModelError:
            return ModelState.UNREADABLE
