"""What a walk leaves out, and says so: hidden files, bins, previews, and what is no original of other programs."""

from pathlib import Path

from PIL import Image

from tests.engine.scan.walking import left_out, paths, put


def test_the_content_decides_where_the_suffix_says_nothing(tmp_path: Path) -> None:
    names = {
        "JPEG": "a.jp",
        "PNG": "export",
        "WEBP": "x.tmp~",
        "GIF": "a.b.zzz",
        "TIFF": "IMG_1.HEIC (1)",
        "BMP": "z.old1",
    }
    for kind, name in names.items():
        Image.new("RGB", (20, 20), "teal").save(tmp_path / name, kind)
    put(tmp_path, "notes", "a.unknown", "BM.dat9")
    Image.new("RGB", (20, 20)).save(tmp_path / "not a photo.txt", "PNG")
    assert sorted(paths(tmp_path)) == sorted(names.values())


def test_hidden_and_system_folders_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, ".hidden/a.jpg", ".hidden.jpg", "._a.jpg", ".Trash-1000/files/a.jpg", "@eaDir/a.jpg/SYNO.jpg")
    put(tmp_path, "$RECYCLE.BIN/a.jpg", "System Volume Information/a.jpg", "lost+found/a.jpg", "__MACOSX/a.jpg")
    put(tmp_path, "x/@eaDir/a.jpg", "Catalog Previews.lrdata/a.dng", "Mine.photoslibrary/resources/derivatives/a.jpg")
    put(tmp_path, "Mine.photoslibrary/originals/a.heic", "resources/a.jpg", "a.jpg")
    assert paths(tmp_path) == ["a.jpg", "Mine.photoslibrary/originals/a.heic", "resources/a.jpg"]
    assert paths(tmp_path / "Mine.photoslibrary") == ["originals/a.heic"]
    assert left_out(tmp_path) == {"hidden": 3, "trash": 4, "previews": 4}


def test_of_other_programs_libraries_only_the_originals_count(tmp_path: Path) -> None:
    put(tmp_path, "iPhoto Library/Originals/1.jpg", "iPhoto Library/Modified/1.jpg", "iPhoto Library/Data/1.jpg")
    put(tmp_path, "Mine/AlbumData.xml", "Mine/Originals/2.jpg", "Mine/Data.noindex/2.jpg", "Mine/cover.jpg")
    put(tmp_path, "A.photolibrary/Masters/3.jpg", "A.photolibrary/Previews/3.jpg", "A.photolibrary/Thumbnails/3.jpg")
    put(tmp_path, "B.aplibrary/Masters/4.nef", "B.aplibrary/Previews/4.jpg", "C.photoslibrary/originals/0/5.heic")
    put(tmp_path, "C.photoslibrary/resources/derivatives/5.jpg", "C.photoslibrary/database/5.jpg")
    put(tmp_path, "D.cocatalog/Originals/6.jpg", "D.cocatalog/Cache/Proxies/6.jpg", "X Smart Previews.lrdata/7.dng")
    put(tmp_path, "appdata_oc1234abcd/preview/8.jpg", "photoprism/cache/thumbnails/9.jpg", "Originals/plain.jpg")
    assert sorted(paths(tmp_path)) == [
        "A.photolibrary/Masters/3.jpg",
        "B.aplibrary/Masters/4.nef",
        "C.photoslibrary/originals/0/5.heic",
        "D.cocatalog/Originals/6.jpg",
        "Mine/Originals/2.jpg",
        "Originals/plain.jpg",
        "iPhoto Library/Originals/1.jpg",
    ]
    assert left_out(tmp_path) == {"previews": 13}


def test_nomedia_closes_its_folder_and_all_below(tmp_path: Path) -> None:
    put(tmp_path, "a/1.jpg", "a/.nomedia", "a/b/2.jpg", "c/3.jpg")
    assert paths(tmp_path) == ["c/3.jpg"]
    assert left_out(tmp_path) == {"nomedia": 2}
