"""Putting people of the oracle into the database, a few statements for all of them."""

from collections.abc import Sequence

import orjson

from tests.support.oracle import Person
from touchline.domain.kernel.db import execute, in_transaction
from touchline.domain.kernel.rows import insert_rows

_TABLES = ("touchpoint", "trait", "identifier", "account_trait", "customer")


async def populate(people: Sequence[Person]) -> None:
    """Put these people in the place of all there are; the first has the id 1."""
    await in_transaction(lambda: _populate(people))


async def _populate(people: Sequence[Person]) -> None:
    for table in _TABLES:
        await execute(f"DELETE FROM {table}")
    numbered = list(enumerate(people, 1))
    columns = ["id", "display_name", "known_as", "is_identified", "account_id"]
    seen = ["first_seen_at", "last_seen_at", "created_at"]
    await insert_rows(
        "customer",
        [*columns, *seen],
        [(n, f"Customer {n}", "", True, n, 0, 0, 0) for n, _ in numbered],
    )
    await insert_rows(
        "trait",
        ["customer_id", "name", "value", "level", "touchpoint_id", "observed_at"],
        [(n, name, _json(v), 20, 0, 0) for n, one in numbered for name, v in one.traits.items()],
    )
    await insert_rows(
        "account_trait",
        ["account_id", "name", "value", "touchpoint_id", "observed_at"],
        [
            (n, name, _json(value), 0, 0)
            for n, one in numbered
            for name, value in (one.account or {}).items()
        ],
    )
    await insert_rows(
        "identifier",
        ["customer_id", "kind", "value", "digest", "first_seen_at", "last_seen_at"],
        [
            (n, kind, value, f"{n}{kind}{value}".encode(), 0, 0)
            for n, one in numbered
            for kind, value in one.identifiers
        ],
    )
    await insert_rows(
        "touchpoint",
        [
            *("customer_id", "message_id", "type", "name", "summary", "occurred_at"),
            *("received_at", "clock", "properties", "context"),
        ],
        [
            (
                n,
                "",
                at.type,
                at.name,
                "",
                at.at,
                0,
                "ORIGINAL",
                _json(at.properties),
                _json(at.context),
            )
            for n, one in numbered
            for at in one.events
        ],
    )


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
