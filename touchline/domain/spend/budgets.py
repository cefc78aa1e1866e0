"""What may be spent: budgets of a period, for a channel, a campaign, both, or all there is."""

from dataclasses import dataclass

from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.kernel.turns import Turn, take_turns
from touchline.domain.spend.errors import SpendErrorCode as Code
from touchline.domain.spend.figures import checked_campaign, checked_sum
from touchline.domain.spend.service import channels_by_name


@dataclass(frozen=True, slots=True)
class NewBudget:
    """What may be spent from one day to another, both included (UTC, from 1970)."""

    first: int
    last: int
    amount: str
    currency: str
    channel_id: int | None = None
    campaign: str | None = None


@transactional
async def create_budget(actor: Actor, new: NewBudget) -> int:
    """Set a budget; refuses one whose period overlaps that of another for the same."""
    actor.require(Scope.WRITE)
    await take_turns(Turn.SPEND, [0])
    if new.last < new.first:
        message = "The period ends before it begins."
        raise Refused(Code.PERIOD_EMPTY, message, ("period", "to"))
    if new.channel_id is not None and new.channel_id not in (await channels_by_name()).values():
        raise Refused(Code.CHANNEL_NOT_FOUND, "There is no such channel.", ("channelId",))
    budget = checked_sum(new.amount, new.currency, ("amount",))
    campaign = checked_campaign(new.campaign, ("campaign",))
    same = "COALESCE(channel_id, 0) = ? AND campaign = ? AND first_day <= ? AND last_day >= ?"
    if await fetch(
        f"SELECT id FROM budget WHERE {same}",
        (new.channel_id or 0, campaign, new.last, new.first),
    ):
        message = "Another budget for the same holds on some of these days."
        raise Refused(Code.BUDGET_OVERLAPS, message, ("period",))
    rows = await insert_rows(
        "budget",
        [
            *("channel_id", "campaign", "first_day", "last_day", "amount_minor", "currency"),
            *("actor_name", "created_at"),
        ],
        [
            (
                *(new.channel_id, campaign, new.first, new.last, budget.minor, budget.currency),
                *(actor.name, now()),
            )
        ],
        returning="id",
    )
    return int(rows[0]["id"])


@transactional
async def delete_budget(actor: Actor, budget_id: int) -> None:
    """Take a budget back."""
    actor.require(Scope.WRITE)
    if not await execute("DELETE FROM budget WHERE id = ?", (budget_id,)):
        raise Refused(Code.BUDGET_NOT_FOUND, "There is no such budget.", ("id",))
