"""Answers as JSON bytes."""

import json
from typing import Any

import orjson


def encode(body: Any) -> bytes:
    """UTF-8 JSON.

    The quick encoder refuses what a sender's event may well hold: integers past 64 bits, nesting
    past 254 levels, half of a surrogate pair. The standard one writes those, escaped.
    """
    try:
        return orjson.dumps(body)
    except TypeError:
        return json.dumps(body, separators=(",", ":"), allow_nan=False).encode()
