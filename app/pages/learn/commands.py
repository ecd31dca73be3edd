"""What the page does: learning in the lane of jobs, where scans run too; using what was learnt, and going back."""

from collections.abc import Sequence

from app.session.context import Context
from app.work.jobs import Steps
from engine.library.changes import Changes
from engine.models.card import ModelCard
from engine.progress import Progress
from engine.workflows.learning.albums import AlbumProposal, accept


def learn_steps(context: Context, level: int) -> Steps:
    """Learn at this level (1: an adapter, 2: the network) and judge it; returns a `Taught`."""
    # Imported in the lane, as in the next: this brings what groups faces, and torch, which takes a while.
    yield Progress("learn", 0)
    from engine.models.catalog import Catalog
    from engine.workflows.learning.adapting import teach_adapter
    from engine.workflows.scan.only_scan import only_scan

    catalog = Catalog(context.places.models)
    with only_scan(context.places.data):
        if level == 1:
            return (yield from teach_adapter(context.library, catalog))
        from engine.workflows.learning.training_further import train_further

        return (yield from train_further(context.library, catalog, context.settings))


def use_steps(context: Context, card: ModelCard) -> Steps:
    """Use what was learnt; for a network faces are embedded first."""
    from engine.workflows.learning.using_taught import use_taught
    from engine.workflows.scan.only_scan import only_scan

    with only_scan(context.places.data):
        return (yield from use_taught(context.library, card, context.places, context.settings))


def go_back_now(context: Context) -> ModelCard:
    """Use the model again that was in use before; returns its card."""
    from engine.models.catalog import Catalog
    from engine.workflows.learning.using_taught import go_back

    return go_back(context.library, Catalog(context.places.models))


def name_albums(context: Context, albums: Sequence[AlbumProposal]) -> Changes:
    """Name people after albums, as one edit."""
    return accept(context.library, albums)
