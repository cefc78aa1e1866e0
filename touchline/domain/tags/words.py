"""What persons say of tags and customers, written down."""

from collections.abc import Collection, Mapping

from touchline.domain.customers.queries import members_of
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rows import in_list, insert_later
from touchline.domain.kernel.statements import Found
from touchline.domain.tags.sayings import Place
from touchline.domain.tags.settling import settle
from touchline.domain.tags.standing import NEWEST, Said, Word

_COLUMNS = ("customer_id", "tag_id", "word", "actor_name", "said_at", "expires_at")
_KEPT = "word", "actor_name", "said_at", "expires_at"


async def say(actor: Actor, words: Mapping[Place, Word], expires_at: Moment | None = None) -> None:
    """Record words of a person of customers and tags, and weigh what stands now."""
    moment = now()
    await record(
        {place: said(word, actor.name, moment, expires_at) for place, word in words.items()}, moment
    )


def said(word: Word, actor_name: str, at: Moment, expires_at: Moment | None) -> Said:
    """A word that is not written yet."""
    return Said(NEWEST, word, actor_name, at, expires_at)


async def record(words: Mapping[Place, Said], at: Moment, told: Found | None = None) -> None:
    """The same for words of several persons.

    ``told`` is what stood of these places until now, where it was read already.
    """
    await settle({customer for customer, _ in words}, at, words, told)
    insert_later(
        "tag_word",
        _COLUMNS,
        [
            (*place, one.word, one.actor_name, one.said_at, one.expires_at)
            for place, one in sorted(words.items())
        ],
        on_conflict="ON CONFLICT (customer_id, tag_id) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in _KEPT),
    )


async def removing(places: Collection[Place]) -> dict[Place, Word]:
    """The words by which tags go for certain."""
    customers, params = in_list("customer_id", sorted({customer for customer, _ in places}))
    tags, more = in_list("tag_id", sorted({tag for _, tag in places}))
    rows = await fetch(
        "SELECT customer_id, tag_id FROM customer_tag"
        " WHERE (rule_id IS NOT NULL OR source_id IS NOT NULL OR NOT is_on)"
        f" AND {customers} AND {tags}",
        [*params, *more],
    )
    ruled = {(row["customer_id"], row["tag_id"]) for row in rows} | await _held(places)
    return {place: Word.PINNED_OFF if place in ruled else Word.REMOVED for place in places}


async def _held(places: Collection[Place]) -> set[Place]:
    """Tags that a rule or a source says beneath a person's word."""
    members = await members_of({customer for customer, _ in places})
    owners = {member: root for root, found in members.items() for member in found}
    customers, params = in_list("customer_id", owners)
    tags, more = in_list("tag_id", sorted({tag for _, tag in places}))
    sql = " UNION ".join(
        f"SELECT customer_id, tag_id FROM {table} WHERE {customers} AND {tags}"
        for table in ("tag_hold", "tag_report")
    )
    rows = await fetch(sql, [*params, *more] * 2)
    return {(owners[row["customer_id"]], row["tag_id"]) for row in rows}
