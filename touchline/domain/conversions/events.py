"""What conversions tell the rest of the house."""

from typing import Final

CONVERSIONS_CHANGED: Final = "conversions.conversions_changed"
"""Payload ``{"changes": [[customer id, goal id, touchpoint id, what], …]}``; ``what`` is ``CAME``,
``CHANGED`` or ``WENT``."""

GOAL_APPLIED: Final = "conversions.goal_applied"
"""Payload ``{"goal", "version", "conversions"}``: a version of a goal counts for the whole past."""
