"""Labelled faces: where they come from, how they are split, sampled, mined, cleaned and augmented."""
