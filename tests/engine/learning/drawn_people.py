"""Made-up people whose pictures differ most in a few directions, which is what can be learnt from them."""

import numpy as np

from engine.learning.lesson import Album

DIMENSION, NUISANCE = 128, 6


def drawn_album(people: int = 20, each: int = 12, nuisance: float = 1.1, seed: int = 0, strangers: int = 60) -> Album:
    """Return faces on six days a person; with `nuisance` 0 the pictures of a person differ in no direction more."""
    rng = np.random.default_rng(seed)
    shared = np.linalg.qr(rng.normal(size=(DIMENSION, NUISANCE)))[0]

    def faces(count: int, of_one: int) -> np.ndarray:
        who = np.repeat(rng.normal(size=(count, DIMENSION)) / DIMENSION**0.5, of_one, axis=0)
        look = rng.normal(size=(len(who), NUISANCE)) @ shared.T * nuisance / NUISANCE**0.5
        noise = rng.normal(size=who.shape) * 0.9 / DIMENSION**0.5
        vectors = who + look + noise
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

    labels = np.repeat(np.arange(people), each)
    days = np.tile(np.arange(each) // 2, people)
    return Album(faces(people, each), labels.astype(np.int64), days.astype(np.int64), faces(strangers, 4))
