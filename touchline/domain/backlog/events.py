"""What the backlog tells the rest of the house."""

from typing import Final

BACKLOG_CHANGED: Final = "backlog.changed"
"""Payload ``{"backlog": id, "item": id, "state": where it stands, "order": its version}``."""
