"""A server of Immich is asked as its API wants it; what it answers wrongly is told in a sentence."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from engine.errors import KinfolkError
from engine.metadata.programs.immich import read_immich_server
from engine.progress import finish
from tests.engine.metadata.brought_names import ADA, names
from tests.engine.metadata.immich_site import FACE, KEY, ImmichSite, asset, immich_site, person

SEARCH, FACES = "/api/search/metadata", "/api/faces"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[ImmichSite]:
    """Five photos on three pages; on two of them is somebody with a name."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    ada, joan = person("Ada", FACE, born="1815-12-10"), person("Joan")
    empty = [asset(f"{number}.jpg") for number in (1, 2)]
    nobody = asset("nobody.jpg", person("", FACE))
    with immich_site(*empty, asset("one.jpg", ada, joan), nobody, asset("two.jpg", person("Ada", FACE, FACE))) as made:
        yield made


def path_of(name: str) -> str:
    return asset(name)["originalPath"]


@pytest.mark.parametrize("version", [2, 3])
def test_all_pages_are_read(site: ImmichSite, version: int) -> None:
    site.version = version
    found = finish(read_immich_server(f"{site.address}/", KEY))
    assert names(found) == {
        path_of("one.jpg"): [("Ada", ADA), ("Joan", None)],
        path_of("two.jpg"): [("Ada", ADA), ("Ada", ADA)],
    }
    assert found.births == {"Ada": "1815-12-10"}
    assert site.asked.count(SEARCH) == 3
    assert site.asked.count(FACES) == (2 if version == 3 else 0), "only where somebody has a name"


def test_the_address_may_be_that_of_the_api(site: ImmichSite) -> None:
    assert len(finish(read_immich_server(f"{site.address}/api", KEY)).photos) == 2


def test_it_can_be_broken_off_between_photos(site: ImmichSite) -> None:
    asking = read_immich_server(site.address, KEY)
    next(asking)
    asking.close()
    assert site.asked == [SEARCH]


def test_a_photo_that_is_gone_meanwhile_keeps_its_names(site: ImmichSite) -> None:
    site.refusals[FACES] = (400, b'{"message":"Not found or no face.read access"}', {})
    found = finish(read_immich_server(site.address, KEY))
    assert names(found)[path_of("one.jpg")] == [("Ada", None), ("Joan", None)]


@pytest.mark.parametrize(
    ("path", "status", "body", "sentence"),
    [
        (SEARCH, 403, b'{"message":"Missing required permission: asset.read"}', "permission: asset.read"),
        (FACES, 403, b'{"message":"Missing required permission: face.read"}', "permission: face.read"),
        (SEARCH, 404, b'{"message":"Cannot POST /api/search/metadata"}', "is no Immich"),
        (SEARCH, 500, b"<html>", "error: 500"),
        (SEARCH, 400, b'{"message":["size must not be greater than 1000"]}', "error: 400"),
        (SEARCH, 200, b"<html>welcome</html>", "is no Immich"),
        (SEARCH, 200, b"[]", "is no Immich"),
        (SEARCH, 200, b'{"assets": 3}', "is no Immich"),
    ],
)
def test_what_it_refuses_is_told(site: ImmichSite, path: str, status: int, body: bytes, sentence: str) -> None:
    site.refusals[path] = (status, body, {})
    with pytest.raises(KinfolkError, match=sentence):
        finish(read_immich_server(site.address, KEY))


def test_a_wrong_key_is_told(site: ImmichSite) -> None:
    for key in ("another", "two\nlines", "ключ"):
        with pytest.raises(KinfolkError, match=r"does not know this key|does not answer"):
            finish(read_immich_server(site.address, key))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_key_goes_nowhere_else(site: ImmichSite, status: int) -> None:
    with immich_site() as other:
        site.refusals[SEARCH] = (status, b"", {"Location": f"{other.address}{SEARCH}"})
        with pytest.raises(KinfolkError, match="sends on to"):
            finish(read_immich_server(site.address, KEY))
        assert other.asked == []


def test_an_answer_that_ends_early_is_told(site: ImmichSite) -> None:
    site.refusals[SEARCH] = (200, b'{"assets": {', {"Content-Length": "1000"})
    with pytest.raises(KinfolkError):
        finish(read_immich_server(site.address, KEY))


def test_pages_that_lead_back_end(site: ImmichSite) -> None:
    site.refusals[SEARCH] = (200, b'{"assets": {"items": [], "nextPage": "1"}}', {})
    assert finish(read_immich_server(site.address, KEY)).photos == ()


def test_nobody_there_is_told() -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(KinfolkError, match="does not answer"):
        finish(read_immich_server(address, KEY))
