"""What spend tells the rest of the house."""

from typing import Final

SPEND_RECORDED: Final = "spend.recorded"
"""Payload ``{"figures": n, "channels": [channel ids], "days": [first, last]}``; days from 1970."""
