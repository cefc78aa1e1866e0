"""What stages tell the rest of the house."""

from typing import Final

STAGES_CHANGED: Final = "stages.stages_changed"
"""Payload ``{"changes": [[customer id, from, to], …]}``: ids of stages, null for none."""
