"""Makes faces of the boxes that metadata frame where no detector found one."""

from pathlib import Path

from engine.errors import PhotoError
from engine.library.changes import Changes
from engine.library.indexing import ScannedFace
from engine.library.library import Library
from engine.library.mentions import note_vain, store_drawn, undrawn
from engine.models.card import ModelCard
from engine.progress import Progress, Workflow
from engine.settings import Settings

STORED_TOGETHER = 16


def draw_mentioned(
    library: Library, detector: ModelCard, embedder: ModelCard, models: Path, settings: Settings
) -> Workflow[Changes]:
    """Make the faces that mentions wait for, and name them; the models' files must be in the folder `models`.

    A box that cannot be looked at (its photo is gone or damaged) is not tried again until its metadata change.
    """
    waiting = undrawn(library)
    changes = Changes()
    if not waiting:
        return changes
    from engine.faces.embed import open_embedder
    from engine.faces.finder import open_finder
    from engine.workflows.embedding.framed import framed_face

    finder = open_finder(detector, models, running=settings.running)
    embed = open_embedder(embedder, models, running=settings.running)
    drawn: list[tuple[int, ScannedFace]] = []
    vain: list[int] = []
    for done, one in enumerate(waiting):
        yield Progress("draw", done, len(waiting))
        try:
            drawn.append((one.mention_id, framed_face(one.path, one.box, finder.detector, embed)))
        except PhotoError:
            vain.append(one.mention_id)
        if len(drawn) >= STORED_TOGETHER:
            changes |= store_drawn(library, drawn, embedder.key)
            drawn.clear()
    note_vain(library, vain)
    return changes | store_drawn(library, drawn, embedder.key)
