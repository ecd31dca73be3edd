"""Sentences and their catalogues: what people read, in their language."""

from engine.words.filling import fill

__all__ = ["fill"]
