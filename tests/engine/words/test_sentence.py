"""Sentences are English strings that can be told in other languages, wherever they have been meanwhile."""

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import PhotoError
from engine.words import Sentence, counted, following, joined, recalled, sentence, stored, told

values = st.dictionaries(
    st.sampled_from(["name", "count", "path"]), st.text(max_size=9) | st.integers() | st.floats(allow_nan=False)
)


def test_a_sentence_is_its_english() -> None:
    said = sentence("The photo {path} has {share:.1f} %.", path=Path("a.jpg"), share=12.34)
    assert said == "The photo a.jpg has 12.3 %."
    assert (said.code, said.values) == ("The photo {path} has {share:.1f} %.", {"path": "a.jpg", "share": 12.34})
    assert json.dumps([said]) == '["The photo a.jpg has 12.3 %."]'


def test_it_is_told_in_the_language_in_use(speak: Callable[..., None]) -> None:
    said = sentence("{name} has {count:,} faces.", name="Ada", count=1234)
    speak("de", {"{name} has {count:,} faces.": "{count:,} Gesichter: {name}."})
    assert said.told() == told(said) == "1.234 Gesichter: Ada."
    assert said == "Ada has 1,234 faces."
    assert told("plain") == "plain"


def test_what_the_catalogue_lacks_is_told_in_english(speak: Callable[..., None]) -> None:
    speak("de", {})
    assert sentence("Not {name}.", name="Ada").told() == "Not Ada."
    assert counted("{count} face", "{count} faces", count=2).told() == "2 faces"


@pytest.mark.parametrize(("count", "english", "german"), [(1, "1 face", "1 Gesicht"), (0, "0 faces", "0 Gesichter")])
def test_numbers_choose_the_form(speak: Callable[..., None], count: int, english: str, german: str) -> None:
    speak("de", {("{count} face", "{count} faces"): ("{count} Gesicht", "{count} Gesichter")})
    said = counted("{count} face", "{count} faces", count=count)
    assert (said, said.told()) == (english, german)


def test_sentences_within_are_told_first(speak: Callable[..., None]) -> None:
    faces = counted("{count} face", "{count} faces", count=3)
    speak(
        "ko", {"It found {what}.": "{what}을(를) 찾았습니다.", ("{count} face", "{count} faces"): ("얼굴 {count}개",)}
    )
    assert sentence("It found {what}.", what=faces).told() == "얼굴 3개를 찾았습니다."


def test_lists_and_sentences_after_each_other(speak: Callable[..., None]) -> None:
    assert [joined(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
    assert following("One.", "", sentence("Two {x}.", x=2)) == "One. Two 2."
    speak("de", {"{listed} and {last}": "{listed} und {last}", "Two {x}.": "Zwei {x}."})
    assert joined(["A", "B", "C"]).told() == "A, B und C"
    error = PhotoError("One.", sentence("Two {x}.", x=2))
    assert (str(error), error.told()) == ("One. Two 2.", "One. Zwei 2.")


@settings(suppress_health_check=[HealthCheck.too_slow])  # Unicode's tables are read first
@given(values)
def test_what_is_sent_or_kept_comes_back_whole(filling: dict[str, str | int | float]) -> None:
    inner = Sentence(" ".join(f"{{{name}}}" for name in filling), filling)
    whole = sentence("So: {inner}", inner=inner)
    for other in (pickle.loads(pickle.dumps(whole)), copy.deepcopy(whole), recalled(stored(whole))):
        assert isinstance(other, Sentence)
        assert (other, other.code, other.values) == (whole, whole.code, whole.values)
        assert other.values["inner"].values == filling
    several = counted("{count} face of {name}", "{count} faces of {name}", count=4, name=inner)
    assert recalled(stored(several)).many == several.many  # type: ignore[attr-defined]


DAMAGED = (
    *("{", "{}", '{"code": 1, "values": {}}', '{"code": "{x}", "values": {}}', "[1]"),
    '{"code": "a", "values": {}, "many": "b"}',
    '{"code": "a", "values": {"count": "z"}, "many": "b {count}"}',
    '{"code": "a", "values": {"count": 1e999}, "many": "b {count}"}',
    '{"code": ' * 5000,
)


@given(st.text() | st.sampled_from(DAMAGED))
def test_what_was_kept_as_plain_text_stays(text: str) -> None:
    assert recalled(text) == text
    assert stored(text) == text
