"""The vectors of stored faces: which model makes them, those that lack, and what their similarities mean."""
