"""What people do with the tags of customers: add, remove, pin."""

from collections.abc import Container, Mapping, Sequence
from enum import StrEnum

from touchline.domain.customers.queries import members_of, present_id
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import fetch, fetch_together, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import in_list, insert_later
from touchline.domain.kernel.statements import Found
from touchline.domain.kernel.turns import Turn, take_turns
from touchline.domain.tags.errors import TagErrorCode
from touchline.domain.tags.queries import names_of, naming
from touchline.domain.tags.sayings import telling
from touchline.domain.tags.service import unknown_tag
from touchline.domain.tags.settling import settle
from touchline.domain.tags.standing import NEWEST, Said, Word

MOST_TAGS = 50


class Pin(StrEnum):
    """What a pin says: on for good, off for good, or that rules decide again."""

    ON = "ON"
    OFF = "OFF"
    NONE = "NONE"


_PINS = {Pin.ON: Word.PINNED_ON, Pin.OFF: Word.PINNED_OFF, Pin.NONE: Word.REMOVED}


@transactional
async def add_tags(
    actor: Actor,
    *,
    customer_id: int,
    tag_ids: Sequence[int],
    expires_at: Moment | None = None,
) -> int:
    """Give a customer tags until ``expires_at``; pins of these tags are gone.

    Returns the customer, a merged one as whom it became.
    """
    actor.require(Scope.WRITE)
    present, told = await _in_turn(customer_id, tag_ids)
    check_expiry(expires_at)
    await say(actor, {(present, tag): Word.ADDED for tag in tag_ids}, expires_at, told)
    return present


@transactional
async def remove_tags(actor: Actor, *, customer_id: int, tag_ids: Sequence[int]) -> int:
    """Take tags from a customer. One that a rule says is pinned off, so that it does not return."""
    actor.require(Scope.WRITE)
    present, told = await _in_turn(customer_id, tag_ids)
    await say(actor, await removing([present], tag_ids), told=told)
    return present


@transactional
async def pin_tag(
    actor: Actor,
    *,
    customer_id: int,
    tag_id: int,
    pin: Pin,
    expires_at: Moment | None = None,
) -> int:
    """Say for good, or until ``expires_at``, whether a customer has a tag, whatever rules say."""
    actor.require(Scope.WRITE)
    present, told = await _in_turn(customer_id, [tag_id], "tagId")
    check_expiry(expires_at)
    await say(actor, {(present, tag_id): _PINS[pin]}, expires_at, told)
    return present


async def removing(present: Sequence[int], tag_ids: Sequence[int]) -> dict[tuple[int, int], Word]:
    """The words by which tags go for certain."""
    customers, params = in_list("customer_id", present)
    tags, more = in_list("tag_id", tag_ids)
    rows = await fetch(
        "SELECT customer_id, tag_id FROM customer_tag"
        " WHERE (rule_id IS NOT NULL OR source_id IS NOT NULL OR NOT is_on)"
        f" AND {customers} AND {tags}",
        [*params, *more],
    )
    ruled = {(row["customer_id"], row["tag_id"]) for row in rows}
    ruled |= await _held(present, tag_ids)
    return {
        (customer, tag): Word.PINNED_OFF if (customer, tag) in ruled else Word.REMOVED
        for customer in present
        for tag in tag_ids
    }


async def say(
    actor: Actor,
    words: Mapping[tuple[int, int], Word],
    expires_at: Moment | None = None,
    told: Found | None = None,
) -> None:
    """Record words of a person of customers and tags, and weigh what stands now.

    ``told`` is what stood of these tags until now, where it was read already.
    """
    moment = now()
    said = {
        place: Said(NEWEST, word, actor.name, moment, expires_at) for place, word in words.items()
    }
    await settle({customer for customer, _ in words}, moment, said, told)
    insert_later(
        "tag_word",
        ["customer_id", "tag_id", "word", "actor_name", "said_at", "expires_at"],
        [(*place, word, actor.name, moment, expires_at) for place, word in sorted(words.items())],
        on_conflict="ON CONFLICT (customer_id, tag_id) DO UPDATE SET word = excluded.word,"
        " actor_name = excluded.actor_name, said_at = excluded.said_at,"
        " expires_at = excluded.expires_at",
    )


def check_expiry(expires_at: Moment | None) -> None:
    """Refuse an expiry that has passed."""
    if expires_at is not None and expires_at <= now():
        message = "A tag can only expire in the future."
        raise Refused(TagErrorCode.EXPIRY_INVALID, message, ("expiresAt",))


async def _held(present: Sequence[int], tag_ids: Sequence[int]) -> set[tuple[int, int]]:
    """Tags that a rule or a source says beneath a person's word."""
    members = await members_of(present)
    owners = {member: root for root, found in members.items() for member in found}
    customers, params = in_list("customer_id", owners)
    tags, more = in_list("tag_id", tag_ids)
    sql = " UNION ".join(
        f"SELECT customer_id, tag_id FROM {table} WHERE {customers} AND {tags}"
        for table in ("tag_hold", "tag_report")
    )
    rows = await fetch(sql, [*params, *more] * 2)
    return {(owners[row["customer_id"]], row["tag_id"]) for row in rows}


async def _in_turn(
    customer_id: int, tag_ids: Sequence[int], field: str = "tagIds"
) -> tuple[int, Found]:
    """The customer as whom it is now, held, and what is told of it; refuses what is unknown."""
    named = tag_ids[:MOST_TAGS]
    await take_turns(Turn.TAGS, [customer_id])
    known, *told = await fetch_together(naming(named), *telling([customer_id], named))
    present = customer_id if told[0] else await _present(customer_id)
    _check(tag_ids, {row["id"] for row in known}, field)
    if present != customer_id:  # it was merged into another
        await take_turns(Turn.TAGS, [present])
        told = await fetch_together(*telling([present], named))
    return present, told


async def _present(customer_id: int) -> int:
    """As whom a customer stands that does not stand by itself."""
    found = await present_id(customer_id)
    if found is None:
        message = "There is no such customer."
        raise Refused(TagErrorCode.CUSTOMER_NOT_FOUND, message, ("customerId",))
    return found


async def check_tags(tag_ids: Sequence[int]) -> None:
    """Refuse tags that are none, too many, or unknown."""
    _check(tag_ids, await names_of(tag_ids[:MOST_TAGS]), "tagIds")


def _check(tag_ids: Sequence[int], known: Container[int], field: str) -> None:
    if not 1 <= len(tag_ids) <= MOST_TAGS:
        message = f"Name 1 to {MOST_TAGS} tags."
        raise Refused(TagErrorCode.NOTHING_CHOSEN, message, (field,))
    for at, tag in enumerate(tag_ids):
        if tag not in known:
            raise unknown_tag(*((field, at) if field == "tagIds" else (field,)))
