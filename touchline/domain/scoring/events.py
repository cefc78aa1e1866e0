"""What scoring tells the rest of the house."""

from typing import Final

SCORES_CHANGED: Final = "scoring.scores_changed"
"""Payload ``{"model": id, "changes": [[customer id, from, to, band, cause], …]}``.

From and to are in micro-points.
"""
