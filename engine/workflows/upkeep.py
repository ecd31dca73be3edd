"""What is done for a library before anything is done with it: what is due, and a word about what came of it."""

from engine.library.backups import keep_daily
from engine.library.expiring import expire_strangers
from engine.library.library import Library
from engine.paths import Places
from engine.settings import Settings
from engine.thumb_store import ThumbStore
from engine.words import counted, sentence
from engine.workflows.erasing import finish_erasing
from engine.workflows.mapping.kept import forget_on_map


def keep_up(library: Library, places: Places, thumbs: ThumbStore) -> list[str]:
    """Finish an erasing that was interrupted, check the library once a week, make today's backup.

    Returns what is to be said. Raises as `finish_erasing`, `Library.check_if_due` and `keep_daily`.
    """
    finished = finish_erasing(library, places, thumbs)
    library.check_if_due()
    keep_daily(library.path)
    return [finished] if finished else []


def let_strangers_expire(library: Library, settings: Settings) -> list[str]:
    """Delete the vectors of those whom nobody has named for as long as the settings say; return what is to be said."""
    expired = expire_strangers(library, settings.strangers_months).faces
    forget_on_map(library.path, expired)
    gone = len(expired)
    if not gone:
        return []
    return [
        sentence(
            "Nobody has named {whose} for {span}: their vectors are deleted, as the settings say, "
            "and they are compared with nobody any more.",
            whose=counted("one face", "{count:,} faces", count=gone),
            span=counted("one month", "{count} months", count=settings.strangers_months),
        )
    ]
