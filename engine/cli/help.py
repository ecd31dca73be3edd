"""Help in the language in use: argparse's own words, our texts, and lines as long as a terminal shows them."""

import argparse
from collections.abc import Iterable

from engine.cli.cells import cells, wrapped
from engine.words import ENGINE, counted, template, told
from engine.words.catalogue import find, find_form

WORDS = (
    template("usage: "),
    template("positional arguments"),
    template("options"),
    template("show this help message and exit"),
    template("%(prog)s: error: %(message)s\n"),
    template("argument %(argument_name)s: %(message)s"),
    template("the following arguments are required: %s"),
    template("one of the arguments %s is required"),
    template("unrecognized arguments: %s"),
    template("not allowed with argument %s"),
    template("ignored explicit argument %r"),
    template("expected one argument"),
    template("expected at least one argument"),
    template("expected at most one argument"),
    template("ambiguous option: %(option)s could match %(matches)s"),
    template("invalid choice: %(value)r (choose from %(choices)s)"),
    template("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)"),
    template("unknown parser %(parser_name)r (choices: %(choices)s)"),
    template("invalid %(type)s value: %(value)r"),
    counted("expected %s argument", "expected %s arguments", count=2),
)
"""What argparse says to who uses a command, word for word; the rest is for who writes one."""


def translate_argparse() -> None:
    """Let argparse take its own words from our catalogues.

    It asks gettext for them by two names of its module, which has no other door, and gettext knows neither contexts
    nor a language that is chosen.
    """
    vars(argparse).update(_=_translated, ngettext=_form)


def _translated(text: str) -> str:
    return text and (find(ENGINE, text) or text)  # None, where argparse has no text, stays None


def _form(one: str, many: str, number: int) -> str:
    return find_form(ENGINE, one, number) or (one if number == 1 else many)


class HelpFormatter(argparse.HelpFormatter):
    """Tells descriptions and help texts in the language in use; they may be sentences."""

    def _format_text(self, text: str) -> str:
        return super()._format_text(told(text))

    def _get_help_string(self, action: argparse.Action) -> str:
        return told(action.help or "")

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrapped(text, width - len(indent)))

    def _format_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: "Iterable[argparse._MutuallyExclusiveGroup]",
        prefix: str | None,
    ) -> str:
        """Indent by the cells that the prefix takes: argparse counts characters."""
        shown = _translated("usage: ") if prefix is None else prefix
        blank = " " * cells(shown)
        return shown + super()._format_usage(usage, actions, groups, blank).removeprefix(blank)


class Parser(argparse.ArgumentParser):
    """A parser, as are those of its subcommands, whose help is in the language in use."""

    def _get_formatter(self) -> HelpFormatter:
        return HelpFormatter(prog=self.prog)
