"""Kills workers again and again while they send the weekly update, and counts what arrived.

``python -m tests.e2e.digest_rig --mode sqlite --weeks 10`` has an update sent each week to a real
mail server and a real receiver of webhooks. Each week workers die at each crash point on the way,
and in the middle of each message: the receiver has it, and its answer never comes. A week is the
next hour to which ``TOUCHLINE_DIGEST_AT`` is set.

A receiver that keeps one message of each id must have exactly one a week; and no more may come
again under the id of one that came than workers died.
"""

import random
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.e2e.rig import run_rig
from tests.support.product import TOUCHLINE, Product
from tests.support.receivers import Mailbox, Posted, mail_server, webhook_receiver
from tests.support.waiting import until
from touchline.domain.digest.delivering import DELIVER
from touchline.domain.digest.service import TargetKind, add_target
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import execute, fetch
from touchline.workers.routes import PUBLISH_DIGEST

POINTS = ("digest.written", "digest.taken", "digest.sent", "job.done")
ENDS = (*POINTS, "mail taken", "webhook taken")
WITHIN_S = 240.0
DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


@dataclass
class Outcome:
    """``copies`` are messages that came again under the id of one that had come."""

    weeks: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    mails: int = 0
    posts: int = 0
    copies: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass
class Receivers:
    """Where the updates arrive."""

    mailbox: Mailbox
    posted: Posted

    def ids(self) -> tuple[list[str], list[str]]:
        """The ids of all messages that came, by mail and by webhook."""
        mails = [str(mail["Message-ID"]) for mail in self.mailbox.mails]
        return mails, [one["idempotency-key"] for one in self.posted.headers]


async def rehearse(
    product: Product, *, weeks: int, ends: Sequence[str] = ENDS, seed: int | None = None
) -> Outcome:
    """Have so many updates sent, each by workers that die in each of these ways and one that lives.

    With a ``seed`` the ends come in another order each week. The database is open here.
    """
    outcome, chance = Outcome(), random.Random(seed)
    async with AsyncExitStack() as stack:
        there = Receivers(
            await stack.enter_async_context(mail_server()),
            await stack.enter_async_context(webhook_receiver()),
        )
        await add_target(SYSTEM, TargetKind.EMAIL, "team@example.com")
        await add_target(SYSTEM, TargetKind.WEBHOOK, there.posted.url, allow_private=True)
        await execute("UPDATE digest_target SET created_at = 0")  # long before the first hour
        try:
            for _ in range(weeks):
                order = list(ends)
                if seed is not None:
                    chance.shuffle(order)
                await _week(product, there, outcome, order)
        finally:
            await product.stop()
    outcome.mails, outcome.posts = map(len, there.ids())
    return outcome


async def _week(product: Product, there: Receivers, outcome: Outcome, ends: Sequence[str]) -> None:
    """Let workers die in turn, then one finish; look at what has arrived."""
    outcome.weeks += 1
    product.variables = {
        "TOUCHLINE_DIGEST_AT": _hour(outcome.weeks),
        "TOUCHLINE_SMTP_URL": there.mailbox.url,
        "TOUCHLINE_MAIL_FROM": "touchline@example.com",
        "TOUCHLINE_PRIVATE_WEBHOOKS": "true",
    }
    before, died = there.ids(), 0
    for end in ends:
        if await _live(product, there, outcome.weeks, end):
            outcome.kills[end] += 1
            died += 1
    await _live(product, there, outcome.weeks, "")
    for old, known in zip(before, there.ids(), strict=True):
        new = known[len(old) :]
        outcome.copies += len(new) - 1
        if len(set(new)) != 1 or set(new) & set(old) or len(new) > 1 + died:
            outcome.broken.append(f"week {outcome.weeks}: {new} after {died} deaths")
    (kept,) = await fetch("SELECT count(*) AS n FROM digest_edition")
    if kept["n"] != outcome.weeks:
        outcome.broken.append(f"week {outcome.weeks}: {kept['n']} were written")


async def _live(product: Product, there: Receivers, week: int, end: str) -> bool:
    """A worker's life; whether it came to this end before all was sent."""
    mortal = [sys.executable, "-m", "tests.e2e.mortal", "0", f"at:{end}"]
    product.program = mortal if end in POINTS else TOUCHLINE
    there.mailbox.when_taken = product.kill_worker if end == "mail taken" else None
    there.posted.when_taken = product.kill_worker if end == "webhook taken" else None
    product.start_worker()

    async def over() -> bool:
        return _is_dead(product) or await _all_sent(week)

    await until(over, within_s=WITHIN_S)
    died = _is_dead(product)
    there.mailbox.when_taken = there.posted.when_taken = None
    product.kill_worker()
    # As if the time of its leases had run out.
    await execute("UPDATE job SET lease_token = NULL, lease_until = NULL, run_at = 0")
    await execute("UPDATE digest_delivery SET held_until = NULL")
    return died


def _is_dead(product: Product) -> bool:
    return product.worker is None or product.worker.poll() is not None


async def _all_sent(week: int) -> bool:
    """Whether the updates of all weeks so far were sent; has one written whose hour has come."""
    rows = await fetch("SELECT state FROM digest_delivery")
    if len(rows) < 2 * week:
        await execute(
            "UPDATE job SET run_at = 0 WHERE kind IN (?, ?) AND lease_token IS NULL",
            (PUBLISH_DIGEST, DELIVER),
        )
    return [row["state"] for row in rows] == ["SENT"] * 2 * week


def _hour(week: int) -> str:
    """An hour of the last seven days, later from week to week."""
    at = datetime.now(UTC) - timedelta(days=6) + timedelta(minutes=20 * week)
    return f"{DAYS[at.weekday()]} {at:%H:%M}"


async def _rehearse(product: Product, amount: int, seed: int) -> Outcome:
    return await rehearse(product, weeks=amount, seed=seed)


if __name__ == "__main__":
    sys.exit(run_rig(_rehearse, __doc__ or "", amount="weeks", usual=10))
