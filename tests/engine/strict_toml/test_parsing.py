"""TOML that nobody writes by hand is refused at once; what anybody may write is read as tomllib reads it."""

import tomllib

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from engine.strict_toml import MOST_BYTES, parse_toml

DEEP = 100_000
texts = st.text(st.characters(codec="utf-8"), max_size=12)
values = st.recursive(
    texts | st.integers(-(2**60), 2**60) | st.booleans() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = " + "[" * DEEP, "nested more than 32 deep"),
        ("a = " + "{b = " * DEEP, "nested more than 32 deep"),
        ("a" + ".a" * DEEP + " = 1", "key of more than 16 parts"),
        ("[a" + " . 'a'" * DEEP + "]", "key of more than 16 parts"),
        ("x = 1\n" * 3 + "y = " + "[" * 40, "line 4 is nested"),
        ("# " + "x" * MOST_BYTES, "larger than 1 MB"),
        ("a = " + "9" * 5_000, "digits"),
        ("a = ", "Invalid value"),
    ],
)
def test_it_is_refused_with_a_reason(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_toml(text)


@pytest.mark.parametrize(
    "text",
    [
        'a = "' + "[" * 100 + '"',
        "a = '" + "." * 100 + "'",
        'a = """' + '[{."' * 50 + '"""',
        'a = """x"""""',
        "a = '''" + "{.'" * 50 + "'''",
        'a = "\\"' + "." * 50 + '"',
        "# " + "[." * 50 + "\na = 1",
        "a = [" + "1.5, " * 1_000 + "]",
        "a = " + "[" * 31 + "]" * 31,
        "[a.b.c]\nd.e = 1.5\nf = 1979-05-27T07:32:00.999Z",
    ],
)
def test_brackets_and_dots_in_texts_do_not_count(text: str) -> None:
    assert parse_toml(text) == tomllib.loads(text)


@given(st.dictionaries(texts, values, max_size=4))
def test_anything_that_is_written_is_read_again(table: dict[str, object]) -> None:
    assert parse_toml(tomli_w.dumps(table)) == table


@given(st.text(st.sampled_from("a.=[]{}\"'#\\\n, 1"), max_size=60))
def test_nothing_that_tomllib_reads_is_refused(text: str) -> None:
    try:
        wanted = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(tomllib.TOMLDecodeError):
            parse_toml(text)
    else:
        assert parse_toml(text) == wanted
