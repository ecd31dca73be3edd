"""What other programs said about the people in photos: kept as it was said, and placed where nobody said otherwise."""

from engine.library.mentions.bringing import BroughtNames, Drawn, Judged, ToDraw, bring_names, judge, scanned_photos
from engine.library.mentions.drawing import Undrawn, note_vain, store_drawn, undrawn
from engine.library.mentions.hints import fully_named, open_hints
from engine.library.mentions.left_over import place_left_over
from engine.library.mentions.names_of import PhotoToName, photos_to_name, stamp_of
from engine.library.mentions.storing import Named, ReadPhoto, store_mentions

__all__ = [
    "BroughtNames",
    "Drawn",
    "Judged",
    "Named",
    "PhotoToName",
    "ReadPhoto",
    "ToDraw",
    "Undrawn",
    "bring_names",
    "fully_named",
    "judge",
    "note_vain",
    "open_hints",
    "photos_to_name",
    "place_left_over",
    "scanned_photos",
    "stamp_of",
    "store_drawn",
    "store_mentions",
    "undrawn",
]
