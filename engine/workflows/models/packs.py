"""Importing one of InsightFace's packs by its name: from where its package keeps it, else fetched and let go again."""

from pathlib import Path

from engine.errors import UsageError
from engine.library.library import Library
from engine.models.drafts import draft_folder
from engine.models.insightface_packs import fetch_pack, pack_folder
from engine.progress import Workflow
from engine.words import following, sentence
from engine.workflows.models.importing import ImportSummary, import_models

NOTICE = sentence("InsightFace gives these weights for non-commercial research only.")


def check_fetching(name: str, *, agreed: bool) -> None:
    """Raise UsageError where the pack would have to be fetched and nobody has agreed to that."""
    if not agreed and pack_folder(name) is None:
        raise UsageError(
            following(
                sentence(
                    "InsightFace's pack {name} is not on this machine, and would be fetched from its authors.",
                    name=name,
                ),
                NOTICE,
            ),
            sentence("If that suits you: kinfolk models import {name} --yes", name=name),
        )


def import_pack(
    library: Library, models: Path, pack: str, name: str | None = None, licence: str | None = None
) -> Workflow[ImportSummary]:
    """Import the pack's models that Kinfolk can use; what is fetched for it does not stay. Raises as these steps do."""
    kept = pack_folder(pack)
    if kept is not None:
        return (yield from import_models(library, models, kept, name, licence))
    with draft_folder(models) as held:
        files = yield from fetch_pack(pack, held)
        return (yield from import_models(library, models, files, name, licence))
