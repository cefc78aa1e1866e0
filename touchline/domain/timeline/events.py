"""What the timeline tells the rest of the house."""

from typing import Final

TOUCHPOINTS_ADDED: Final = "timeline.touchpoints_added"
"""Payload ``{"touchpoints": [[customer id, touchpoint id], …]}``, one message a batch."""
