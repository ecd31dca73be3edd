"""A grid of tiles over an item model: layout, painting, keys, selection, and the tile itself."""
