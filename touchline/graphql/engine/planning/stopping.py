"""Telling a statement that stopped itself from one that failed."""

STOPPED = "not as declared"
"""What a statement says when it stops, because normal execution has to tell of something."""


def is_stop(error: Exception) -> bool:
    """Whether a statement stopped itself (``Writer.wrong``), because normal execution has to tell
    of something. SQLite does not repeat the text that it stopped at."""
    said = str(error)
    return STOPPED in said or said == "malformed JSON"
