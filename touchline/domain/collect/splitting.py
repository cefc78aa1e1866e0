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
_MOST_BRACKETS = 60_000
"""A batch of ordinary events has fewer; beyond that a body is not worth the time."""


def split_batch(body: bytes, most: int) -> tuple[bytes, list[bytes]] | None:
    """The body with an empty ``batch``, and the raw bytes of each event that stood in it.

    Of more than ``most`` events only one more is given. ``None`` when brackets do not match, are
    too many, or there is no ``batch`` array to be found.
    """
    found = _find_batch(body)
    if found is None:
        return None
    start, end, edges = found
    events = _between(body, start + 1, end, edges, most)
    return None if events is None else (body[: start + 1] + body[end:], events[: most + 1])


def _find_batch(body: bytes) -> tuple[int, int, list[tuple[int, int]]] | None:
    """Where the array of the batch opens and closes, and the edges of the values with brackets."""
    start = place = 0
    edges: list[tuple[int, int]] = []
    opened: list[tuple[bytes, int]] = []
    for _ in range(_MOST_BRACKETS):
        match = _TO_BRACKET.match(body, place)
        if match is None:
            return None
        mark, at = match[1], match.end() - 1
        if mark not in _PAIRS:
            if not start and mark == b"[" and _is_batch(opened, body[place:at]):
                start = at
            opened.append((mark, at))
        elif not opened or opened[-1][0] != _PAIRS[mark]:
            return None
        else:
            _, since = opened.pop()
            if start and len(opened) == 2:
                edges.append((since, at + 1))
            elif start and since == start:
                return start, at, edges
        place = at + 1
    return None


def _is_batch(opened: list[tuple[bytes, int]], before: bytes) -> bool:
    return len(opened) == 1 and opened[0][0] == b"{" and _BATCH_KEY.search(before) is not None


def _between(
    body: bytes, start: int, end: int, edges: list[tuple[int, int]], most: int
) -> list[bytes] | None:
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
        if gap and not _take_scalars(gap, since == end, events, most):
            return None
        if len(events) > most:
            return events
        if since != end:
            events.append(body[since:until])
        place = until
    return events


def _take_scalars(gap: bytes, is_last: bool, events: list[bytes], most: int) -> bool:
    place = 0
    while len(events) <= most and (match := _SCALARS.match(gap, place)):
        events.append(match[1])
        place = match.end()
        if place == len(gap):
            return (gap[-1:] != b",") == is_last
    return len(events) > most
