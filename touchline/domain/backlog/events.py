"""What the backlog tells the rest of the house."""

from typing import Final

BACKLOG_CHANGED: Final = "backlog.changed"
"""Payload ``{"backlog": id, "change": what was done, "order": the version of the list's order}``.

What was done with an item has ``"item"`` and ``"state"``, where it stands; what was done with a
cycle has ``"cycle"``. The others are null.
"""

ITEM_MEASURED: Final = "backlog.item_measured"
"""Payload ``{"backlog": id, "item": id, "verdict": word, "by": EXPERIMENT, METRIC or PERSON}``."""
