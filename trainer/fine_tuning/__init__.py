"""Training an embedder further on a few people without forgetting all others."""
