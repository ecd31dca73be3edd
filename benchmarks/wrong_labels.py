"""Photos of ../shared/data whose label is not that of the largest face."""

NOT_THE_LARGEST = (
    *("3dc860a9af52", "56dc17bdb99d"),
    *("c4ea1b22cc02", "27e428906e08", "7d99b4ffb360", "459f1fec2973", "06ac102b8248", "92d516276e36", "0a9944df235f"),
)
"""Photos of lfw and athletes_photos, by their SHA-256, whose largest face is plainly another's or none (by eye)."""
