"""What came of a scan, in words."""

from PySide6.QtCore import QCoreApplication

from app.session.scanning import ScanOutcome
from app.style import texts
from engine.words import fill

translate = QCoreApplication.translate


def said_of(outcome: ScanOutcome) -> str:
    """Return a sentence or two; nothing for a scan that nobody asked for and that found nothing."""
    photos = outcome.summary.photos
    parts = []
    if photos.new or photos.changed or outcome.request.again:
        read = translate("Outcomes", "{photos} read, {faces} found.")
        count = photos.new + photos.changed or photos.found
        parts.append(fill(read, photos=texts.photos(count), faces=texts.faces(outcome.faces)))
    if photos.moved:
        parts.append(
            fill(translate("Outcomes", "{photos} moved; their people went along."), photos=texts.photos(photos.moved))
        )
    if outcome.request.asked and not photos.found and not photos.missing:
        parts.append(translate("Outcomes", "No photos were found."))
    elif not parts and outcome.request.asked:
        parts.append(fill(translate("Outcomes", "Nothing is new in {photos}."), photos=texts.photos(photos.found)))
    if outcome.summary.strangers:
        again = translate("Outcomes", "{faces} of strangers set aside again.")
        parts.append(fill(again, faces=texts.faces(outcome.summary.strangers)))
    if parts and photos.broken:
        parts.append(fill(translate("Outcomes", "{photos} cannot be read."), photos=texts.photos(photos.broken)))
    if parts and outcome.summary.warnings:
        parts.append(texts.told(outcome.summary.warnings[0]))
    return " ".join(parts)
