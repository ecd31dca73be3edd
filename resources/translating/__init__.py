"""How the catalogues in resources/translations are kept; for who works on Kinfolk, and not shipped.

`python -m resources.translating.update` finds every text in the sources and brings all catalogues up to date.
"""
