"""Whatever the field offers does what its text says, by whichever key."""

from pathlib import Path

from app.pages.photos.offers import Offers
from app.pages.photos.terms import Searchable
from engine.library.queries import PhotoSearch
from engine.library.queries.search_choices import SubFolder

KNOWN = Searchable(
    people={5: "Ada", 9: "Bo"},
    folders={2: Path("/photos/Pictures"), 3: Path("/")},
    sub_folders=[SubFolder(2, "2004", 4), SubFolder(3, "2004/sea", 1)],
    years=[2004, 2005],
    without={5: "not Ada", 9: "not Bo"},
)


def test_each_text_is_offered_once_and_taken():
    offers = Offers(KNOWN, "somebody unnamed", "nobody at all")
    texts = list(offers.texts.values())
    found = {text: offers.taken(PhotoSearch(), [key]) for key, text in offers.texts.items() if text != "2004"}
    assert texts[:4] == ["Ada", "Bo", "somebody unnamed", "nobody at all"]
    assert found["Bo"] == PhotoSearch(everyone=frozenset({9}))
    assert found["not Ada"] == PhotoSearch(nobody_of=frozenset({5}))
    assert found["not Bo"] == PhotoSearch(nobody_of=frozenset({9}))
    assert found["somebody unnamed"].unnamed
    assert (found["nobody at all"].fewest_faces, found["nobody at all"].most_faces) == (0, 0)
    assert found["Pictures"] == PhotoSearch(folder_id=2)
    assert found[str(Path("/"))] == PhotoSearch(folder_id=3)
    assert found["2004/sea"] == PhotoSearch(folder_id=3, below="2004/sea")
    assert found["2005"].since is not None
    assert found["2005"].since.year == 2005
    year, folder = (offers.taken(PhotoSearch(), [key]) for key, text in offers.texts.items() if text == "2004")
    assert year.since is not None
    assert folder == PhotoSearch(folder_id=2, below="2004")


def test_several_are_put_into_one_search():
    offers = Offers(KNOWN, "somebody unnamed", "nobody at all")
    keys = [key for key, text in offers.texts.items() if text in ("Ada", "not Bo", "Pictures")]
    assert offers.taken(PhotoSearch(), keys) == PhotoSearch(frozenset({5}), nobody_of=frozenset({9}), folder_id=2)
