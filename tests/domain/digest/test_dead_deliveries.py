"""What was tried too often is dead, shown as such, and sent anew when somebody says so."""

import pytest

from tests.support.clock import SettableClock
from tests.support.operations import ask, caller, refusal
from touchline.domain.digest.delivering import DELIVER, Message, NotSent, deliver
from touchline.domain.digest.publishing import publish_due
from touchline.domain.digest.service import TargetKind, add_target, remove_target
from touchline.domain.digest.weeks import WEEK
from touchline.domain.kernel import job_care, jobs
from touchline.domain.kernel.actor import SYSTEM, Scope
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

RETRY = """mutation ($id: ID!) { digestDeliveryRetry(id: $id) {
  digestDelivery { state attempts error } userErrors { code field } } }"""


async def busy(_message: Message) -> None:
    raise NotSent("hooks.example.com answered 503.")


async def fine(_message: Message) -> None:
    return


async def a_delivery(clock: SettableClock) -> tuple[int, int]:
    """A delivery that is on its way, and its target."""
    address = "https://hooks.example.com/services/T/B/x"
    target = await add_target(SYSTEM, TargetKind.WEBHOOK, address)
    clock.advance(WEEK)
    await publish_due("MON 07:00")
    (row,) = await fetch("SELECT id FROM digest_delivery")
    return int(row["id"]), target


async def tried_out(clock: SettableClock, delivery: int) -> None:
    """Let every try fail."""
    for _ in range(jobs.MAX_ATTEMPTS):
        clock.advance(DAY)
        (job,) = await jobs.claim([DELIVER], 1)
        with pytest.raises(NotSent) as error:
            await deliver(delivery, busy)
        await jobs.fail(job, f"NotSent: {error.value}")


async def state_of(delivery: int) -> tuple[str, int, str | None]:
    (row,) = await fetch(
        "SELECT state, attempts, error FROM digest_delivery WHERE id = ?", (delivery,)
    )
    return row["state"], row["attempts"], row["error"]


async def waiting() -> list[str]:
    """The keys of the jobs that are to send something."""
    rows = await fetch("SELECT key FROM job WHERE kind = ?", (DELIVER,))
    return [row["key"] for row in rows]


async def test_what_failed_at_every_try_is_dead_and_says_why(
    db: Settings, clock: SettableClock
) -> None:
    delivery, _ = await a_delivery(clock)
    await tried_out(clock, delivery)
    assert await state_of(delivery) == ("DEAD", 8, "hooks.example.com answered 503.")
    assert len(await job_care.dead_letters()) == 1
    await deliver(delivery, fine)  # a job that was left over sends nothing
    assert (await state_of(delivery))[0] == "DEAD"


async def test_a_dead_delivery_is_sent_anew_when_an_admin_says_so(
    db: Settings, clock: SettableClock
) -> None:
    delivery, _ = await a_delivery(clock)
    key = global_id("DigestDelivery", delivery)
    early = (await ask(RETRY, id=key))["digestDeliveryRetry"]
    assert early["userErrors"] == [{"code": "DELIVERY_NOT_DEAD", "field": ["id"]}]
    await tried_out(clock, delivery)
    assert (await refusal(RETRY, caller(Scope.WRITE), id=key))["code"] == "FORBIDDEN"
    assert (await state_of(delivery), await waiting()) == (
        ("DEAD", 8, "hooks.example.com answered 503."),
        [],
    )
    answer = (await ask(RETRY, id=key))["digestDeliveryRetry"]
    on_its_way = {"state": "PENDING", "attempts": 8, "error": "hooks.example.com answered 503."}
    assert answer == {"digestDelivery": on_its_way, "userErrors": []}
    assert (await waiting(), await job_care.dead_letters()) == ([str(delivery)], [])
    await deliver(delivery, fine)
    assert await state_of(delivery) == ("SENT", 9, None)
    late = (await ask(RETRY, id=key))["digestDeliveryRetry"]
    assert late["userErrors"] == [{"code": "DELIVERY_NOT_DEAD", "field": ["id"]}]


async def test_nothing_is_sent_anew_to_a_target_that_was_removed(
    db: Settings, clock: SettableClock
) -> None:
    delivery, target = await a_delivery(clock)
    await tried_out(clock, delivery)
    await remove_target(SYSTEM, target)
    key = global_id("DigestDelivery", delivery)
    answer = (await ask(RETRY, id=key))["digestDeliveryRetry"]
    assert answer["userErrors"] == [{"code": "TARGET_NOT_FOUND", "field": ["id"]}]
    assert ((await state_of(delivery))[0], await waiting()) == ("DEAD", [])
    (letter,) = await job_care.dead_letters()
    await job_care.retry_dead(letter.id)
    assert (await state_of(delivery))[0] == "DROPPED"


async def test_a_dead_job_that_is_tried_again_sends_its_delivery(
    db: Settings, clock: SettableClock
) -> None:
    delivery, _ = await a_delivery(clock)
    await tried_out(clock, delivery)
    (letter,) = await job_care.dead_letters()
    await job_care.retry_dead(letter.id)
    assert (await state_of(delivery))[0] == "PENDING"
    await deliver(delivery, fine)
    assert (await state_of(delivery))[0] == "SENT"


async def test_a_delivery_that_does_not_exist_cannot_be_sent_anew(db: Settings) -> None:
    answer = (await ask(RETRY, id=global_id("DigestDelivery", 7)))["digestDeliveryRetry"]
    assert answer["userErrors"] == [{"code": "DELIVERY_NOT_FOUND", "field": ["id"]}]
