"""Where messages arrive in tests: a real SMTP server, and a server that takes webhooks."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import orjson
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What a mail server took. It answers the first ``refusals`` with an error.

    ``when_taken`` is called when a mail is there and is not answered yet.
    """

    refusals: int = 0
    when_taken: Callable[[], None] | None = None
    url: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The server calls this for each mail."""
        if self.refusals:
            self.refusals -= 1
            return "451 Try again later"
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        if self.when_taken is not None:
            self.when_taken()
        return "250 OK"


@asynccontextmanager
async def mail_server(refusals: int = 0) -> AsyncIterator[Mailbox]:
    """A mail server on a port of its own."""
    mailbox = Mailbox(refusals)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(mailbox, hostname="here"), "127.0.0.1", 0)
    mailbox.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield mailbox


@dataclass
class Posted:
    """What a receiver of webhooks took, with the names of headers in lower case.

    ``when_taken`` is called when a call is there and is not answered yet.
    """

    url: str = ""
    when_taken: Callable[[], None] | None = None
    statuses: list[int] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one call and answer with the next of ``statuses``, 200 when there is none."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:  # the caller died first
            writer.close()
            return
        pairs = [line.partition(":") for line in head.split("\r\n")[1:] if line]
        named = {name.lower(): value.strip() for name, _, value in pairs}
        body = await reader.readexactly(int(named.get("content-length", "0")))
        self.headers.append(named)
        self.bodies.append(orjson.loads(body) if body else None)
        if self.when_taken is not None:
            self.when_taken()
        status = self.statuses.pop(0) if self.statuses else 200
        more = "Location: http://127.0.0.1:1/\r\n" if status == 302 else ""
        writer.write(f"HTTP/1.1 {status} X\r\n{more}Content-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def webhook_receiver(*statuses: int) -> AsyncIterator[Posted]:
    """A server on a port of its own that answers with these statuses in turn, then with 200."""
    posted = Posted(statuses=list(statuses))
    server = await asyncio.start_server(posted.take, "127.0.0.1", 0)
    posted.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/services/T/B/secret"
    async with server:
        yield posted
