"""Cutting the events out of a batch that is not wholly JSON, so that one does not cost the rest.

Only strings and brackets are looked at: whatever else is wrong inside an event (``NaN``, a bad
escape, a lone surrogate) stays inside its own bytes, to be judged there.
"""

import re

_STRING = rb'"(?:[^"\\]|\\.)*+"'
_TO_BRACKET = re.compile(rb'(?:[^\[\]{}"]++|' + _STRING + rb")*+([\[\]{}])", re.DOTALL)
_BATCH_KEY = re.compile(rb'"batch"\s*:\s*\Z')
_SCALARS = re.compile(rb"\s*(" + _STRING + rb'|[^\s,"]++)\s*(?:,|\Z)', re.DOTALL)
_PAIRS = {b"]": b"[", b"}": b"{"}


def split_batch(body: bytes) -> tuple[bytes, list[bytes]] | None:
    """The body with an empty ``batch``, and the raw bytes of each event that stood in it.

    ``None`` when brackets do not match or there is no ``batch`` array to be found.
    """
    start = end = 0
    edges: list[tuple[int, int]] = []
    opened: list[tuple[bytes, int]] = []
    place = 0
    while match := _TO_BRACKET.match(body, place):
        mark, at = match[1], match.end() - 1
        if mark in _PAIRS:
            if not opened or opened[-1][0] != _PAIRS[mark]:
                return None
            _, since = opened.pop()
            if start and len(opened) == 2:
                edges.append((since, at + 1))
            elif start and len(opened) == 1 and since == start:
                end = at
                break
        else:
            if not start and mark == b"[" and _is_batch(opened, body[place:at]):
                start = at
            opened.append((mark, at))
        place = at + 1
    if not end:
        return None
    events = _between(body, start + 1, end, edges)
    return None if events is None else (body[: start + 1] + body[end:], events)


def _is_batch(opened: list[tuple[bytes, int]], before: bytes) -> bool:
    return len(opened) == 1 and opened[0][0] == b"{" and _BATCH_KEY.search(before) is not None


def _between(body: bytes, start: int, end: int, edges: list[tuple[int, int]]) -> list[bytes] | None:
    """Events in order, with the scalars that stand among the objects; ``None`` without commas."""
    events: list[bytes] = []
    place = start
    for since, until in [*edges, (end, end)]:
        gap = body[place:since].strip()
        if events and gap[:1] == b",":
            gap = gap[1:].lstrip()
            if not gap and since == end:
                return None
        elif events and (gap or since != end):
            return None
        if gap and not _take_scalars(gap, since == end, events):
            return None
        if since != end:
            events.append(body[since:until])
        place = until
    return events


def _take_scalars(gap: bytes, is_last: bool, events: list[bytes]) -> bool:
    place = 0
    while match := _SCALARS.match(gap, place):
        events.append(match[1])
        place = match.end()
        if place == len(gap):
            break
    return place == len(gap) and (gap[-1:] != b",") == is_last
