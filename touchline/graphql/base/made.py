"""Ids of objects that no table holds."""

import strawberry

from touchline.domain.kernel.ids import digest

MADE_ID = "An id made of what it is about; to be kept and compared, not taken apart."


def made_id(*parts: str | int) -> strawberry.ID:
    """An id that is the same whenever an object is made of the same parts."""
    return strawberry.ID(digest(*map(str, parts)).hex())
