"""What people do to a customer by hand: write notes, set traits right."""

from typing import Any

import orjson

from touchline.domain.customers.errors import CustomerErrorCode
from touchline.domain.customers.profiles import recompute
from touchline.domain.customers.provenance import Assertion, TraitLevel
from touchline.domain.customers.queries import present_id, traits_of
from touchline.domain.customers.service import assert_traits
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import Moment, format_moment, now
from touchline.domain.kernel.db import transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.timeline import service as timeline
from touchline.domain.timeline.summary import shortened
from touchline.domain.timeline.types import TouchpointType

MAX_NOTE = 10_000
MAX_REASON = 500
MAX_TRAIT_NAME = 200
MAX_TRAIT_BYTES = 8_192


@transactional
async def add_note(
    actor: Actor, *, customer_id: int, text: str, occurred_at: Moment | None = None
) -> int:
    """Write a note on a customer's timeline; returns the touchpoint's id."""
    actor.require(Scope.WRITE)
    present = await _present(customer_id)
    body = _checked(text, MAX_NOTE, CustomerErrorCode.NOTE_INVALID, "text")
    if occurred_at is not None and not 0 <= occurred_at <= now():
        message = f"A note's time lies between 1970 and {format_moment(now())}."
        raise Refused(CustomerErrorCode.TIME_INVALID, message, ("occurredAt",))
    return await timeline.append_entry(
        actor,
        customer_id=present,
        type=TouchpointType.NOTE,
        name="Note",
        summary=shortened(body),
        properties={"text": body},
        occurred_at=occurred_at,
    )


@transactional
async def correct_trait(
    actor: Actor,
    *,
    customer_id: int,
    name: str,
    value: Any,
    stated_by_customer: bool = False,
    reason: str | None = None,
) -> int:
    """Set a trait right (``None`` removes it); returns the id of the entry on the timeline.

    A correction outranks connected systems until the customer says otherwise. With
    ``stated_by_customer`` the person passes on the customer's own word, which outranks all.
    """
    actor.require(Scope.WRITE)
    present = await _present(customer_id)
    trait = _checked(name, MAX_TRAIT_NAME, CustomerErrorCode.TRAIT_NAME_INVALID, "name")
    _check_value(value)
    why = None
    if reason is not None:
        why = _checked(reason, MAX_REASON, CustomerErrorCode.REASON_INVALID, "reason")
    before = (await traits_of([present])).get(present, {}).get(trait)
    (entry_id,) = await timeline.reserve(1)
    statement = Assertion(
        customer_id=present,
        link_id=await timeline.first_link(present),
        name=trait,
        value=value,
        level=TraitLevel.STATED if stated_by_customer else TraitLevel.CORRECTED,
        source_id=None,
        actor_name=actor.name,
        touchpoint_id=entry_id,
        observed_at=now(),
    )
    await assert_traits([statement])
    await recompute([present])
    after = (await traits_of([present])).get(present, {}).get(trait)
    return await timeline.append_entry(
        actor,
        customer_id=present,
        type=TouchpointType.TRAIT_CORRECTED,
        name="Trait corrected",
        summary=shortened(_correction_line(trait, before, value, after)),
        properties={"trait": trait, "from": before, "to": value, "holds": after, "reason": why},
        entry_id=entry_id,
    )


async def _present(customer_id: int) -> int:
    present = await present_id(customer_id)
    if present is None:
        message = "There is no such customer."
        raise Refused(CustomerErrorCode.CUSTOMER_NOT_FOUND, message, ("customerId",))
    return present


def _checked(text: str, longest: int, code: CustomerErrorCode, field: str) -> str:
    body = text.strip()
    if not body or len(body) > longest or "\x00" in body:
        message = f"{field} needs 1 to {longest} characters, none of them NUL."
        raise Refused(code, message, (field,))
    return body


def _check_value(value: Any) -> None:
    try:
        raw = orjson.dumps(value)
    except (TypeError, orjson.JSONEncodeError):
        message = "A trait's value is JSON: text, number, truth value, list or object."
        raise Refused(CustomerErrorCode.TRAIT_VALUE_INVALID, message, ("value",)) from None
    if len(raw) > MAX_TRAIT_BYTES or rb"\u0000" in raw:
        message = f"A trait's value has at most {MAX_TRAIT_BYTES} bytes and no NUL character."
        raise Refused(CustomerErrorCode.TRAIT_VALUE_INVALID, message, ("value",))


def _correction_line(name: str, before: Any, said: Any, holds: Any) -> str:
    """What was done, or that the customer's own word stands against it."""
    if holds != said:
        noted = "none" if said is None else _shown(said)
        return f"Noted {name} as {noted}; the customer's own word stands: {_shown(holds)}"
    if said == before:
        return f"Confirmed that there is no {name}" if said is None else f"Confirmed {name}"
    if said is None:
        return f"Removed {name}"
    if before is None:
        return f"Set {name} to {_shown(said)}"
    return f"Corrected {name} from {_shown(before)} to {_shown(said)}"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
