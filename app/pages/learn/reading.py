"""What there is to learn from, what was learnt before, and what folders propose; read off the GUI thread."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.learning.network import can_train_networks
from engine.library.library import Library
from engine.library.queries import people_names
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.learnt_cards import learnt_cards
from engine.paths import Places
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.learning.albums import AlbumProposal, propose

if TYPE_CHECKING:  # it brings what groups faces, which only the thread that uses it should wait for
    from engine.workflows.learning.album import Almost


@dataclass(frozen=True, slots=True)
class Standing:
    """How many people and faces suffice, who almost does, and what was learnt, the latest first."""

    people: int
    faces: int
    suffices: bool
    almost: tuple["Almost", ...]
    names: dict[int, str]
    used: ModelCard
    history: list[ModelCard]
    albums: list[AlbumProposal]
    network: bool


def read_standing(library: Library, places: Places) -> Standing:
    """Read all vectors once; a second or so for a large library."""
    from engine.workflows.learning.album import ground_card, read_album

    catalog = Catalog(places.models)
    album = read_album(library, ground_card(library, catalog))
    return Standing(
        len(album.usable),
        album.faces,
        album.suffices,
        album.almost,
        people_names(library),
        embedder_in_use(library, catalog),
        learnt_cards(catalog),
        propose(library),
        can_train_networks(),
    )
