"""What tags tell the rest of the house."""

from typing import Final

TAGS_CHANGED: Final = "tags.tags_changed"
"""Payload ``{"changes": [[customer id, tag id, state or null], …]}``, one message a batch."""
