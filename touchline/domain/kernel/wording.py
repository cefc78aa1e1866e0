"""Numbers in sentences that people read. Pure."""


def times(count: int) -> str:
    """``1`` is ``once``, 1234 are ``1,234 times``."""
    return "once" if count == 1 else f"{count:,} times"
