"""What segments tell the rest of the house."""

from typing import Final

SEGMENT_MEMBERS_CHANGED: Final = "segments.members_changed"
"""Payload ``{"entered": [[segment id, customer id], …], "left": […]}``, one message a batch."""
SEGMENT_REBUILT: Final = "segments.rebuilt"
"""Payload ``{"segment": id, "version": n, "members": n, "entered": n, "left": n}``."""
