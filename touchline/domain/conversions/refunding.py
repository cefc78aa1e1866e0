"""Refunds by hand: what a person says is refunded of a conversion outranks what events say."""

from decimal import Decimal

from touchline.domain.conversions.errors import ConversionErrorCode as Code
from touchline.domain.conversions.keeping import keep
from touchline.domain.conversions.queries import goal_of
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import Row, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.money import amount_text, exact_minor
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.staleness.service import hold_judgement
from touchline.domain.timeline import service as timeline
from touchline.domain.timeline.summary import shortened
from touchline.domain.timeline.types import TouchpointType

MAX_REASON = 500


@transactional
async def refund(
    actor: Actor,
    conversion_id: int,
    *,
    reason: str,
    amount: Decimal | None = None,
    currency: str | None = None,
) -> None:
    """Say how much of a conversion is refunded in all; without an amount, all of it.

    What was said before stays on record; the last said counts. The timeline tells of it.
    """
    actor.require(Scope.WRITE)
    why = reason.strip()
    if not 1 <= len(why) <= MAX_REASON or "\x00" in why:
        message = f"A reason has 1 to {MAX_REASON} characters."
        raise Refused(Code.REASON_INVALID, message, ("reason",))
    await hold_judgement()
    row = await fetch_one("SELECT * FROM conversion WHERE id = ?", (conversion_id,))
    if row is None:
        message = "There is no such conversion."
        raise Refused(Code.CONVERSION_NOT_FOUND, message, ("conversionId",))
    minor = _amount(row, amount, currency)
    moment = now()
    await insert_rows(
        "refund_word",
        [
            *("goal_id", "customer_id", "touchpoint_id", "amount_minor", "currency", "reason"),
            *("actor_name", "said_at"),
        ],
        [
            (
                *(row["goal_id"], row["customer_id"], row["touchpoint_id"], minor),
                *(row["currency"], why, actor.name, moment),
            )
        ],
    )
    goal = await goal_of(row["goal_id"])
    assert goal is not None, "goals are never deleted"
    await keep(goal, [row["customer_id"]], moment)
    told = f"{amount_text(minor, row['currency'])} {row['currency']}"
    await timeline.append_entry(
        actor,
        customer_id=row["customer_id"],
        type=TouchpointType.REFUNDED,
        name="Conversion refunded",
        summary=shortened(f"Refunded {told} of {goal.name}: {why}"),
        properties={"goal": goal.name, "amount": told, "reason": why},
    )


def _amount(row: Row, amount: Decimal | None, currency: str | None) -> int:
    """The refund in minor units of the conversion."""
    value: int | None = row["value_minor"]
    if value is None:
        message = "The conversion has no value that could be refunded."
        raise Refused(Code.CONVERSION_WITHOUT_VALUE, message, ("conversionId",))
    if amount is None:
        return value
    if currency != row["currency"]:
        message = f"The conversion is worth {row['currency']}; refund it in that currency."
        raise Refused(Code.CURRENCY_INVALID, message, ("amount", "currency"))
    minor = exact_minor(amount, row["currency"])
    if minor is None or minor < 0:
        message = f"An amount of {row['currency']} is nothing or more, in whole minor units."
        raise Refused(Code.AMOUNT_INVALID, message, ("amount", "amount"))
    if minor > value:
        worth = amount_text(value, row["currency"])
        message = f"The conversion is worth {worth} {row['currency']}; no more can be refunded."
        raise Refused(Code.REFUND_TOO_LARGE, message, ("amount", "amount"))
    return minor
