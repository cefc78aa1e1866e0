"""Recomputing what is derived of a customer: winning traits, name, account, first and last seen.

All of it is a function of the assertions, memberships and touchpoints that the customer owns, so
the order in which they came never matters.
"""

from collections.abc import Iterable, Mapping, Sequence

from touchline.domain.customers.naming import display_name, is_identified, known_as
from touchline.domain.customers.queries import traits_of
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.rows import in_list, values_table
from touchline.domain.timeline import queries as timeline

IdentifierList = Sequence[tuple[str, str]]

UNSEEN: tuple[Moment, Moment] = (2**53, -(2**53))
"""First and last seen of a customer without a touchpoint; any instant widens it."""

_WINNERS = """
INSERT INTO trait
  (customer_id, name, value, level, source_id, actor_name, touchpoint_id, observed_at)
SELECT customer_id, name, value, level, source_id, actor_name, touchpoint_id, last_observed_at
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY customer_id, name
    ORDER BY level DESC, last_observed_at DESC, CAST(value AS TEXT) DESC, digest
  ) AS place
  FROM trait_assertion WHERE {condition}
) AS ranked WHERE place = 1 AND value IS NOT NULL
"""
_ACCOUNTS = """
SELECT customer_id, account_id FROM (
  SELECT m.customer_id, COALESCE(a.part_of_id, a.id) AS account_id, row_number() OVER (
    PARTITION BY m.customer_id
    ORDER BY CASE m.kind WHEN 'GROUP' THEN 0 ELSE 1 END, m.last_at DESC, a.digest
  ) AS place
  FROM account_membership m JOIN account a ON a.id = m.account_id WHERE {condition}
) AS ranked WHERE place = 1
"""


async def describe(identifiers: Mapping[int, IdentifierList]) -> None:
    """Note by what customers are known, given all identifiers of each; then ``recompute``."""
    if not identifiers:
        return
    rows = [(key, known_as(known), is_identified(known)) for key, known in identifiers.items()]
    columns = [("id", "bigint"), ("known_as", "text"), ("identified", "bool")]
    item, params = values_table("v", columns, rows)
    await execute(
        f"WITH {item} UPDATE customer SET known_as = v.known_as, is_identified = v.identified"
        " FROM v WHERE customer.id = v.id",
        params,
    )


async def recompute(customer_ids: Iterable[int]) -> None:
    """Recompute traits, name and account of customers."""
    wanted = sorted(customer_ids)
    if not wanted:
        return
    await _elect_traits(wanted)
    traits = await traits_of(wanted)
    accounts = await _accounts(wanted)
    condition, params = in_list("id", wanted)
    known = await fetch(f"SELECT id, known_as FROM customer WHERE {condition}", params)
    rows = [
        (
            row["id"],
            display_name(traits.get(row["id"], {}), row["known_as"]),
            accounts.get(row["id"]),
        )
        for row in known
    ]
    columns = [("id", "bigint"), ("name", "text"), ("account", "bigint")]
    item, params = values_table("v", columns, rows)
    await execute(
        f"WITH {item} UPDATE customer SET display_name = v.name, account_id = v.account"
        " FROM v WHERE customer.id = v.id",
        params,
    )


async def widen_spans(spans: Mapping[int, tuple[Moment, Moment]]) -> None:
    """Let first and last seen of each customer cover the given instants."""
    await _set_spans(
        spans,
        "first_seen_at = CASE WHEN v.first < customer.first_seen_at THEN v.first"
        " ELSE customer.first_seen_at END,"
        " last_seen_at = CASE WHEN v.last > customer.last_seen_at THEN v.last"
        " ELSE customer.last_seen_at END",
    )


async def recount_spans(customer_ids: Iterable[int]) -> None:
    """Set first and last seen from the timeline, after touchpoints changed hands.

    Who has no touchpoint left was never seen, until the caller widens the span by new ones.
    """
    wanted = list(customer_ids)
    spans = dict.fromkeys(wanted, UNSEEN) | await timeline.spans(wanted)
    await _set_spans(spans, "first_seen_at = v.first, last_seen_at = v.last")


async def _set_spans(spans: Mapping[int, tuple[Moment, Moment]], assignment: str) -> None:
    if not spans:
        return
    columns = [("id", "bigint"), ("first", "bigint"), ("last", "bigint")]
    item, params = values_table("v", columns, [(key, *span) for key, span in spans.items()])
    await execute(
        f"WITH {item} UPDATE customer SET {assignment} FROM v WHERE customer.id = v.id", params
    )


async def _elect_traits(customer_ids: Iterable[int]) -> None:
    condition, params = in_list("customer_id", customer_ids)
    await execute(f"DELETE FROM trait WHERE {condition}", params)
    await execute(_WINNERS.format(condition=condition), params)


async def _accounts(customer_ids: Iterable[int]) -> dict[int, int]:
    condition, params = in_list("m.customer_id", customer_ids)
    rows = await fetch(_ACCOUNTS.format(condition=condition), params)
    return {row["customer_id"]: row["account_id"] for row in rows}
