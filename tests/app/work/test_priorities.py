"""A scan beside the window leaves it room, unless the user said how many threads there are to be."""

from app.work.priorities import beside_the_window
from engine.settings import Settings


def test_half_the_threads_and_at_least_one() -> None:
    usual = Settings()
    assert beside_the_window(usual).threads == max(1, usual.workers // 2)


def test_what_the_user_said_stands() -> None:
    assert beside_the_window(Settings(threads=5)).threads == 5
