"""Which photos' metadata are to be read: those that are not what was read last."""

from sqlalchemy import update

from engine.library.mentions import ReadPhoto, photos_to_name, stamp_of, store_mentions
from engine.library.tables import Photo
from engine.metadata.mentions import PhotoMentions
from engine.scan.found import FoundSidecar
from tests.engine.library.conftest import Album


def test_a_stamp_tells_of_the_file_and_of_its_sidecars_wherever_they_lie(album: Album, photo: int) -> None:
    (one,) = photos_to_name(album.library, album.folder_id)
    assert one.stamp is None
    bare = stamp_of(one, [])
    assert bare != stamp_of(one, [FoundSidecar("photo0.jpg.xmp", 10, 20)])
    assert stamp_of(one, [FoundSidecar("a.xmp", 10, 20)]) == stamp_of(one, [FoundSidecar("b/a.xmp", 10, 20)])
    assert stamp_of(one, [FoundSidecar("a.xmp", 10, 20)]) != stamp_of(one, [FoundSidecar("a.xmp", 10, 21)])
    assert [one.photo_id for one in photos_to_name(album.library)] == [photo]
    store_mentions(album.library, [ReadPhoto(photo, bare, PhotoMentions())])
    assert photos_to_name(album.library) == []


def test_of_photos_whose_names_are_read_only_those_with_sidecars_are_looked_at(album: Album, photo: int) -> None:
    (one,) = photos_to_name(album.library, album.folder_id)
    store_mentions(album.library, [ReadPhoto(photo, stamp_of(one, []), PhotoMentions())])
    assert photos_to_name(album.library, album.folder_id) == []
    (beside,) = photos_to_name(album.library, album.folder_id, beside=[one.relpath])
    assert (beside.photo_id, beside.stamp) == (photo, stamp_of(one, []))
    store_mentions(album.library, [ReadPhoto(photo, stamp_of(one, [FoundSidecar("a.xmp", 10, 20)]), PhotoMentions())])
    assert [one.photo_id for one in photos_to_name(album.library, album.folder_id)] == [photo]


def test_a_path_that_is_no_text_is_looked_at_for_sidecars(album: Album, photo: int) -> None:
    with album.library.write() as transaction:
        transaction.connection.execute(update(Photo).values(relpath="\udcff.jpg"))
    (one,) = photos_to_name(album.library, album.folder_id)
    store_mentions(album.library, [ReadPhoto(photo, stamp_of(one, []), PhotoMentions())])
    (beside,) = photos_to_name(album.library, album.folder_id, beside=["\udcff.jpg"])
    assert beside.relpath == "\udcff.jpg"
