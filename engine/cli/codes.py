"""What tables and sentences call the codes of the engine; JSON has the codes themselves."""

from engine.library.backups import Reason
from engine.library.states import PhotoState
from engine.models.card import ModelKind
from engine.models.catalog import ModelState
from engine.words import sentence

YES = sentence("yes")

MODEL_KINDS = {
    ModelKind.DETECTOR: sentence("detector"),
    ModelKind.EMBEDDER: sentence("embedder"),
    ModelKind.ATTRIBUTES: sentence("age estimator"),
}

MODEL_STATES = {
    ModelState.MISSING: sentence("missing"),
    ModelState.DAMAGED: sentence("damaged"),
    ModelState.UNREADABLE: sentence("unreadable"),
    ModelState.READY: sentence("ready"),
}

PHOTO_STATES = {
    PhotoState.NEW: sentence("new"),
    PhotoState.STARTED: sentence("not finished"),
    PhotoState.SUSPECT: sentence("to be read alone"),
    PhotoState.SCANNED: sentence("scanned"),
    PhotoState.BROKEN: sentence("unreadable"),
    PhotoState.MISSING: sentence("missing"),
}

BACKUP_REASONS = {
    Reason.DAILY: sentence("daily"),
    Reason.BEFORE: sentence("before a large change"),
    Reason.UPGRADE: sentence("before an upgrade"),
    Reason.ASKED: sentence("on request"),
}
