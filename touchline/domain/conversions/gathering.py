"""Reading the touchpoints that a goal looks at, with no more of their properties than it needs."""

import json
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

import orjson

from touchline.domain.conditions.comparing import compared
from touchline.domain.conditions.places import place
from touchline.domain.conditions.sql import CHOSEN, Query, Range, Scope, joined
from touchline.domain.conversions.definition import Definition, PropertyValue
from touchline.domain.conversions.projecting import Seen
from touchline.domain.kernel.db import Row, dialect, fetch
from touchline.domain.timeline.relations import TOUCHPOINT

Whose = Collection[int] | Range
"""Some customers, or a range of their ids."""

_SAID = ("amount", "currency", "order_key", "refund")


async def seen_by(definition: Definition, whose: Whose) -> dict[int, list[Seen]]:
    """The touchpoints that a goal looks at, by customer."""
    if not isinstance(whose, Range) and not whose:
        return {}
    query = _query(definition, whose)
    found: dict[int, list[Seen]] = {}
    for row in await fetch(query.text, query.params):
        found.setdefault(row["customer_id"], []).append(_seen(definition, row))
    return found


def _query(definition: Definition, whose: Whose) -> Query:
    scope = Scope(0, dialect())
    said = [_said(path, name, scope) for path, name in zip(_paths(definition), _SAID, strict=True)]
    meant = _meant(definition, scope)
    own = (
        "SELECT t.id, t.customer_id, t.occurred_at, t.name,"
        f" {', '.join(one.text for one in said)} FROM {TOUCHPOINT.table} t WHERE {meant.text}"
    )
    params = (*(param for one in said for param in one.params), *meant.params)
    if isinstance(whose, Range):
        held = " AND t.customer_id > ? AND t.customer_id <= ?"
        return Query(own + held, (*params, whose.after, whose.up_to))
    if dialect() == "sqlite":
        rows = f"WITH {CHOSEN}(id) AS (SELECT value FROM json_each(?)) "
        chosen = (orjson.dumps(list(whose)).decode(),)
        return Query(
            f"{rows}{own} AND t.customer_id IN (SELECT id FROM {CHOSEN})", (*chosen, *params)
        )
    # From each customer to its touchpoints, whatever the statistics say: OFFSET 0 keeps it so.
    return Query(
        f"WITH {CHOSEN}(id) AS (SELECT unnest(?::bigint[])) SELECT t.* FROM {CHOSEN}"
        f" CROSS JOIN LATERAL ({own} AND t.customer_id = {CHOSEN}.id OFFSET 0) t",
        (list(whose), *params),
    )


def _meant(definition: Definition, scope: Scope) -> Query:
    """The touchpoints ``t`` that convert, and those that take back."""
    tests = [
        compared(place("t.properties", where.property.split("."), scope), where.test)
        for where in definition.where
    ]
    converting = joined("AND", [Query("t.name = ?", (definition.event,)), *tests])
    if definition.refunds is None:
        return converting
    names = definition.refunds.events
    refunding = Query(f"t.name IN ({', '.join('?' * len(names))})", names)
    either = joined("OR", [converting, refunding])
    return Query(f"({either.text})", either.params)


def _paths(definition: Definition) -> Iterable[str | None]:
    """By which properties amount, currency, order and refund are known."""
    value, refunds = definition.value, definition.refunds
    told = value if isinstance(value, PropertyValue) else None
    yield told.property if told is not None else None
    yield told.currency_property if told is not None else None
    yield refunds.order if refunds is not None else None
    yield refunds.value if refunds is not None else None


def _said(path: str | None, name: str, scope: Scope) -> Query:
    """The property as JSON text."""
    if path is None:
        return Query(f"NULL AS {name}")
    keys = path.split(".")
    if scope.is_postgres:
        steps = " -> ?::text" * len(keys)
        return Query(f"(t.properties{steps})::text AS {name}", tuple(keys))
    place_of = "$" + "".join(f'."{key}"' for key in keys)
    return Query(f"t.properties -> ? AS {name}", (place_of,))


def _seen(definition: Definition, row: Row) -> Seen:
    amount, currency, order, refund = (_read(row[name]) for name in _SAID)
    return Seen(
        row["id"],
        row["customer_id"],
        row["occurred_at"],
        row["name"] != definition.event,
        amount,
        currency,
        order,
        refund,
    )


def _read(text: str | None) -> Any:
    """Numbers as they were written, to the last digit."""
    return None if text is None else json.loads(text, parse_float=_decimal)


def _decimal(text: str) -> Decimal | None:
    """A number as it was sent; ``None`` where its exponent is beyond all reckoning."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return None
