"""Korean particles fit whatever stands before them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.words.korean_reading import last_sound
from engine.words.particles import PAIRS, particle, settled
from engine.words.sounds import Sound

READ = {
    Sound.OPEN: [
        # Hangul, also with marks after it and brackets that are not read
        *(
            "민수",
            "영희",
            "코",
            "민수 ",
            "“민수”",
            "민수(동생)",
            "민수 (지원)",
            "민수[3]",
            "민수…",
            "민수 ❤️",
            "ㅏ",
            "얼굴 3개",
        ),
        # numbers: 이, 사, 오, 구; 일조; 3.5; 1,204 is 천이백사
        *("2", "4", "5", "9", "12", "1,204", "3.5", "1,000,000,000,000", "10000000000000", "2024년 6월 4", "٢"),
        # signs and units
        *("3 %", "100 %", "25 ℃", "3 cm", "12 m", "250 ms", "512 MB", "3 km", "$", "C++"),
        # words
        *(
            "Anna",
            "Peter",
            "Oscar",
            "Mark",
            "Robert",
            "Frank",
            "Luke",
            "Kate",
            "David",
            "James",
            "Alex",
            "George",
            "Sarah",
        ),
        *(
            "René",
            "Zoé",
            "Chloe",
            "Sophie",
            "Renée",
            "Claire",
            "Steve",
            "Grace",
            "Ida",
            "Bart",
            "Roy",
            "Hugh",
            "Иванова",
        ),
        # letters one by one, files
        *("A", "b", "USB", "CPU", "PDF", "API", "IP", "photo.jpg", "photo.png", "IMG.HEIC", "photo.xmp", "a.db"),
        # what is not read
        *("", " ", "…", "🙂", "“”", "小林", "さくら", "محمد"),
    ],
    Sound.CLOSED: [
        *(
            "지원",
            "부산",
            "집",
            "닭",
            "강",
            "“지원”",
            "지원 (민수)",
            "지원(a)",
            "<지원>",
            "얼굴 3장",
            "이름",
            "ㄱ",
            "ㅎ",
        ),
        *("0", "3", "6", "10", "20", "100", "1,000", "10,000", "100000000", "1.0", "2.10", "13", "IMG_0010"),
        *("3 kg", "5 g", "7 h", "9 min", "C#"),
        *(
            "John",
            "Tom",
            "Anne",
            "Jane",
            "Jerome",
            "King",
            "Ming",
            "Jack",
            "Nick",
            "Eric",
            "Isaac",
            "Philip",
            "Scott",
            "Matt",
        ),
        *(
            "Bob",
            "Jacob",
            "Web",
            "Photoshop",
            "Brook",
            "Patrick",
            "Tim",
            "Иван",
            "M",
            "N",
            "IBM",
            "photo.jpeg",
            "a.zip",
            "あん",
        ),
    ],
    Sound.RIEUL: [
        *("서울", "길", "“서울”", "서울(부산)", "ㄹ", "1", "7", "8", "007", "21", "1,008", "2.7", "3 px", "7‰"),
        *("Paul", "Daniel", "Nicole", "Michelle", "Apple", "L", "R", "URL", "HTML", "settings.toml", "Михаил", "Paweł"),
    ],
}

WITHOUT_PAIRS = st.text(alphabet=st.characters(exclude_characters="()"))

CASES = [(text, sound) for sound, texts in READ.items() for text in texts]


@pytest.mark.parametrize(("text", "sound"), CASES)
def test_texts_end_as_koreans_read_them(text: str, sound: Sound) -> None:
    assert last_sound(text) is sound


@pytest.mark.parametrize(("text", "sound"), CASES)
def test_both_ways_to_write_hangul_and_accents_are_read_alike(text: str, sound: Sound) -> None:
    assert last_sound(unicodedata.normalize("NFD", text)) is sound


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("민수", "을(를) 찾습니다", "를 찾습니다"),
        ("지원", "을(를) 찾습니다", "을 찾습니다"),
        ("민수", "이(가)", "가"),
        ("지원", "은(는)", "은"),
        ("Paul", "과(와)", "과"),
        ("서울", "(으)로", "로"),
        ("부산", "(으)로", "으로"),
        ("제주", "(으)로", "로"),
        ("서울", "으로(로)부터", "로부터"),
        ("서울", "(이)라는", "이라는"),
        ("민수", "(이)라는", "라는"),
        ("민수", "이(나)", "나"),
        ("지원", "아(야)", "아"),
        ("“민수", "”이(가) 없습니다", "”가 없습니다"),
        ("<b>지원", "</b>은(는)", "</b>은"),
        ("민수(3", ")이(가)", ")가"),
        ("얼굴 3개", "(모두 확인함)과(와) 이름을", "(모두 확인함)와 이름을"),
        ("지원", "이(가) 민수", "이 민수"),
        ("을(를)", "은(는)", "은"),
        ("민수", "의 얼굴", "의 얼굴"),
        ("민수", "", ""),
    ],
)
def test_a_pair_becomes_the_form_that_fits(before: str, after: str, expected: str) -> None:
    assert settled(before, after) == expected


@given(st.text(), st.sampled_from(sorted(PAIRS)), st.sampled_from(["", "”", "</b>", "’)"]), WITHOUT_PAIRS)
def test_one_form_is_shown_whatever_stands_before(before: str, pair: str, closing: str, rest: str) -> None:
    forms = PAIRS[pair]
    shown = settled(before, f"{closing}{pair}{rest}")
    assert shown in {f"{closing}{form}{rest}" for form in forms}


@given(st.text(), WITHOUT_PAIRS)
def test_other_texts_stay_as_they_are(before: str, after: str) -> None:
    assert settled(before, after) == after


@given(st.integers(min_value=0, max_value=10**15))
def test_grouped_digits_change_nothing(number: int) -> None:
    assert last_sound(f"{number:,}") is last_sound(str(number))


@given(st.text(min_size=1), st.sampled_from(sorted(PAIRS)))
def test_marks_after_a_word_change_nothing(text: str, pair: str) -> None:
    assert particle(f"“{text}민”", pair) == particle("민", pair)
    assert particle(f"{text}민 🙂!", pair) == particle("민", pair)
