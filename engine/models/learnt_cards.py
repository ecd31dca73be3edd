"""Models that a library's people taught: which there are, and removing them."""

from engine.errors import ModelError
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.words import sentence, system_reason


def learnt_cards(catalog: Catalog) -> list[ModelCard]:
    """Return the cards of what was learnt, the latest first."""
    learnt = [(card.learned.at, card) for card in catalog.cards() if card.learned is not None]
    return [card for _, card in sorted(learnt, key=lambda pair: pair[0], reverse=True)]


def remove_learnt(catalog: Catalog) -> None:
    """Delete the cards of what was learnt, and the networks that no other card names.

    Raises ModelError where something stays.
    """
    gone = learnt_cards(catalog)
    kept = {card.file for card in catalog.cards() if card.learned is None}
    paths = [catalog.folder / f"{card.name}.toml" for card in gone]
    for card in gone:
        if card.file not in kept:
            paths += [catalog.path(card), *catalog.folder.glob(f"{catalog.path(card).stem}.*.onnx")]
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise ModelError(
                sentence("The model {path} cannot be deleted: {reason}.", path=path, reason=system_reason(error)),
                sentence("Delete it yourself."),
            ) from error
