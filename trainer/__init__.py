"""Training and measuring face-embedding models. The only package that imports torch."""
