"""The only door to SQLite: tables, edits, queries, vectors and the undo journal."""
