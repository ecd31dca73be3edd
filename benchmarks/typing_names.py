"""How soon a field says whom a letter may mean, among many names.

    QT_QPA_PLATFORM=offscreen python benchmarks/typing_names.py [--names 20000]

Half of the names are Korean, half have Latin letters with accents. Each letter is handed over as an input method does,
to a field that is shown; the first one is typed before anything is remembered of the names, and after it was. The times
are those of a processor in the thread of the window, so that they hold on a busy machine.
"""

import argparse
import random
import statistics
import time

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.application import make_application
from app.names.name_edit import NameEdit
from app.names.name_matching import prepared, words_of
from engine.library.edits.names import name_key

TYPED = ("a", "an", "ann", "ㄱ", "ㄱㅅ", "ㄱㅅㅎ", "김", "김ㅅ", "김수", "이ㅈㅎ")
FAMILY = "김이박최정강조윤장임한오서신권황안송전홍"
LATIN = "abcdefghijklmnopqrstuvwxyzäöüéøł"
HANGUL = range(0xAC00, 0xD7A4)


def main() -> None:
    """Make the names, type, and print a row a figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=20_000)
    names = generated(parser.parse_args().names)
    application = make_application()
    field, window = shown_field()
    rows = {"first letter, nothing remembered": [seconds(field, names, "ㄱ", forget=True) for _ in range(5)]}
    prepared(names)
    for typed in TYPED:
        rows[f"“{typed}”"] = [seconds(field, names, typed) for _ in range(5)]
    print(f"| typed among {len(names):,} names | median | longest |\n| --- | --- | --- |")
    for what, taken in rows.items():
        print(f"| {what} | {statistics.median(taken) * 1000:.0f} ms | {max(taken) * 1000:.0f} ms |")
    window.close()
    del application


def generated(count: int) -> dict[int, str]:
    """Return so many names, by id; the same ones always."""
    chance = random.Random(0)

    def word() -> str:
        return "".join(chance.choices(LATIN, k=chance.randint(3, 9))).title()

    def korean() -> str:
        return chance.choice(FAMILY) + "".join(map(chr, chance.choices(HANGUL, k=2)))

    return {number: korean() if number % 2 else f"{word()} {word()}" for number in range(1, count + 1)}


def shown_field() -> tuple[NameEdit, QWidget]:
    """Return a field in a window that is shown."""
    window, field = QWidget(), NameEdit()
    QVBoxLayout(window).addWidget(field)
    window.resize(400, 500)
    window.show()
    field.setFocus()
    QApplication.processEvents()
    return field, window


def seconds(field: NameEdit, names: dict[int, str], typed: str, *, forget: bool = False) -> float:
    """Return how long it takes from a letter to the names on the screen."""
    if forget:
        words_of.cache_clear()
        name_key.cache_clear()
    QApplication.sendEvent(field, QInputMethodEvent())
    field.clear()
    field.set_names(names)
    event = QInputMethodEvent(typed[-1], [])
    event.setCommitString(typed[:-1])
    began = time.thread_time()
    QApplication.sendEvent(field, event)
    field.window().repaint()
    return time.thread_time() - began


if __name__ == "__main__":
    main()
