"""A step of the schema: vectors are named after what made them, and the library knows which model is in use."""

import sqlite3

SFACE = ("sface_2021dec", "sface_2021dec@619861c043f1")
"""The name under which earlier versions stored the default model's vectors, and the key that they get."""


def name_vectors(connection: sqlite3.Connection) -> None:
    """Add the table of models in use and name the default model's vectors after what made them.

    The model in use becomes the one that made most vectors. Those of models whose files cannot be known from here keep
    their plain name, which is nobody's key: they are embedded anew beside it.
    """
    connection.execute("CREATE TABLE models_in_use ( kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind) )")
    most = "SELECT 'embedder', model FROM embeddings GROUP BY model ORDER BY count(*) DESC, model LIMIT 1"
    connection.execute(f"INSERT INTO models_in_use {most}")
    name, key = SFACE
    connection.execute("UPDATE embeddings SET model = ? WHERE model = ?", (key, name))
