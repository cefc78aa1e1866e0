"""The weekly update gets to real servers, through the worker."""

from tests.support.clock import SettableClock
from tests.support.experiments import an_experiment, shown_and_bought
from tests.support.receivers import mail_server, webhook_receiver
from tests.support.waiting import until
from touchline.domain.digest.service import TargetKind, add_target
from touchline.domain.experiments.refreshing import end_due
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, SECOND
from touchline.domain.kernel.db import fetch
from touchline.settings import Settings
from touchline.workers.embedded import working


async def test_an_update_arrives_by_mail_and_by_webhook_although_both_refuse_it_once(
    db: Settings, clock: SettableClock
) -> None:
    await an_experiment(duration=2 * DAY)
    await shown_and_bought("A", 120, 12)
    await shown_and_bought("B", 130, 65)
    async with webhook_receiver(503) as posted, mail_server(refusals=1) as mailbox:
        await add_target(SYSTEM, TargetKind.EMAIL, "team@example.com")
        await add_target(SYSTEM, TargetKind.WEBHOOK, posted.url, allow_private=True)
        clock.advance(2 * DAY)
        await end_due()
        clock.advance(5 * DAY)
        own = {"smtp_url": mailbox.url, "private_webhooks": True}
        settings = db.model_copy(update={**own, "mail_from": "touchline@example.com"})

        async def sent() -> bool:
            if not await fetch("SELECT 1 FROM job WHERE lease_token IS NOT NULL"):
                clock.advance(10 * SECOND)  # less than a lease, so that no job is taken for lost
            rows = await fetch("SELECT state FROM digest_delivery")
            return [row["state"] for row in rows] == ["SENT", "SENT"]

        async with working(settings):
            await until(sent)
        (mail,) = mailbox.mails
    told = "**Short form**: “B” worked: 50.00% against 10.00% of “A”"
    assert (mail["Subject"], mail["To"]) == ("Weekly update, 2026-03-09", "team@example.com")
    assert mail["Message-ID"].startswith("<touchline-digest-")
    assert mail["Message-ID"].endswith("@example.com>")
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert told in text.get_content()
    assert "<strong>Short form</strong>: “B” worked" in html.get_content()
    assert mailbox.recipients == ["team@example.com"]
    assert "• *Short form*: “B” worked: 50.00% against 10.00%" in posted.bodies[1]["text"]
    assert len(posted.bodies) == 2
    assert posted.bodies[0] == posted.bodies[1]
    assert posted.headers[0]["idempotency-key"] == posted.headers[1]["idempotency-key"]
