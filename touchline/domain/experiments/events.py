"""What experiments tell the rest of the house."""

from typing import Final

EXPERIMENT_ENDED: Final = "experiments.experiment_ended"
"""Payload ``{"experiment": id, "verdict": word}``: its numbers are frozen."""
