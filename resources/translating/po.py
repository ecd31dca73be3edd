"""Catalogues as translators write them: .po, read and written by Babel; compiled ones (`mo`) are read, too.

A file holds no dates and no line numbers, and one text in a line, sorted: so two people seldom change the same place.
"""

from collections.abc import Iterable, Mapping
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po, write_po

from engine.words.catalogue import DOMAIN, ENGLISH
from resources.translating.extract import PROJECT, Text
from resources.translating.mo import is_compiled

TRANSLATIONS = PROJECT / "resources" / "translations"

Texts = dict[tuple[str, str], Message]
"""The messages of a catalogue, by context and code."""


def catalogue_files(translations: Path = TRANSLATIONS) -> list[Path]:
    """Return the .po file of every language, sorted by language."""
    return sorted(translations.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def language_of(file: Path) -> str:
    """Return the language of a catalogue by where it lies."""
    return file.parent.parent.name


def read(file: Path) -> Catalog:
    """Read a .po or .mo file. Raises PoFileError where it is none."""
    with file.open("rb") as opened:
        return read_mo(opened) if is_compiled(file) else read_po(opened, abort_invalid=True)


def texts_of(catalog: Catalog) -> Texts:
    """Return the messages of a catalogue without its header."""
    return {(message.context or "", code_of(message)): message for message in catalog if message.id}


def updated(old: Catalog, language: str, found: Mapping[Text, Iterable[str]]) -> list[Message]:
    """Return the messages that a catalogue should have: what was found, with the translations that it had.

    The one of English holds only what has forms and does not name them in the sources.
    """
    known = texts_of(old)
    kept: list[Message] = []
    for text in sorted(found):
        if language == ENGLISH and text.code != text.many:
            continue
        before = known.get((text.context, text.code))
        kept.append(
            Message(
                (text.code, text.many) if text.many else text.code,
                _translation(before, old.num_plurals if text.many else 0),
                [(place, None) for place in sorted(found[text])],
                user_comments=before.user_comments if before is not None else (),
                context=text.context,
            )
        )
    return kept


def _translation(before: Message | None, forms: int) -> str | tuple[str, ...]:
    """Return the translation that there was, where it has as many forms as are wanted: 0 for a text without."""
    lacking = ("",) * forms if forms else ""
    if before is None or isinstance(before.string, str) != isinstance(lacking, str):
        return lacking
    return before.string if isinstance(before.string, str) else tuple(before.string)


def code_of(message: Message) -> str:
    """Return the English of a message, of one where it has forms."""
    return message.id if isinstance(message.id, str) else message.id[0]


def written(header: Mapping[str, str], messages: Iterable[Message]) -> bytes:
    """Return a .po file."""
    catalog = Catalog(charset="utf-8")
    catalog.mime_headers = list(header.items())  # how many forms a text has
    for message in sorted(messages, key=lambda one: (one.context or "", code_of(one))):
        message.flags.discard("python-format")
        message.flags.discard("python-brace-format")
        catalog[message.id] = message
    body = BytesIO()
    write_po(body, catalog, width=0, omit_header=True, include_lineno=False)
    head = "".join(f'"{name}: {value}\\n"\n' for name, value in header.items())
    return f'msgid ""\nmsgstr ""\n{head}\n'.encode() + body.getvalue()


def header_of(file: Path) -> dict[str, str]:
    """Return the lines of the header of a .po or .mo file."""
    if is_compiled(file):
        with file.open("rb") as opened:
            lines = GNUTranslations(opened).gettext("").splitlines()
    else:
        head = file.read_text(encoding="utf-8").partition("\n\n")[0]
        lines = [line.strip('"').removesuffix("\\n") for line in head.splitlines() if line.startswith('"')]
    return dict(line.split(": ", 1) for line in lines if line)
