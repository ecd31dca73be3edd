"""How wide text is on a terminal, where Hangul and other wide characters take two cells each."""

import textwrap


def cells(text: str) -> int:
    """Return how many cells a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # only where it is needed: `--help` stays quick

    return cell_len(text)


def padded(text: str, width: int) -> str:
    """Return a text with blanks behind it, `width` cells in all, or as it is where it is longer."""
    return text + " " * (width - cells(text))


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of at most `width` cells, broken at blanks; a longer word has a line of its own."""
    if text.isascii():
        return textwrap.wrap(text, width)
    lines: list[str] = []
    for word in text.split():
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
