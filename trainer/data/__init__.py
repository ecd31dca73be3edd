"""Labelled faces: where they come from, how they are split, drawn into batches, mined, checked and augmented."""
