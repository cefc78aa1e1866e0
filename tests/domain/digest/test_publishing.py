"""The weekly update is written once a week, and sent once to each target."""

import pytest

from tests.support.clock import SettableClock
from tests.support.dying import die_at
from touchline.domain.digest.delivering import HELD, Message, NotSent, deliver
from touchline.domain.digest.publishing import publish_due
from touchline.domain.digest.service import TargetKind, add_target, remove_target
from touchline.domain.digest.weeks import WEEK
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.jobs import NotYet
from touchline.settings import Settings

WHEN = "MON 07:00"


class Post:
    """Takes what is sent, after so many failures."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.taken: list[Message] = []

    async def __call__(self, message: Message) -> None:
        if self.failures:
            self.failures -= 1
            raise NotSent("The line was busy.")
        self.taken.append(message)


async def targets() -> list[int]:
    """Two targets that there were before the hour."""
    return [
        await add_target(SYSTEM, TargetKind.EMAIL, "team@example.com"),
        await add_target(SYSTEM, TargetKind.WEBHOOK, "https://hooks.example.com/services/T/B/x"),
    ]


async def deliveries() -> list[tuple[int, str, int]]:
    rows = await fetch("SELECT id, state, attempts FROM digest_delivery ORDER BY id")
    return [(row["id"], row["state"], row["attempts"]) for row in rows]


async def test_an_update_is_written_once_and_goes_to_each_target(
    db: Settings, clock: SettableClock
) -> None:
    await targets()
    assert await publish_due(WHEN) is None  # the hour was before the targets
    clock.advance(WEEK)
    edition = await publish_due(WHEN)
    assert edition is not None
    assert await publish_due(WHEN) is None
    assert [state for _, state, _ in await deliveries()] == ["PENDING", "PENDING"]
    assert len(await fetch("SELECT id FROM job WHERE kind = 'deliver_digest'")) == 2
    clock.advance(6 * DAY)
    assert await publish_due(WHEN) is None
    clock.advance(DAY)
    assert await publish_due(WHEN) is not None
    (row, _) = await fetch("SELECT title FROM digest_edition ORDER BY due_at")
    assert row["title"] == "Weekly update, 2026-03-09"


async def test_who_comes_after_the_hour_gets_the_next_update(
    db: Settings, clock: SettableClock
) -> None:
    first, _ = await targets()
    clock.advance(WEEK)
    await add_target(SYSTEM, TargetKind.EMAIL, "late@example.com")
    await remove_target(SYSTEM, first)
    await publish_due(WHEN)
    rows = await fetch(
        "SELECT t.kind FROM digest_delivery d JOIN digest_target t ON t.id = d.target_id"
    )
    assert [row["kind"] for row in rows] == ["WEBHOOK"]


async def test_dying_while_it_is_written_leaves_nothing_and_it_is_written_again(
    db: Settings, clock: SettableClock
) -> None:
    await targets()
    clock.advance(WEEK)

    async def publish() -> None:
        await publish_due(WHEN)

    await die_at("digest.written", publish())
    assert await fetch("SELECT id FROM digest_edition") == []
    assert await fetch("SELECT id FROM job WHERE kind = 'deliver_digest'") == []
    assert await publish_due(WHEN) is not None
    assert len(await deliveries()) == 2


async def test_a_delivery_is_sent_once(db: Settings, clock: SettableClock) -> None:
    await targets()
    clock.advance(WEEK)
    await publish_due(WHEN)
    post, ((mail, _, _), (hook, _, _)) = Post(), await deliveries()
    for _ in range(3):
        await deliver(mail, post)
        await deliver(hook, post)
    assert [(one.kind, one.address) for one in post.taken] == [
        (TargetKind.EMAIL, "team@example.com"),
        (TargetKind.WEBHOOK, "https://hooks.example.com/services/T/B/x"),
    ]
    assert await deliveries() == [(mail, "SENT", 1), (hook, "SENT", 1)]


async def test_what_failed_is_sent_later_under_the_same_name(
    db: Settings, clock: SettableClock
) -> None:
    await targets()
    clock.advance(WEEK)
    await publish_due(WHEN)
    post, ((mail, _, _), _) = Post(failures=1), await deliveries()
    with pytest.raises(NotSent):
        await deliver(mail, post)
    (row,) = await fetch("SELECT state, error FROM digest_delivery WHERE id = ?", (mail,))
    assert (row["state"], row["error"]) == ("PENDING", "The line was busy.")
    await deliver(mail, post)
    assert len(post.taken) == 1
    assert (await deliveries())[0] == (mail, "SENT", 2)


async def test_dying_before_it_is_sent_sends_it_once(db: Settings, clock: SettableClock) -> None:
    await targets()
    clock.advance(WEEK)
    await publish_due(WHEN)
    post, ((mail, _, _), _) = Post(), await deliveries()
    await die_at("digest.taken", deliver(mail, post))
    with pytest.raises(NotYet) as wait:  # whoever held it may still be sending
        await deliver(mail, post)
    assert wait.value.until == clock() + HELD
    clock.advance(HELD)
    await deliver(mail, post)
    assert len(post.taken) == 1


async def test_dying_after_it_was_sent_sends_it_again_under_the_same_name(
    db: Settings, clock: SettableClock
) -> None:
    await targets()
    clock.advance(WEEK)
    await publish_due(WHEN)
    post, ((mail, _, _), _) = Post(), await deliveries()
    await die_at("digest.sent", deliver(mail, post))
    clock.advance(HELD)
    await deliver(mail, post)
    first, second = post.taken
    assert first == second


async def test_nothing_goes_to_a_target_that_was_removed(
    db: Settings, clock: SettableClock
) -> None:
    mailbox, _ = await targets()
    clock.advance(WEEK)
    await publish_due(WHEN)
    post, ((mail, _, _), _) = Post(), await deliveries()
    await remove_target(SYSTEM, mailbox)
    await deliver(mail, post)
    assert post.taken == []
    assert (await deliveries())[0] == (mail, "DROPPED", 0)
