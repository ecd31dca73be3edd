"""What the machine placed because of what was said stands no longer than that: it waits to be looked at again."""

from sqlalchemy import Connection, text

from engine.library.changes import Changes

_LOOSEN = text("""
    UPDATE faces SET cluster_id = NULL
    WHERE cluster_id IS NOT NULL AND (source IS NULL OR source = 'CLUSTER') AND NOT ignored
      AND (id IN (SELECT value FROM json_each(:faces)) OR person_id IN (SELECT value FROM json_each(:people)))
""")


def loosen(connection: Connection, changes: Changes) -> None:
    """Let the machine's faces of what an edit touched count as new: their ground is gone.

    It is written with the edit itself, so that a run looks at them again whatever happens in between.
    """
    ids = {"faces": str(sorted(changes.faces)), "people": str(sorted(changes.people))}
    connection.execute(_LOOSEN, ids)
