"""After an edit or an undo: what the machine placed because of what was taken back is looked at again."""

from engine.library.clusters import is_all_grouped
from engine.library.library import Library
from engine.models.card import ModelCard
from engine.models.chosen import says_what_similarities_mean
from engine.progress import Workflow
from engine.workflows.grouping.arrival import ALL_UP_TO
from engine.workflows.grouping.recluster import Growth, recluster


def looked_at_again(library: Library, card: ModelCard, *, whole: int = ALL_UP_TO) -> Workflow[Growth]:
    """Group again the faces that lost their ground (`library.ground`), as if it had never been there.

    Where none did nothing is looked at, so that a grouping that somebody asked for stands; nor where the card does not
    say what its similarities mean, as the machine places nothing then.
    """
    if not says_what_similarities_mean(card) or is_all_grouped(library, card.key, 0):
        return Growth()
    return (yield from recluster(library, card, whole=whole))
