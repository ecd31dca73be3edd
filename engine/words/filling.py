"""Sentences with placeholders, filled."""


def fill(template: str, /, **values: object) -> str:
    """Return a sentence with its placeholders, `{name}`, filled as by str.format."""
    return template.format(**values)
