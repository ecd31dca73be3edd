"""What the key of ../shared/data says wrongly of some faces, or does not say, seen by eye."""

NOT_THE_LARGEST = (
    *("3dc860a9af52", "56dc17bdb99d"),
    *("c4ea1b22cc02", "27e428906e08", "7d99b4ffb360", "459f1fec2973", "06ac102b8248", "92d516276e36", "0a9944df235f"),
)
"""Photos of lfw and athletes_photos, by their SHA-256, whose largest face is plainly another's or none (by eye)."""

SEEN_AGAIN = (
    ("88d4dbdea8e6 0", "88d4dbdea8e6 1", "88d4dbdea8e6 2", "88d4dbdea8e6 3"),
    ("742b7c5a65fa 0", "56dc17bdb99d 1", "3ab53bb44907 1", "4afbb50a8b7c 1"),
    ("907af030df1f 1", "7301427fb6c8 1", "1806aa86a94b 0"),
    ("565da92559e8 1", "aba8bf46b79b 2", "6f51f1b6085f 0"),
)
"""Bystanders of lfw and faces of crowd photos that are one person each: the photo's SHA-256, and which face of it."""

SOMEBODY_ELSE = (
    *("5ea5a3260dc7", "0ab315122367", "c1135834227a", "88250bfaa848", "76b34913e634", "2de11e16e05e", "32594955d279"),
    *("98b6de4e0788", "5c9a65482099", "380808b55593", "311a2c80fc16", "c90a2c473be6", "863c3ed11f8d", "58eefebb83c7"),
    "557321ef9024",
)
"""Pictures of glint_aligned112 that are all of one other woman than their label's other 45: her daughter (by
eye; by SFace and by MobileFaceNet each of the 60 is nearer to its own side, too)."""

ANOTHER = " (another)"
"""What is put behind the label of the person whom `SOMEBODY_ELSE` shows."""
