"""Measuring embeddings: verification, identification, neighbours, clustering, all with intervals. Imports no torch."""
