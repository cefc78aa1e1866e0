"""What scoring tells the rest of the house."""

from typing import Final

SCORES_CHANGED: Final = "scoring.scores_changed"
"""Payload ``{"model": id, "changes": [[customer id, from, to, band, cause], …]}``.

From and to are in micro-points.
"""

PRIMARY_CHANGED: Final = "scoring.primary_changed"
"""Payload ``{"model": id}``: lists of customers are sorted by its scores from now on."""
