"""Reads what InsightFace's .bin files hold without running them.

They are pickles, and loading a pickle runs whatever program it names. Here its opcodes are listed by `pickletools`,
which executes nothing, and played on a stack of plain values: lists, tuples, bytes, strings, numbers, truth values. A
name that the pickle wants to import becomes a `Call` that says so and is never looked up; anything else is refused.
"""

import pickletools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from engine.words import sentence


@dataclass(frozen=True, slots=True)
class Name:
    """Something the pickle would have imported: "module name"."""

    path: str


@dataclass(slots=True)
class Call:
    """Something the pickle would have called, with its arguments, and the state it would have given the result."""

    path: str
    arguments: object
    state: object = field(default=None)


class _Mark:
    """Where the items of a list or tuple begin on the stack."""


_MARK = _Mark()
"""Compared by identity."""


class UnplainPickleError(ValueError):
    """The pickle holds something other than plain values."""


class _Stack:
    """The machine that a pickle is a program for, without the opcodes that import or call."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self.memo: dict[int, object] = {}

    def since_mark(self) -> list[object]:
        """Take the values above the last mark, and the mark."""
        for place in range(len(self.values) - 1, -1, -1):
            if self.values[place] is _MARK:
                items = self.values[place + 1 :]
                del self.values[place:]
                return items
        raise UnplainPickleError(sentence("The pickle is damaged: a mark is missing."))

    def take(self, number: int) -> list[object]:
        """Take the topmost values, lowest first."""
        if len(self.values) < number:
            raise UnplainPickleError(sentence("The pickle is damaged: its stack is empty."))
        items = self.values[len(self.values) - number :]
        del self.values[len(self.values) - number :]
        return items

    def top_list(self) -> list[object]:
        """Return the list on top, to be extended."""
        if not self.values or not isinstance(self.values[-1], list):
            raise UnplainPickleError(sentence("The pickle adds items to something that is no list."))
        return self.values[-1]


def _values(stack: _Stack, argument: object) -> None:
    stack.values.append(argument)


def _bytes_of_text(stack: _Stack, argument: object) -> None:
    # Python 2 wrote its bytes as text; pickletools decodes them as Latin-1.
    stack.values.append(argument.encode("latin-1") if isinstance(argument, str) else argument)


def _append(stack: _Stack, argument: object) -> None:
    del argument
    item = stack.take(1)[0]
    stack.top_list().append(item)


def _appends(stack: _Stack, argument: object) -> None:
    del argument
    items = stack.since_mark()
    stack.top_list().extend(items)


def _recall(stack: _Stack, argument: object) -> None:
    if not isinstance(argument, int) or argument not in stack.memo:
        raise UnplainPickleError(sentence("The pickle is damaged: it recalls what it never stored."))
    stack.values.append(stack.memo[argument])


def _store(stack: _Stack, argument: object) -> None:
    place = argument if isinstance(argument, int) else len(stack.memo)
    stack.memo[place] = stack.values[-1]


def _name(stack: _Stack, argument: object) -> None:
    stack.values.append(Name(str(argument)))


def _name_on_stack(stack: _Stack, argument: object) -> None:
    del argument
    module, name = stack.take(2)
    stack.values.append(Name(f"{module} {name}"))


def _call(stack: _Stack, argument: object) -> None:
    del argument
    name, arguments = stack.take(2)
    if not isinstance(name, Name):
        raise UnplainPickleError(sentence("The pickle calls something that is no name."))
    stack.values.append(Call(name.path, arguments))


def _build(stack: _Stack, argument: object) -> None:
    del argument
    state = stack.take(1)[0]
    if not stack.values or not isinstance(stack.values[-1], Call):
        raise UnplainPickleError(sentence("The pickle gives a state to a plain value."))
    stack.values[-1].state = state


def _nothing(stack: _Stack, argument: object) -> None:
    del stack, argument


_Play = Callable[[_Stack, object], None]


def _constant(value: object) -> _Play:
    return lambda stack, _: stack.values.append(value)


def _new_tuple(number: int) -> _Play:
    return lambda stack, _: stack.values.append(tuple(stack.take(number)))


_OPCODES: dict[str, _Play] = {
    **dict.fromkeys(("PROTO", "FRAME", "STOP"), _nothing),
    **dict.fromkeys(("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "BINFLOAT", "FLOAT"), _values),
    **dict.fromkeys(("BINBYTES", "BINBYTES8", "SHORT_BINBYTES", "BYTEARRAY8"), _values),
    **dict.fromkeys(("UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"), _values),
    **dict.fromkeys(("STRING", "BINSTRING", "SHORT_BINSTRING"), _bytes_of_text),
    **dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"), _store),
    **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), _recall),
    "NONE": _constant(None),
    "NEWTRUE": _constant(value=True),
    "NEWFALSE": _constant(value=False),
    "MARK": _constant(_MARK),
    "EMPTY_LIST": lambda stack, _: stack.values.append([]),
    "LIST": lambda stack, _: stack.values.append(stack.since_mark()),
    "EMPTY_TUPLE": _new_tuple(0),
    "TUPLE1": _new_tuple(1),
    "TUPLE2": _new_tuple(2),
    "TUPLE3": _new_tuple(3),
    "TUPLE": lambda stack, _: stack.values.append(tuple(stack.since_mark())),
    "APPEND": _append,
    "APPENDS": _appends,
    "GLOBAL": _name,
    "STACK_GLOBAL": _name_on_stack,
    "REDUCE": _call,
    "BUILD": _build,
}


def read_plain(stream: BinaryIO) -> object:
    """Return the value of a pickle, `Call` standing where it would have called something; or UnplainPickleError."""
    stack = _Stack()
    try:
        for opcode, argument, _ in pickletools.genops(stream):
            play = _OPCODES.get(opcode.name)
            if play is None:
                raise UnplainPickleError(
                    sentence("The pickle uses {opcode}, which plain data never needs.", opcode=opcode.name)
                )
            play(stack, argument)
    except (ValueError, IndexError) as error:
        if isinstance(error, UnplainPickleError):
            raise
        raise UnplainPickleError(sentence("The pickle is damaged: {reason}.", reason=str(error))) from error
    if len(stack.values) != 1:
        raise UnplainPickleError(sentence("The pickle is damaged: it ends with more or less than one value."))
    return stack.values[0]
