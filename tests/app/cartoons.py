"""Faces that are drawn, so that pictures of the window can be shown to anybody: nobody is in them."""

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from engine.geometry import Box

SKINS = ["#f6d3b8", "#eebf9a", "#d9a06f", "#b97a4b", "#8d5a36", "#fbe3d2"]
HAIRS = ["#2b1d14", "#5a3a22", "#a8702f", "#e0b75a", "#8e8e93", "#c0502c", "#f0eee8"]
SHIRTS = ["#c0504d", "#4f81bd", "#9bbb59", "#8064a2", "#4bacc6", "#f79646", "#7f7f7f", "#bfae3a"]
SCENES = [("#cfe3f5", "#8fb573"), ("#f7e2c4", "#d8b277"), ("#dcd6ee", "#8d86ad"), ("#cdeee6", "#5f9ea0")]


@dataclass(frozen=True, slots=True)
class Looks:
    """How somebody looks in every photo; drawn from their number alone."""

    skin: str
    hair: str
    shirt: str
    long_hair: bool
    glasses: bool
    beard: bool
    wide: float

    @classmethod
    def of(cls, number: int) -> "Looks":
        """Return the looks of the number-th person."""
        drawn = random.Random(number * 7919 + 5)
        long_hair = drawn.random() < 0.5
        return cls(
            skin=drawn.choice(SKINS),
            hair=drawn.choice(HAIRS),
            shirt=drawn.choice(SHIRTS),
            long_hair=long_hair,
            glasses=drawn.random() < 0.3,
            beard=not long_hair and drawn.random() < 0.4,
            wide=drawn.uniform(0.8, 1.0),
        )


def draw_scene(width: int, height: int, number: int) -> Image.Image:
    """Return a sky and a hill."""
    sky, ground = SCENES[number % len(SCENES)]
    picture = Image.new("RGB", (width, height), sky)
    pen = ImageDraw.Draw(picture)
    rise = height * (0.62 + 0.05 * (number % 3))
    pen.ellipse((-0.4 * width, rise, 1.5 * width, 2 * height), fill=ground)
    pen.ellipse((0.78 * width, 0.08 * height, 0.9 * width, 0.08 * height + 0.12 * width), fill="#fff4c9")
    return picture


def draw_person(pen: ImageDraw.ImageDraw, box: Box, looks: Looks, mood: int) -> None:
    """Draw a head that fills the box (pixels), with shoulders below it; `mood` is how they smile this time."""

    def oval(x: float, y: float, wide: float, high: float, colour: str) -> None:
        left, top = box.left + (x - wide / 2) * box.width, box.top + (y - high / 2) * box.height
        pen.ellipse((left, top, left + wide * box.width, top + high * box.height), fill=colour)

    oval(0.5, 1.55, 1.9, 1.2, looks.shirt)
    if looks.long_hair:
        oval(0.5, 0.6, 1.12, 1.35, looks.hair)
    oval(0.5, 0.95, 0.4, 0.5, looks.skin)
    oval(0.5, 0.38, 1.06 * looks.wide, 0.85, looks.hair)
    oval(0.5, 0.56, 0.9 * looks.wide, 0.92, looks.skin)
    oval(0.5, 0.16, 0.8 * looks.wide, 0.3, looks.hair)
    if looks.beard:
        oval(0.5, 0.86, 0.62 * looks.wide, 0.34, looks.hair)
    for side in (-1, 1):
        oval(0.5 + 0.2 * side, 0.5, 0.15, 0.1, "#ffffff")
        oval(0.5 + 0.2 * side + 0.02 * (mood % 3 - 1), 0.5, 0.07, 0.09, "#26241f")
    oval(0.5, 0.64, 0.1, 0.12, _darker(looks.skin))
    oval(0.5, 0.8, 0.26, 0.06 + 0.04 * (mood % 4), "#a8433f")
    if looks.glasses:
        _draw_glasses(pen, box)


def _draw_glasses(pen: ImageDraw.ImageDraw, box: Box) -> None:
    line = max(1, round(box.width / 28))
    for side in (-1, 1):
        x, y = box.left + (0.5 + 0.2 * side) * box.width, box.top + 0.5 * box.height
        wide, high = 0.15 * box.width, 0.11 * box.height
        pen.ellipse((x - wide, y - high, x + wide, y + high), outline="#26241f", width=line)


def _darker(colour: str) -> str:
    return "#" + "".join(f"{int(int(colour[at : at + 2], 16) * 0.86):02x}" for at in (1, 3, 5))
