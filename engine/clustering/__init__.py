"""Grouping embeddings: neighbours, HDBSCAN, k-means, constraints, metrics. Knows no database."""
