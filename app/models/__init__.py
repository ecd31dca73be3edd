"""Item models: they hold ids and what a tile shows, never a row of the database."""
