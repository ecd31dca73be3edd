"""Two versions of a catalogue into one, text by text, so that texts that come and go seldom stand in anybody's way."""

from pathlib import Path

from babel.messages.catalog import Message

from resources.translating.mo import compiled, is_compiled
from resources.translating.po import Texts, header_of, read, texts_of, written


def merged_file(base: Path, ours: Path, theirs: Path) -> bytes:
    """Return the .po or .mo file with what both versions changed since the one that they began with."""
    messages = merged(*(texts_of(read(file)) for file in (base, ours, theirs)))
    return (compiled if is_compiled(ours) else written)(header_of(ours), messages)


def merged(base: Texts, ours: Texts, theirs: Texts) -> list[Message]:
    """Return every text that one of both added and none of both dropped, in the newer translation; ours in doubt."""
    kept = []
    for key in sorted(ours.keys() | theirs.keys()):
        mine, other, before = ours.get(key), theirs.get(key), base.get(key)
        if mine is None or other is None:
            if before is None:
                kept.append(mine or other)
        elif (before is not None and mine.string == before.string) or not any(mine.string):
            kept.append(other)
        else:
            kept.append(mine)
    return [message for message in kept if message is not None]
