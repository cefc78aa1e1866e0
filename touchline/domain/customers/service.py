"""The steps by which the pipeline and identity change customers. They hold the transaction."""

from collections.abc import Iterable, Mapping, Sequence

from touchline.domain.customers import lists
from touchline.domain.customers.profiles import UNSEEN, recount_spans
from touchline.domain.customers.provenance import Assertion
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import execute
from touchline.domain.kernel.ids import allocate
from touchline.domain.kernel.rows import in_list, insert_rows, values_table
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import Facts, mark
from touchline.domain.timeline import service as timeline
from touchline.domain.timeline.types import LinkMove


async def create(count: int) -> list[int]:
    """Make customers that were never seen yet; the caller widens their span and names them."""
    ids = await allocate("customer", count)
    moment = now()
    await insert_rows(
        "customer",
        [
            *("id", "display_name", "known_as", "is_identified"),
            *("first_seen_at", "last_seen_at", "created_at"),
        ],
        [(one, "", "", False, *UNSEEN, moment) for one in ids],
    )
    lists.enter(ids)
    mark(dict.fromkeys(ids, (facts.CREATED,)))
    return ids


async def assert_traits(assertions: Sequence[Assertion]) -> None:
    """Record statements about customers. Who recomputes the profiles is the caller."""
    merged: dict[bytes, tuple[Assertion, Moment, Moment]] = {}
    news: Facts = {}
    for one in assertions:
        news.setdefault(one.customer_id, set()).add(facts.trait(one.name))
        key = one.digest()
        held, first, last = merged.get(key, (one, one.observed_at, one.observed_at))
        newest = one if one.observed_at >= last else held
        merged[key] = (newest, min(first, one.observed_at), max(last, one.observed_at))
    mark(news)
    rows = [
        (
            one.customer_id,
            one.link_id,
            one.name,
            one.value_json(),
            int(one.level),
            one.source_id,
            one.actor_name,
            one.touchpoint_id,
            first,
            last,
            key,
        )
        for key, (one, first, last) in merged.items()
    ]
    await insert_rows(
        "trait_assertion",
        [
            *("customer_id", "link_id", "name", "value", "level", "source_id", "actor_name"),
            *("touchpoint_id", "first_observed_at", "last_observed_at", "digest"),
        ],
        rows,
        on_conflict="ON CONFLICT (digest) DO UPDATE SET"
        " touchpoint_id = CASE WHEN excluded.last_observed_at > trait_assertion.last_observed_at"
        " THEN excluded.touchpoint_id ELSE trait_assertion.touchpoint_id END,"
        " first_observed_at = CASE"
        " WHEN excluded.first_observed_at < trait_assertion.first_observed_at"
        " THEN excluded.first_observed_at ELSE trait_assertion.first_observed_at END,"
        " last_observed_at = CASE"
        " WHEN excluded.last_observed_at > trait_assertion.last_observed_at"
        " THEN excluded.last_observed_at ELSE trait_assertion.last_observed_at END",
    )


async def reassign(moves: Sequence[LinkMove]) -> None:
    """Give what came by each link to the customer the link belongs to now."""
    if not moves:
        return
    await timeline.reassign(moves)
    columns = [("link", "bigint"), ("old", "bigint"), ("new", "bigint")]
    rows = [(move.link_id, move.from_customer_id, move.to_customer_id) for move in moves]
    item, params = values_table("moved", columns, rows)
    for table in ("trait_assertion", "account_membership"):
        await execute(
            f"WITH {item} UPDATE {table} SET customer_id = moved.new FROM moved"
            f" WHERE {table}.customer_id = moved.old AND {table}.link_id = moved.link",
            params,
        )
    touched = {one for row in rows for one in row[1:]}
    await recount_spans(touched)
    mark(dict.fromkeys(touched, (facts.EVERYTHING,)))


async def absorb(heirs: Mapping[int, int]) -> None:
    """Make customers one with their heirs: all they own is the heir's from now on.

    ``heirs`` maps each absorbed customer to one that stands; no heir is absorbed itself.
    """
    if not heirs:
        return
    await timeline.absorb(heirs)
    item, params = values_table("heir", [("old", "bigint"), ("new", "bigint")], [*heirs.items()])
    for table in ("trait_assertion", "account_membership"):
        await execute(
            f"WITH {item} UPDATE {table} SET customer_id = heir.new FROM heir"
            f" WHERE {table}.customer_id = heir.old",
            params,
        )
    await execute(
        f"WITH {item} UPDATE customer SET merged_into_id = heir.new, account_id = NULL FROM heir"
        " WHERE customer.id = heir.old",
        params,
    )
    condition, absorbed = in_list("customer_id", heirs)
    await execute(f"DELETE FROM trait WHERE {condition}", absorbed)
    await recount_spans(set(heirs.values()))
    mark(dict.fromkeys((*heirs, *heirs.values()), (facts.EVERYTHING,)))


async def revive(customer_ids: Iterable[int]) -> None:
    """Let customers that were merged into others stand for themselves again."""
    wanted = list(customer_ids)
    condition, params = in_list("id", wanted)
    await execute(f"UPDATE customer SET merged_into_id = NULL WHERE {condition}", params)
    mark(dict.fromkeys(wanted, (facts.EVERYTHING,)))
