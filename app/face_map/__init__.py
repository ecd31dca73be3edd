"""The map of faces as a widget: where one looks, points, pictures and names on it, and selecting with a lasso."""
