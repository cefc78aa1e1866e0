"""What channels tell the rest of the house."""

from typing import Final

CHANNEL_RULES_APPLIED: Final = "channels.rules_applied"
"""Payload ``{"version": n, "touchpoints": n, "changed": n}``."""
