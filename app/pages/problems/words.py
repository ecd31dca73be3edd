"""Problems in words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.pages.problems.problem import Problem, ProblemKind
from app.style import texts
from engine.words import fill

translate = QCoreApplication.translate


def section_of(kind: ProblemKind) -> str:
    """Return the heading of a section."""
    return {
        ProblemKind.UNREADABLE: translate("Problems", "Files that cannot be read"),
        ProblemKind.PARTLY: translate("Problems", "Files read only in part"),
        ProblemKind.AWAY: translate("Problems", "Folders that are not there now"),
        ProblemKind.MISSING: translate("Problems", "Photos that are gone from their folder"),
        ProblemKind.NOT_SHOWN: translate("Problems", "Faces that their photo does not show any more"),
        ProblemKind.DOUBLED: translate("Problems", "Twice in one photo"),
        ProblemKind.TWO_IN_ONE: translate("Problems", "People who look like two"),
        ProblemKind.NAMESAKES: translate("Problems", "People with the same name"),
    }[kind]


def line_of(problem: Problem) -> str:
    """Return what a line names."""
    if problem.kind in (ProblemKind.DOUBLED, ProblemKind.TWO_IN_ONE, ProblemKind.NAMESAKES):
        return texts.called(problem.name)
    return problem.name or str(problem.path)


def reason_of(problem: Problem) -> str:
    """Return what is wrong, in a few words."""
    kind = problem.kind
    if kind is ProblemKind.AWAY:
        return fill(translate("Problems", "{photos}, all kept"), photos=texts.photos(problem.count))
    if kind is ProblemKind.MISSING:
        return fill(
            translate("Problems", "{photos} gone, everything about them kept"), photos=texts.photos(problem.count)
        )
    if kind is ProblemKind.NOT_SHOWN:
        return fill(translate("Problems", "{faces}, with all that you said kept"), faces=texts.faces(problem.count))
    if kind is ProblemKind.DOUBLED:
        return fill(
            translate("Problems", "{faces} in {photo}"),
            faces=texts.faces(len(problem.faces)),
            photo=problem.path.name if problem.path else "",
        )
    if kind is ProblemKind.TWO_IN_ONE:
        return fill(translate("Problems", "{faces} that may be somebody else"), faces=texts.faces(problem.count))
    if kind is ProblemKind.NAMESAKES:
        return translate("Problems", "two people")
    return problem.reason


def question_of(problem: Problem) -> str:
    """Return what is asked, or said, above the remedies."""
    name = texts.called_within(problem.name)
    doubled = fill(translate("Problems", "Which one is {name}?"), name=name)
    return {
        ProblemKind.UNREADABLE: translate("Problems", "This file cannot be read"),
        ProblemKind.PARTLY: translate("Problems", "A part of this file could not be read"),
        ProblemKind.AWAY: translate("Problems", "This folder is not there now"),
        ProblemKind.MISSING: translate("Problems", "Photos are gone from this folder"),
        ProblemKind.NOT_SHOWN: translate("Problems", "This photo was changed"),
        ProblemKind.DOUBLED: doubled if problem.name else translate("Problems", "Which one is this person?"),
        ProblemKind.TWO_IN_ONE: translate("Problems", "Is this one person?"),
        ProblemKind.NAMESAKES: fill(translate("Problems", "Are both {name}?"), name=name),
    }[problem.kind]


def advice_of(problem: Problem) -> str:
    """Return what it means and what can be done, in one or two sentences."""
    photos = texts.photos(problem.count)
    return {
        ProblemKind.UNREADABLE: translate(
            "Problems", "The file may be damaged. Copy it again from where it came from, then try again."
        ),
        ProblemKind.PARTLY: translate(
            "Problems", "Faces in the part that was read are known. A whole copy of the file would show the others."
        ),
        ProblemKind.AWAY: fill(
            translate(
                "Problems",
                "Nothing is lost: {photos} with all names are kept. Connect its disk, or say where it is now.",
            ),
            photos=photos,
        ),
        ProblemKind.MISSING: translate(
            "Problems",
            "Nothing is lost: names and answers are kept, and people who are only in these photos come back with them. "
            "Photos that were moved are known again when the folder they are in now is scanned.",
        ),
        ProblemKind.NOT_SHOWN: fill(
            translate(
                "Problems",
                "It was cropped or replaced, and {faces} that you know are not to be found in it now. They count "
                "nowhere. What you said of them is kept and holds again when the photo shows them.",
            ),
            faces=texts.faces(problem.count),
        ),
        ProblemKind.DOUBLED: translate(
            "Problems", "Hardly anybody stands twice in one photo, unless it is a mirror or a collage."
        ),
        ProblemKind.TWO_IN_ONE: fill(
            translate("Problems", "They are less like the others than one person's faces usually are: {faces}."),
            faces=texts.faces(problem.count),
        ),
        ProblemKind.NAMESAKES: translate("Problems", "They may be one person, or two who share a name."),
    }[problem.kind]


def as_text(problems: Sequence[Problem]) -> str:
    """Return problems as lines of text below the headings of their sections."""
    lines: list[str] = []
    for number, problem in enumerate(problems):
        if number == 0 or problems[number - 1].kind != problem.kind:
            lines += [""] * bool(lines) + [section_of(problem.kind)]
        lines.append(f"{problem.path or line_of(problem)}: {reason_of(problem)}")
    return "\n".join(lines)
