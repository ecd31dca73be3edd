"""Photos of ../shared/data whose label is not whose they are, by the first twelve digits of their SHA-256."""

NOT_THE_LARGEST = (
    *("3dc860a9af52", "56dc17bdb99d"),
    *("c4ea1b22cc02", "27e428906e08", "7d99b4ffb360", "459f1fec2973", "06ac102b8248", "92d516276e36", "0a9944df235f"),
)
"""Photos of lfw and athletes_photos whose largest face is plainly another's or none (by eye)."""

SOMEBODY_ELSE = (
    *("5ea5a3260dc7", "0ab315122367", "c1135834227a", "88250bfaa848", "76b34913e634", "2de11e16e05e", "32594955d279"),
    *("98b6de4e0788", "5c9a65482099", "380808b55593", "311a2c80fc16", "c90a2c473be6", "863c3ed11f8d", "58eefebb83c7"),
    "557321ef9024",
)
"""Pictures of glint_aligned112 that are all of one other woman than their label's other 45: her daughter (by eye; by
SFace and by MobileFaceNet each of the 60 is nearer to its own side)."""

ANOTHER = " (another)"
"""What is put behind the label of the person whom `SOMEBODY_ELSE` shows."""
