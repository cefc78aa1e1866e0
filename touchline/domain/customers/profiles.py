"""Recomputing what is derived of a customer: winning traits, name, account, first and last seen.

All of it is a function of the assertions, memberships and touchpoints that the customer owns, so
the order in which they came never matters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

from touchline.domain.customers.naming import display_name, is_identified, known_as
from touchline.domain.customers.queries import traits_of
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.rows import in_list, values_table
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import mark
from touchline.domain.timeline import queries as timeline

IdentifierList = Sequence[tuple[str, str]]

Span = tuple[Moment, Moment]

UNSEEN: Span = (2**53, -(2**53))
"""First and last seen of a customer without a touchpoint; any instant widens it."""

_NOTHING: Mapping[int, Any] = {}
_UPDATE = """
UPDATE customer SET
  display_name = COALESCE(v.name, customer.display_name),
  known_as = COALESCE(v.known_as, customer.known_as),
  is_identified = COALESCE(v.identified, customer.is_identified),
  account_id = CASE WHEN v.name IS NULL THEN customer.account_id ELSE v.account END,
  first_seen_at = CASE WHEN v.first < first_seen_at THEN v.first ELSE first_seen_at END,
  last_seen_at = CASE WHEN v.last > last_seen_at THEN v.last ELSE last_seen_at END
FROM v WHERE customer.id = v.id AND (
  v.first < first_seen_at OR v.last > last_seen_at OR v.name <> customer.display_name
  OR v.known_as <> customer.known_as OR v.identified <> customer.is_identified
  OR (v.name IS NOT NULL AND COALESCE(v.account, 0) <> COALESCE(customer.account_id, 0))
)
"""

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


@dataclass(slots=True)
class _News:
    """What is to be written of a customer; without a name it was not recomputed."""

    COLUMNS: ClassVar = (
        ("first", "bigint"),
        ("last", "bigint"),
        ("name", "text"),
        ("account", "bigint"),
        ("known_as", "text"),
        ("identified", "bool"),
    )
    first: Moment
    last: Moment
    name: str | None = None
    account: int | None = None
    known_as: str | None = None
    identified: bool | None = None


_row_of = attrgetter(*(name for name, _ in _News.COLUMNS))


async def recompute(
    customer_ids: Iterable[int],
    *,
    identifiers: Mapping[int, IdentifierList] = _NOTHING,
    spans: Mapping[int, Span] = _NOTHING,
) -> None:
    """Recompute traits, name and account of customers, and note what is new of others.

    ``identifiers`` are all those of each customer whose identifiers changed; they are recomputed
    as well. ``spans`` are instants that first and last seen are to cover. A row is written once,
    and only if something differs.
    """
    wanted = sorted({*customer_ids, *identifiers})
    news = {key: _News(*spans.get(key, UNSEEN)) for key in {*wanted, *spans}}
    for key, known in identifiers.items():
        news[key].known_as, news[key].identified = known_as(known), is_identified(known)
        mark({key: {facts.identifier(kind) for kind, _ in known}})
    if wanted:
        await _name(wanted, news)
    if news:
        rows = [(key, *_row_of(each)) for key, each in sorted(news.items())]
        item, params = values_table("v", [("id", "bigint"), *_News.COLUMNS], rows)
        await execute(f"WITH {item} {_UPDATE}", params)


async def _name(customer_ids: Sequence[int], news: Mapping[int, "_News"]) -> None:
    await _elect_traits(customer_ids)
    traits = await traits_of(customer_ids)
    accounts = await _accounts(customer_ids)
    condition, params = in_list("id", customer_ids)
    known = f"SELECT id, known_as, account_id FROM customer WHERE {condition}"
    moved = []
    for row in await fetch(known, params):
        new = news[row["id"]]
        called = row["known_as"] if new.known_as is None else new.known_as
        new.name = display_name(traits.get(row["id"], {}), called)
        new.account = accounts.get(row["id"])
        if new.account != row["account_id"]:
            moved.append(row["id"])
    mark(dict.fromkeys(moved, (facts.ACCOUNT,)))


async def recount_spans(customer_ids: Iterable[int]) -> None:
    """Set first and last seen from the timeline, after touchpoints changed hands.

    Who has no touchpoint left was never seen, until the caller widens the span by new ones.
    """
    wanted = list(customer_ids)
    if not wanted:
        return
    spans = dict.fromkeys(wanted, UNSEEN) | await timeline.spans(wanted)
    columns = [("id", "bigint"), ("first", "bigint"), ("last", "bigint")]
    item, params = values_table("v", columns, [(key, *span) for key, span in spans.items()])
    await execute(
        f"WITH {item} UPDATE customer SET first_seen_at = v.first, last_seen_at = v.last"
        " FROM v WHERE customer.id = v.id",
        params,
    )


async def _elect_traits(customer_ids: Iterable[int]) -> None:
    condition, params = in_list("customer_id", customer_ids)
    await execute(f"DELETE FROM trait WHERE {condition}", params)
    await execute(_WINNERS.format(condition=condition), params)


async def _accounts(customer_ids: Iterable[int]) -> dict[int, int]:
    condition, params = in_list("m.customer_id", customer_ids)
    rows = await fetch(_ACCOUNTS.format(condition=condition), params)
    return {row["customer_id"]: row["account_id"] for row in rows}
