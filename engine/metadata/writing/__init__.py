"""Writing names into XMP, beside all that stands there already."""
