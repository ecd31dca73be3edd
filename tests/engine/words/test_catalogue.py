"""Which languages there are, which is in use, and how texts are filled in each."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from engine.words import catalogue, fill
from engine.words.system import system_languages


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    catalogue.use(catalogue.ENGLISH)


def test_languages_call_themselves_by_their_names() -> None:
    assert next(iter(catalogue.languages())) == "en"
    assert catalogue.languages().items() >= {"en": "English", "ko": "한국어", "de": "Deutsch"}.items()


def test_which_there_are_is_known_without_reading_texts() -> None:
    code = (
        "import gettext; gettext.GNUTranslations = None\n"
        "from engine.settings import Settings; Settings(language='ko')\n"
        "from engine.words.catalogue import is_there, nearest\n"
        "assert nearest(['tlh', 'de_AT']) == 'de' and not is_there('tlh')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_english_has_forms_too() -> None:
    assert catalogue.use("en") == catalogue.in_use() == "en"
    forms = [catalogue.find_form("Counts", "%Ln face(s)", count) for count in (1, 2)]
    assert forms == ["%Ln face", "%Ln faces"]
    assert catalogue.find("Counts", "no such text") is catalogue.find_form("Counts", "no such text", 2) is None


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["de_AT", "ko"], "de"),
        (["fr", "ko-KR"], "ko"),
        (["tlh"], "en"),
        ([], "en"),
        (["../de"], "en"),
        (["ko.UTF-8"], "ko"),
    ],
)
def test_the_nearest_language_is_taken(wanted: list[str], language: str) -> None:
    assert catalogue.nearest(wanted) == language
    if len(wanted) == 1:
        assert catalogue.use(wanted[0]) == language


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"LANG": "de_DE.UTF-8"}, ("de_DE.UTF-8",)),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "ko_KR.UTF-8"}, ("ko_KR.UTF-8",)),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "", "LC_MESSAGES": "ko_KR"}, ("ko_KR",)),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "fr:ko"}, ("fr", "ko", "de_DE.UTF-8")),
        ({"LANG": "C.UTF-8", "LANGUAGE": "ko"}, ()),
        ({"LC_ALL": "POSIX", "LANG": "ko_KR.UTF-8"}, ()),
    ],
)
def test_the_system_says_what_it_wants(environment: dict[str, str], wanted: tuple[str, ...]) -> None:
    assert system_languages(environment) == wanted


def test_the_language_of_the_system_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert catalogue.use() == "ko"


def test_numbers_are_written_as_in_the_language(speak: Callable[..., None]) -> None:
    template = "{count:,} {share:.2f} {part} {year} {name}"
    values = {"count": 12345, "share": 0.5, "part": 1.5, "year": 1998, "name": "1.2"}
    assert fill(template, **values) == "12,345 0.50 1.5 1998 1.2"
    speak("de", {})
    assert fill(template, **values) == "12.345 0,50 1,5 1998 1.2"


def test_braces_stand_doubled_and_places_need_values() -> None:
    assert fill("{{x}} {name}", name="{y}") == "{x} {y}"
    with pytest.raises(KeyError):
        fill("{other}", name=1)


@pytest.mark.parametrize(
    ("name", "filled"),
    [
        ("서울", "서울을 서울로"),
        ("집", "집을 집으로"),
        ("나무", "나무를 나무로"),
        ("“나무”", "“나무”를 “나무”로"),
        ("3", "3을 3으로"),
    ],
)
def test_particles_follow_the_sound(name: str, filled: str) -> None:
    assert fill("{name}을(를) {name}(으)로", name=name) == filled
