"""Random edits by a seed on one library; a line before and after each. Words: library seed count."""

import random
import sys
from pathlib import Path

from engine.errors import LibraryError
from engine.library import edits, history
from engine.library.library import Library


def edit(library: Library, generator: random.Random, number: int) -> None:
    """Do something that a person may do."""
    with library.read() as connection:
        people = connection.exec_driver_sql("SELECT id FROM people ORDER BY id").scalars().all()
        faces = connection.exec_driver_sql("SELECT id FROM faces ORDER BY id LIMIT 500").scalars().all()
    kind = generator.choice(
        ["name", "name", "merge", "confirm", "reject", "distinct", "split", "ignore", "undo", "undo", "redo", "move"]
    )
    one, other = generator.choice(people), generator.choice(people)
    some = generator.sample(faces, min(len(faces), generator.randint(1, 6)))
    doing = {
        "name": lambda: edits.name_person(library, one, f"Name {number} {generator.randint(0, 999)}"),
        "merge": lambda: edits.merge_people(library, one, [other]) if len(people) > 4 else None,
        "confirm": lambda: edits.confirm_faces(library, one, some),
        "reject": lambda: edits.reject_faces(library, one, some),
        "distinct": lambda: edits.mark_distinct(library, one, other),
        "split": lambda: edits.split_off(library, some, f"Split {number}"),
        "ignore": lambda: edits.ignore_faces(library, some),
        "undo": lambda: history.undo(library),
        "redo": lambda: history.redo(library),
        "move": lambda: edits.move_faces(library, some, one),
    }
    try:
        doing[kind]()
    except LibraryError:
        return


def main() -> None:
    """Edit until all is done, or somebody ends the process."""
    path, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    generator = random.Random(seed)
    with Library(path) as library:
        print("ready", flush=True)
        for number in range(count):
            print("begin", flush=True)
            edit(library, generator, number)
            print("done", flush=True)


if __name__ == "__main__":
    main()
