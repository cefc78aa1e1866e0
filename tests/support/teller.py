"""Tells events to identity, timeline and traits, as the pipeline does, and looks at the outcome."""

import itertools
import json
from collections.abc import Iterable, Sequence
from typing import Any

from touchline.domain.customers import accounts, profiles
from touchline.domain.customers.accounts import Membership, MembershipKind
from touchline.domain.customers.provenance import Assertion, TraitLevel
from touchline.domain.customers.service import assert_traits
from touchline.domain.identity import service
from touchline.domain.identity.digests import Identifier
from touchline.domain.identity.service import Observation, Resolution
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.kernel.ids import allocate
from touchline.domain.timeline import service as timeline
from touchline.domain.timeline.types import ClockTrust, NewTouchpoint, TouchpointType

Event = tuple[frozenset[Identifier], int]

_numbers = itertools.count()


def known(**identifiers: str) -> frozenset[Identifier]:
    """Identifiers by kind: ``known(user_id="u1", anonymous_id="a1")``."""
    return frozenset(Identifier(kind, value) for kind, value in identifiers.items())


async def tell(events: Iterable[Event]) -> Resolution:
    """Identify events as one batch and put each on the timeline, with a trait and an account."""
    return await in_transaction(lambda: _tell(list(events)))


async def _tell(events: Sequence[Event]) -> Resolution:
    observations = [Observation(tuple(sorted(carried)), moment) for carried, moment in events]
    resolution = await service.resolve(observations)
    ids = await allocate("touchpoint", len(events))
    rows, traits, members = [], [], []
    spans: dict[int, tuple[int, int]] = {}
    for (carried, moment), key, spot in zip(events, ids, resolution.placements, strict=True):
        rows.append(_touchpoint(key, spot, carried, moment))
        link, customer = spot.link_id, spot.customer_id
        values = sorted(one.value for one in carried)
        traits.append(
            Assertion(
                *(customer, link, "last_seen_with", values, TraitLevel.CONNECTED),
                *(1, None, key, moment),
            )
        )
        members.append(Membership(customer, link, MembershipKind.GROUP, values[0], moment))
        first, last = spans.get(customer, (moment, moment))
        spans[customer] = (min(first, moment), max(last, moment))
    await timeline.append(rows)
    await assert_traits(traits)
    await accounts.join(members)
    told = {one.customer_id for one in traits}
    await profiles.recompute(told, identifiers=resolution.changed, spans=spans)
    return resolution


def _touchpoint(key: int, spot: Any, carried: frozenset[Identifier], moment: int) -> NewTouchpoint:
    return NewTouchpoint(
        id=key,
        customer_id=spot.customer_id,
        link_id=spot.link_id,
        source_id=1,
        message_id=f"{moment}:{sorted(carried)}",
        type=TouchpointType.TRACK,
        name="Seen",
        summary="Seen",
        occurred_at=moment,
        received_at=moment,
        clock=ClockTrust.ORIGINAL,
        properties="{}",
        context="{}",
        extra=None,
        device=None,
        actor_name=None,
    )


async def state(*, ids: bool = True) -> Any:
    """Everything that can be seen of every customer; without ``ids`` as a set comparable to other
    databases.
    """
    rows = await fetch(
        "SELECT id, display_name, is_identified, first_seen_at, last_seen_at, account_id"
        " FROM customer WHERE merged_into_id IS NULL ORDER BY id"
    )
    accounts_by_id = {row[0]: row[1] for row in await fetch("SELECT id, name FROM account")}
    identifiers = await _owned("identifier", "kind, value, first_seen_at, last_seen_at")
    entries = await _owned("touchpoint", "message_id, type, occurred_at", "source_id IS NOT NULL")
    traits = await _owned("trait", "name, CAST(value AS TEXT), observed_at")
    said = await _owned("trait_assertion", "name, CAST(value AS TEXT), last_observed_at")
    joined = await _owned("account_membership", "kind, first_at, last_at, account_id")
    seen = [
        (
            row["id"] if ids else 0,
            *(row["display_name"], bool(row["is_identified"])),
            *(row["first_seen_at"], row["last_seen_at"], accounts_by_id.get(row["account_id"])),
            tuple(identifiers.get(row["id"], ())),
            tuple(entries.get(row["id"], ())),
            tuple(traits.get(row["id"], ())),
            tuple(said.get(row["id"], ())),
            tuple(
                sorted(
                    (kind, first, last, accounts_by_id[account])
                    for kind, first, last, account in joined.get(row["id"], ())
                )
            ),
        )
        for row in rows
    ]
    return sorted(seen, key=repr)


async def merges(customer_id: int) -> list[dict[str, Any]]:
    """The merges that made a customer what it is, oldest first, each with what the other was."""
    names = {
        row["id"]: Identifier(row["kind"], row["value"])
        for row in await fetch("SELECT id, kind, value FROM identifier")
    }
    rows = await fetch(
        "SELECT id, absorbed_id, reason, automatic, absorbed_side FROM identity_merge"
        " WHERE undone_at IS NULL AND survivor_id = ? ORDER BY id",
        (customer_id,),
    )
    return [
        {
            "id": row["id"],
            "absorbed_id": row["absorbed_id"],
            "reason": row["reason"],
            "automatic": bool(row["automatic"]),
            "identifiers": {names[one] for one in json.loads(row["absorbed_side"])},
        }
        for row in rows
    ]


async def _owned(table: str, columns: str, condition: str = "1 = 1") -> dict[int, list[Any]]:
    rows = await fetch(f"SELECT customer_id, {columns} FROM {table} WHERE {condition}")
    found: dict[int, list[Any]] = {}
    for row in rows:
        width = len(list(row.keys()))
        found.setdefault(row[0], []).append(tuple(row[index] for index in range(1, width)))
    return {customer: sorted(values, key=repr) for customer, values in found.items()}
