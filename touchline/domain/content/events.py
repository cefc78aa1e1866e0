"""What content tells the rest of the house."""

from typing import Final

CONTENT_PUBLISHED: Final = "content.published"
"""Payload ``{"asset": id, "version": number, "first": whether readers never saw it before}``."""
CONTENT_UNPUBLISHED: Final = "content.unpublished"
"""Payload ``{"asset": id, "version": number}``."""
