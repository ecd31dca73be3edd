"""A scan with all that it needs: the folders, the models, and the word that no other scan runs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.library.library import Library
from engine.library.states import PhotoState
from engine.models.card import ModelCard
from engine.models.catalog import Catalog, ModelState
from engine.models.chosen import calibration_of
from engine.models.session import check_running
from engine.paths import Places
from engine.progress import Workflow
from engine.settings import Settings
from engine.workflows.embedding.in_use import cards_in_use
from engine.workflows.scan.cluster.ray_door import check_address
from engine.workflows.scan.deaths import crashes_noted, settle_deaths
from engine.workflows.scan.only_scan import only_scan
from engine.workflows.scan.roots import Root, chosen_roots
from engine.workflows.scan.scan import ScanSummary, scan


@dataclass(frozen=True, slots=True)
class ScanPlan:
    """What a scan would do: walk the `roots` and fetch the models of `fetches` before.

    `absent` is a sentence for each known folder that is not there now, and for each model card that is hidden.
    `cluster` is the address of the Ray cluster whose workers read the photos, empty where this process does.
    """

    roots: tuple[Root, ...]
    absent: tuple[str, ...]
    fetches: tuple[ModelCard, ...]
    cluster: str = ""


def plan_scan(
    library: Library, places: Places, settings: Settings, paths: Sequence[Path] = (), *, cluster: str = ""
) -> ScanPlan:
    """Add the paths as folders and say what a scan of them would do; no paths mean every known folder.

    Raises what `chosen_roots` raises, UsageError where the settings name a model or a provider that there is not, or
    `cluster` is no address of one, and ModelError where the card of the embedder in use lacks something, before any
    folder is added.
    """
    catalog = Catalog(places.models)
    cards = cards_in_use(library, catalog, settings)
    calibration_of(cards[1])  # else it would be missed only when all photos have been read
    check_running(settings.running)
    if cluster:
        check_address(cluster)
    roots, absent = chosen_roots(library, paths)
    fetches = [card for card in cards if catalog.state(card) != ModelState.READY]
    return ScanPlan(tuple(roots), (*absent, *catalog.warnings), tuple(fetches), cluster)


def planned_scan(
    library: Library, places: Places, settings: Settings, plan: ScanPlan, again: Collection[PhotoState] = ()
) -> Workflow[ScanSummary]:
    """Fetch the models that are absent (progress "fetch", in bytes) and scan; `again` as for `scan`.

    The caller sees to it that it is the only scan, and has settled the deaths of the last one.
    """
    for card in plan.fetches:
        from engine.models.fetch import fetch  # the network is rarely needed

        yield from fetch(card, places.models)
    with crashes_noted(places.data):
        return (yield from scan(library, plan.roots, places.models, settings, again, cluster=plan.cluster))


def full_scan(
    library: Library,
    places: Places,
    settings: Settings,
    paths: Sequence[Path] = (),
    again: Collection[PhotoState] = (),
) -> Workflow[ScanSummary]:
    """Do all of it; the summary's warnings also name the known folders that are not there.

    Raises LibraryError while another scan of the library runs, what `plan_scan` raises, and ModelError where a model
    cannot be had.
    """
    with only_scan(places.data):
        plan = plan_scan(library, places, settings, paths)
        settle_deaths(library, places.data)
        summary = yield from planned_scan(library, places, settings, plan, again)
    return replace(summary, warnings=(*plan.absent, *summary.warnings))
