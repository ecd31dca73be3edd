"""Sentences and their catalogues: what people read, in their language."""
