"""Model cards, fetching and preparing model files, and inference sessions."""
