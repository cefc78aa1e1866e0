"""Customers by the thousand, of whom nothing is known but what they did, each in one statement."""

from touchline.domain.conditions.building import AT_ONCE_UP_TO
from touchline.domain.kernel.db import dialect, execute

_NOTHING = {"sqlite": "'{}'", "postgres": "CAST('{}' AS JSON)"}

TOO_MANY = AT_ONCE_UP_TO + 1
"""So many that what is published is brought into force in the background."""


async def fill(customers: int = TOO_MANY) -> None:
    """Add so many customers."""
    await execute(
        "INSERT INTO customer (display_name, known_as, is_identified, first_seen_at,"
        " last_seen_at, created_at)"
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        " SELECT 'Somebody', '', FALSE, 0, 0, 0 FROM n",
        (customers,),
    )
    await execute(
        "INSERT INTO customer_rank (list_id, customer_id, rank)"
        " SELECT l.id, c.id, 0 FROM customer_list l CROSS JOIN customer c WHERE TRUE"
        " ON CONFLICT (customer_id, list_id) DO NOTHING"
    )


async def did(event: str, each: int) -> None:
    """Every so-manieth of the customers did something once."""
    nothing = _NOTHING[dialect()]
    await execute(
        "INSERT INTO touchpoint (customer_id, message_id, type, name, summary, occurred_at,"
        " received_at, clock, properties, context)"
        f" SELECT id, '', 'TRACK', ?, '', 0, 0, 'ORIGINAL', {nothing}, {nothing} FROM customer"
        f" WHERE id % {each} = 0",
        (event,),
    )
