"""From pixels to embeddings: detection, alignment, embedding, quality."""
