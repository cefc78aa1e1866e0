"""What people do with the tags of customers: add, remove, pin.

Those who do so at the same time share a transaction. One change at a time is made of a customer.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from touchline.domain.customers.queries import present_id
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import fetch_together, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.sharing import Shared
from touchline.domain.kernel.statements import Found
from touchline.domain.kernel.turns import Turn, take_turns
from touchline.domain.tags.errors import TagErrorCode
from touchline.domain.tags.queries import names_of, naming
from touchline.domain.tags.sayings import Place, telling, told_of
from touchline.domain.tags.service import unknown_tag
from touchline.domain.tags.standing import Said, Word
from touchline.domain.tags.words import record, removing, said

MOST_TAGS = 50


class Pin(StrEnum):
    """What a pin says: on for good, off for good, or that rules decide again."""

    ON = "ON"
    OFF = "OFF"
    NONE = "NONE"


_PINS = {Pin.ON: Word.PINNED_ON, Pin.OFF: Word.PINNED_OFF, Pin.NONE: Word.REMOVED}


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody says of tags of a customer; without a ``word`` they go for certain."""

    actor: Actor
    customer_id: int
    tag_ids: Sequence[int]
    word: Word | None = None
    expires_at: Moment | None = None
    field: str = "tagIds"


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
    return await _made(Change(actor, customer_id, tag_ids, Word.ADDED, expires_at))


async def remove_tags(actor: Actor, *, customer_id: int, tag_ids: Sequence[int]) -> int:
    """Take tags from a customer. One that a rule says is pinned off, so that it does not return."""
    actor.require(Scope.WRITE)
    return await _made(Change(actor, customer_id, tag_ids))


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
    return await _made(Change(actor, customer_id, [tag_id], _PINS[pin], expires_at, "tagId"))


async def check_tags(tag_ids: Sequence[int]) -> None:
    """Refuse tags that are none, too many, or unknown."""
    _check(tag_ids, await names_of(tag_ids[:MOST_TAGS]), "tagIds")


def check_expiry(expires_at: Moment | None) -> None:
    """Refuse an expiry that has passed."""
    if not _is_ahead(expires_at, now()):
        message = "A tag can only expire in the future."
        raise Refused(TagErrorCode.EXPIRY_INVALID, message, ("expiresAt",))


async def _make_together(changes: Sequence[Change]) -> list[int | None]:
    """Make changes of as many customers; those are left out that may have to be refused, or are of
    a customer that was merged into another.
    """
    customers = sorted({one.customer_id for one in changes})
    tags = sorted({tag for one in changes for tag in one.tag_ids[:MOST_TAGS]})
    await take_turns(Turn.TAGS, customers)
    named, present, *told = await fetch_together(naming(tags), *telling(customers, tags))
    known, standing = ({row["id"] for row in rows} for rows in (named, present))
    moment = now()
    ordinary = [
        one.customer_id in standing
        and 1 <= len(one.tag_ids) <= MOST_TAGS
        and known.issuperset(one.tag_ids)
        and _is_ahead(one.expires_at, moment)
        for one in changes
    ]
    words = await _words(
        [one for one, is_so in zip(changes, ordinary, strict=True) if is_so], moment
    )
    if words:
        await record(words, moment, [present, *(told_of(words, rows) for rows in told)])
    return [
        one.customer_id if is_so else None for one, is_so in zip(changes, ordinary, strict=True)
    ]


@transactional
async def _make(change: Change) -> int:
    present, told = await _in_turn(change)
    check_expiry(change.expires_at)
    moment = now()
    await record(await _words([replace(change, customer_id=present)], moment), moment, told)
    return present


_made = Shared(together=_make_together, alone=_make, key=lambda change: change.customer_id)


async def _words(changes: Sequence[Change], at: Moment) -> dict[Place, Said]:
    """What the changes say of each place, none of which two of them speak of."""
    going = [(one.customer_id, tag) for one in changes if one.word is None for tag in one.tag_ids]
    gone: Mapping[Place, Word] = await removing(going) if going else {}
    return {
        place: said(one.word or gone[place], one.actor.name, at, one.expires_at)
        for one in changes
        for place in [(one.customer_id, tag) for tag in one.tag_ids]
    }


async def _in_turn(change: Change) -> tuple[int, Found]:
    """The customer as whom it is now, held, and what is told of it; refuses what is unknown."""
    customer_id, tag_ids = change.customer_id, change.tag_ids
    named = tag_ids[:MOST_TAGS]
    await take_turns(Turn.TAGS, [customer_id])
    known, *told = await fetch_together(naming(named), *telling([customer_id], named))
    present = customer_id if told[0] else await _present(customer_id)
    _check(tag_ids, {row["id"] for row in known}, change.field)
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


def _is_ahead(expires_at: Moment | None, at: Moment) -> bool:
    return expires_at is None or expires_at > at


def _check(tag_ids: Sequence[int], known: Container[int], field: str) -> None:
    if not 1 <= len(tag_ids) <= MOST_TAGS:
        message = f"Name 1 to {MOST_TAGS} tags."
        raise Refused(TagErrorCode.NOTHING_CHOSEN, message, (field,))
    for at, tag in enumerate(tag_ids):
        if tag not in known:
            raise unknown_tag(*((field, at) if field == "tagIds" else (field,)))
