"""HEIC pictures of tiles: read tile by tile they are what they are as a whole."""

import io
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from engine.scan.heif import read_heif, read_tiles
from engine.scan.heif_grid import grid_of
from engine.scan.metadata import Parts
from engine.scan.purpose import Wish

heif = pytest.importorskip("pillow_heif", reason="HEIC is read by a package of its own")


def tiled(side: int, size: tuple[int, int]) -> bytes:
    """Return a HEIC of tiles of so many pixels."""
    if not hasattr(heif.options, "GRID_TILE_SIZE"):
        pytest.skip("this pillow-heif writes no tiles")
    across, down = np.linspace(0, 255, size[0]), np.linspace(0, 255, size[1])
    pixels = np.empty((size[1], size[0], 3), np.uint8)
    pixels[...] = np.stack(np.broadcast_arrays(across[None], down[:, None], across[None] / 2 + 60), axis=-1)
    file, before = io.BytesIO(), heif.options.GRID_TILE_SIZE
    try:
        heif.options.GRID_TILE_SIZE = side
        heif.from_pillow(Pillow.fromarray(pixels)).save(file, quality=90)
    finally:
        heif.options.GRID_TILE_SIZE = before
    return file.getvalue()


@pytest.mark.parametrize("side", [0, 400, 130])
def test_tiles_make_the_whole_picture(side: int) -> None:
    data = tiled(256, (1000, 700))
    grid = grid_of(data)
    assert grid is not None
    assert (grid.size, grid.columns, len(grid.tiles), grid.turn) == ((1000, 700), 4, 12, 1)
    whole, tiles = read_heif(data, Wish(side)), read_tiles(data, grid, Wish(side), Parts(), 1)
    assert (tiles.width, tiles.height) == (1000, 700)
    np.testing.assert_array_equal(tiles.image, whole.image)


def test_the_package_without_encoders_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pi_heif", reason="the program that is built whole reads HEIC by it")
    data = tiled(256, (1000, 700))
    grid = grid_of(data)
    assert grid is not None
    by_usual = read_heif(data, Wish(130)).image
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    np.testing.assert_array_equal(read_heif(data, Wish(130)).image, by_usual)
    np.testing.assert_array_equal(read_tiles(data, grid, Wish(130), Parts(), 1).image, by_usual)


def test_pictures_of_one_piece_and_damaged_ones_have_no_tiles() -> None:
    data = tiled(256, (1000, 700))
    assert grid_of(tiled(256, (200, 200))) is None
    assert grid_of(b"") is None
    for cut in range(0, 900, 7):
        grid_of(data[:cut])
    chance = np.random.default_rng(3)
    for _ in range(500):
        changed = bytearray(data)
        for at in chance.integers(0, 900, 4):
            changed[at] = chance.integers(256)
        grid_of(bytes(changed))


@pytest.mark.parametrize(("name", "turn"), [("iphone_15_pro.heic", 6), ("iphone_7.heic", 1)])
def test_phones_photos_stand_upright(shared_data: Path, name: str, turn: int) -> None:
    data = (shared_data / "formats/photoprism" / name).read_bytes()
    grid = grid_of(data)
    assert grid is not None
    assert (grid.size, grid.columns, len(grid.tiles), grid.turn) == ((4032, 3024), 8, 48, turn)
    whole = read_heif(data, Wish(1000))
    tiles = read_tiles(data, grid, Wish(1000), Parts(), turn if turn > 1 else 1)
    assert whole.image.shape == tiles.image.shape or turn == 1
    if whole.image.shape == tiles.image.shape:
        assert np.abs(whole.image.astype(int) - tiles.image).mean() < 1


def test_headers_tell_lossy_webps_from_others() -> None:
    from engine.scan.webp_header import webp_header

    picture = Pillow.new("RGBA", (40, 30), (9, 99, 200, 128))
    for alpha, lossless, exif in product((False, True), (False, True), (b"", b"Exif\0\0MM\0*\0\0\0\x08\0\0")):
        file = io.BytesIO()
        (picture if alpha else picture.convert("RGB")).save(file, "WEBP", lossless=lossless, exif=exif)
        header = webp_header(file.getvalue())
        assert header.size == (40, 30)
        assert not header.is_animated
        assert header.is_simple == (not alpha and not lossless)
