"""One shape for the answers of all contenders, so that they can be compared.

Peers name fields alike by aliases. What is left are their manners: keys as numbers, as digits in
text or as opaque ids, instants in one format or another, lists as pages.
"""

import re
from datetime import UTC, datetime
from typing import Any

import orjson

from touchline.domain.kernel.ids import parse_global_id

_INSTANT = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
_WITHOUT_MEANING = {"__typename", "pageInfo"}


def common(answer: Any) -> Any:
    """Numbers for keys and instants, plain lists for pages, no paging, no type names."""
    if isinstance(answer, dict):
        kept = {key: _part(key, value) for key, value in answer.items()}
        for name in _WITHOUT_MEANING:
            kept.pop(name, None)
        return kept["nodes"] if set(kept) == {"nodes"} else kept
    if isinstance(answer, list):
        return [common(each) for each in answer]
    if isinstance(answer, str):
        return _text(answer)
    return answer


def _part(key: str, value: Any) -> Any:
    if key == "id" and isinstance(value, str) and not value.isdigit():
        return _key(value)
    return common(value)


def _key(opaque: str) -> Any:
    name, _, number = opaque.rpartition("_")
    if name.isalpha() and number.isdigit():
        return int(number)
    try:
        return parse_global_id(opaque)[1]
    except ValueError:
        return opaque


def _text(value: str) -> Any:
    if value.isdigit() and (value == "0" or value[0] != "0"):
        return int(value)
    if _INSTANT.match(value):
        instant = datetime.fromisoformat(value)
        aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        return round(aware.timestamp() * 1_000)
    if value[:1] in {"{", '"', "["} and value[-1:] in {"}", '"', "]"}:
        try:
            return common(orjson.loads(value))
        except orjson.JSONDecodeError:
            return value
    return value
