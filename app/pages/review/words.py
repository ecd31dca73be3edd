"""A question in words: what is asked, why, and what a yes will do."""

from PySide6.QtCore import QCoreApplication

from app.session.asked import Asked
from app.style import texts
from engine.clustering.questions import ReasonAgainst
from engine.library.queries import FaceRow
from engine.words import fill

DAYS_A_YEAR = 365.25


translate = QCoreApplication.translate


def headline(asked: Asked) -> str:
    """Return the question."""
    name, subject = asked.other.name, asked.subject.name if asked.subject else None
    if name and subject:
        return fill(translate("Review", "Are {first} and {second} the same person?"), first=name, second=subject)
    if name:
        return fill(translate("Review", "Is this {name}?"), name=name)
    return translate("Review", "Is this the same person?")


def known_called(asked: Asked) -> str:
    """Return what the other side is called."""
    return asked.other.name or _faces_called(asked.other.faces)


def known_size(asked: Asked) -> str:
    """Return how many faces the other side has, or when the photo of the only one of somebody unnamed was taken."""
    if asked.other.faces == 1 and not asked.other.name:
        return _date(asked, asked.evidence.closest[1])
    return texts.faces(asked.other.faces)


def asked_called(asked: Asked) -> str:
    """Return what the side in question is called."""
    if asked.subject is None:
        return translate("Review", "This face")
    return asked.subject.name or _faces_called(asked.subject.faces)


def asked_size(asked: Asked) -> str:
    """Return how many faces are in question, or when the photo of the only one was taken."""
    if asked.subject and (asked.subject.name or asked.subject.faces > 1):
        return texts.faces(asked.subject.faces)
    return _date(asked, asked.evidence.closest[0])


def face_called(asked: Asked, row: FaceRow, whose: str) -> str:
    """Return what one of somebody's faces is called."""
    when = _date(asked, row.face)
    return f"{whose} · {when}" if when else whose


def photo_called(asked: Asked, row: FaceRow) -> str:
    """Return what the photo of a face is called."""
    when = _date(asked, row.face)
    return f"{row.photo.name} · {when}" if when else row.photo.name


def reasons(asked: Asked) -> str:
    """Return in one line why it is asked and what speaks against it."""
    question, evidence = asked.question, asked.evidence
    parts = [texts.likely(question.probability)]
    when = _month(asked)
    if when:
        parts.append(fill(translate("Review", "most alike in {month}"), month=when))
    if ReasonAgainst.SAME_PHOTO in question.against:
        parts.append(translate("Review", "but both are in one photo"))
    else:
        parts.append(translate("Review", "never together in one photo"))
    if ReasonAgainst.DATE_GAP in question.against:
        years = max(1, round(evidence.gap_days / DAYS_A_YEAR))
        parts.append(texts.years_between(years))
    if ReasonAgainst.LOW_QUALITY in question.against:
        parts.append(translate("Review", "a blurred face"))
    return " · ".join(parts)


def figures(asked: Asked) -> str:
    """Return the numbers behind the reasons, for those who ask."""
    lines = [
        translate("Review", "Likeness of the two sides: {number} (1 is the same picture, 0 is nothing in common)"),
        translate("Review", "The two most similar faces: {closest}"),
        translate("Review", "The percentage follows from the likeness and from your own answers so far."),
    ]
    number = texts.decimal(asked.question.similarity, 2)
    closest = texts.decimal(asked.evidence.similarity, 2)
    return fill("\n".join(lines), number=number, closest=closest)


def outcome(asked: Asked) -> str:
    """Return what a yes will do."""
    count, name = texts.faces(asked.question.settles), asked.other.name
    if asked.subject and asked.subject.name and name:
        return fill(translate("Review", "A yes makes them one and keeps the name {name}."), name=name)
    if name:
        return fill(translate("Review", "A yes gives {count} to {name}."), count=count, name=name)
    return fill(
        translate("Review", "A yes joins {count} with {others}."), count=count, others=texts.faces(asked.other.faces)
    )


def _faces_called(count: int) -> str:
    return translate("Review", "This face") if count == 1 else translate("Review", "These faces")


def _date(asked: Asked, face: int) -> str:
    return texts.date(*asked.taken[face]) if face in asked.taken else ""


def _month(asked: Asked) -> str:
    face = asked.evidence.closest[1]
    return texts.month(*asked.taken[face]) if face in asked.taken else ""
