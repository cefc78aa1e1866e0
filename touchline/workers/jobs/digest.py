"""Jobs of the weekly update: each calls one function of the domain."""

from typing import Any

import orjson

from touchline.domain.digest import delivering, publishing
from touchline.domain.digest.delivering import Message
from touchline.domain.digest.rendering import for_chat
from touchline.domain.digest.service import TargetKind
from touchline.settings import Settings
from touchline.workers.mailing import send_mail
from touchline.workers.webhooks import post_json


class DigestJobs:
    """The jobs of a deployment with these settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def publish(self) -> None:
        """Write the update whose hour has come."""
        await publishing.publish_due(self._settings.digest_at)

    async def deliver(self, payload: dict[str, Any]) -> None:
        """Send it to one target."""
        await delivering.deliver(payload["delivery"], self._send)

    async def _send(self, message: Message) -> None:
        if message.kind is TargetKind.EMAIL:
            await send_mail(
                message, smtp_url=self._settings.smtp_url, sender=self._settings.mail_from
            )
            return
        await post_json(
            message.address,
            orjson.dumps({"text": for_chat(message.markdown)}),
            headers={"Idempotency-Key": message.key},
            allow_private=self._settings.private_webhooks,
        )
