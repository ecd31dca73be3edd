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
    missing = photos.missing if outcome.request.asked else 0
    if outcome.request.asked and not photos.found and not missing:
        parts.append(translate("Outcomes", "No photos were found."))
    elif not parts and outcome.request.asked and photos.found:
        parts.append(fill(translate("Outcomes", "Nothing is new in {photos}."), photos=texts.photos(photos.found)))
    if outcome.summary.strangers:
        again = translate("Outcomes", "{faces} of strangers set aside again.")
        parts.append(fill(again, faces=texts.faces(outcome.summary.strangers)))
    if missing:
        gone = translate("Outcomes", "Missing since they were scanned: {photos}. Nothing of them is forgotten.")
        parts.append(fill(gone, photos=texts.photos(missing)))
    if parts and photos.broken:
        parts.append(fill(translate("Outcomes", "{photos} cannot be read."), photos=texts.photos(photos.broken)))
    if parts and outcome.summary.warnings:
        parts.append(texts.told(outcome.summary.warnings[0]))
    return " ".join(parts)


def has_problems(outcome: ScanOutcome) -> bool:
    """Say whether what is said of a scan is about photos that the page of problems lists."""
    photos = outcome.summary.photos
    return bool(photos.broken or (outcome.request.asked and photos.missing))
