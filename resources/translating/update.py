"""Brings the catalogues up to date with the sources: `python -m resources.translating.update`.

`--merge BASE OURS THEIRS` is for git (see CONTRIBUTING.md): it joins what two people did to one catalogue into OURS.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from resources.translating.extract import Text, found_texts
from resources.translating.merge import merged_file
from resources.translating.mo import compiled
from resources.translating.po import (
    catalogue_files,
    header_of,
    language_of,
    read,
    updated,
    written,
)


def main(words: list[str] | None = None) -> int:
    """Update all catalogues and say what each lacks, or merge two versions of one."""
    parser = argparse.ArgumentParser(prog="python -m resources.translating.update", description=__doc__)
    parser.add_argument("--merge", nargs=3, type=Path, metavar=("BASE", "OURS", "THEIRS"))
    asked = parser.parse_args(words)
    if asked.merge:
        base, ours, theirs = asked.merge
        ours.write_bytes(merged_file(base, ours, theirs))
        return 0
    found = found_texts()
    for file in catalogue_files():
        lacking, number = update(file, found.texts)
        sys.stdout.write(f"{language_of(file)}: {number} texts, {lacking} of them not translated\n")
    return 0


def update(file: Path, found: Mapping[Text, Iterable[str]]) -> tuple[int, int]:
    """Write a .po file anew and its .mo file, and return how many texts lack a translation, and how many there are."""
    header = header_of(file)
    messages = updated(read(file), language_of(file), found)
    file.write_bytes(written(header, messages))
    file.with_suffix(".mo").write_bytes(compiled(header, messages))
    return sum(not message.string or not all(message.string) for message in messages), len(messages)


if __name__ == "__main__":
    sys.exit(main())
