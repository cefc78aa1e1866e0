"""What exchange rates tell the rest of the house."""

from typing import Final

RATES_CHANGED: Final = "rates.rates_changed"
"""Payload ``{"actions": [names], "first": day}``: from that day (from 1970) actions are worth
something else."""
