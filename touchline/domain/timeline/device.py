"""What a user agent says of the device."""

from functools import lru_cache

import orjson
from ua_parser import parse


@lru_cache(maxsize=8_192)
def describe(user_agent: str) -> str | None:
    """Browser, system and device of a user agent as JSON text; ``None`` when it says nothing."""
    if not user_agent:
        return None
    found = parse(user_agent[:1_000])
    described: dict[str, str | None] = {}
    if found.user_agent is not None:
        described["browser"] = found.user_agent.family
        described["browserVersion"] = found.user_agent.major
    if found.os is not None:
        described["os"] = found.os.family
        described["osVersion"] = found.os.major
    if found.device is not None:
        described["device"] = found.device.family
        described["brand"] = found.device.brand
        described["model"] = found.device.model
    known = {key: value for key, value in described.items() if value}
    return orjson.dumps(known).decode() if known else None
