"""People who do things on several devices, and who of them are provably the same."""

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Event = dict[str, Any]

EVENTS_A_PERSON = 25
DEVICES = 3
NAMES = ("Signed Up", "Trial Started", "Order Completed", "Link Clicked")


def make_events(count: int, seed: int) -> list[Event]:
    """Calls as a Segment client sends them, each with its own message id; same seed, same calls."""
    chance = random.Random(seed)
    people = max(1, count // EVENTS_A_PERSON)
    return [_event(chance, chance.randrange(people), number) for number in range(count)]


def _event(chance: random.Random, person: int, number: int) -> Event:
    user = {"userId": f"user-{person}"}
    device = {"anonymousId": f"device-{person}-{chance.randrange(DEVICES)}"}
    common = {"messageId": f"rig-{number}", "timestamp": _moment(chance)}
    match chance.randrange(20):
        case 0 | 1:
            traits = {"email": f"p{person}@people.example", "plan": chance.choice(["free", "pro"])}
            return {"type": "identify", "traits": traits, **user, **device, **common}
        case 2:
            group = {"groupId": f"company-{person % 50}", "traits": {"name": "A company"}}
            return {"type": "group", **group, **user, **common}
        case 3 | 4 | 5 | 6 | 7 | 8:
            properties = {"value": chance.randrange(1_000), "currency": "EUR"}
            event = {"type": "track", "event": chance.choice(NAMES), "properties": properties}
            return {**event, **(user | device if chance.random() < 0.3 else user), **common}
        case _:
            return {"type": "page", "name": f"Page {chance.randrange(40)}", **device, **common}


def _moment(chance: random.Random) -> str:
    day, second = 1 + chance.randrange(28), chance.randrange(60)
    return f"2026-02-{day:02}T{chance.randrange(24):02}:{chance.randrange(60):02}:{second:02}.500Z"


def same_people(events: Iterable[Event]) -> list[frozenset[str]]:
    """The message ids that belong on one timeline: connected by the identifiers they share."""
    parents: dict[str, str] = {}
    owner: dict[str, str] = {}
    for event in events:
        names = list(_identifiers(event))
        for name in names:
            _join(parents, names[0], name)
        owner[event["messageId"]] = names[0]
    groups: dict[str, set[str]] = {}
    for message, name in owner.items():
        groups.setdefault(_root(parents, name), set()).add(message)
    return [frozenset(group) for group in groups.values()]


def _identifiers(event: Event) -> Iterator[str]:
    for field in ("userId", "anonymousId"):
        if field in event:
            yield f"{field} {event[field]}"
    if event["type"] == "identify":
        yield f"email {event['traits']['email']}"


def _join(parents: dict[str, str], one: str, other: str) -> None:
    parents[_root(parents, other)] = _root(parents, one)


def _root(parents: dict[str, str], name: str) -> str:
    while parents.setdefault(name, name) != name:
        parents[name] = parents[parents[name]]
        name = parents[name]
    return name


def in_batches(events: Sequence[Event], seed: int) -> Iterator[Sequence[Event]]:
    """Cut them as a client would, ten to a hundred at a time."""
    chance = random.Random(seed)
    start = 0
    while start < len(events):
        size = chance.randint(10, 100)
        yield events[start : start + size]
        start += size
