"""Names that people give to things."""


def name_key(name: str) -> str:
    """What is alike in names that differ in case or spaces alone."""
    return " ".join(name.casefold().split())
