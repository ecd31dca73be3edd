"""Learning from named people, without the library: maps on embeddings, and the gate that says what one is worth."""
