"""Making a model beside the others: what is begun in a draft is kept whole, or leaves nothing."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from engine.models.card import ModelCard, load_card, write_card
from engine.models.transfer import disk_error


@contextmanager
def draft_folder(models: Path) -> Iterator[Path]:
    """Give a folder on the disk of the models, which goes with all that is in it; a ModelError where the disk fails."""
    try:
        models.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=models, prefix=".draft-") as held:
            yield Path(held)
    except OSError as error:
        raise disk_error(models, error) from error


def keep_draft(card: ModelCard, held: Path, models: Path) -> None:
    """Move the card's graph from the draft among the models, with its card; a ModelError where it cannot be read again.

    The card comes last: a graph without one is in no catalog.
    """
    path = held / f"{card.name}.toml"
    write_card(card, path)
    load_card(path)
    (held / card.file).replace(models / card.file)
    path.replace(models / path.name)


def card_like(card: ModelCard, name: str, data: bytes) -> ModelCard:
    """Return the card of the graph NAME.onnx of these bytes, which was made here of another card's."""
    digest = hashlib.sha256(data).hexdigest()
    return replace(card, name=name, file=f"{name}.onnx", sha256=digest, size=len(data), sources=())
