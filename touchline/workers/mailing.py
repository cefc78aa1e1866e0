"""Sending mail over SMTP, in a thread: the library of Python knows the protocol and waits."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from touchline.domain.content.rendering import render
from touchline.domain.digest.delivering import Message, NotSent

TIMEOUT_S = 15.0
_PORTS = {"smtp": 587, "smtps": 465}


async def send_mail(message: Message, *, smtp_url: str | None, sender: str) -> None:
    """Send once; raises ``NotSent`` unless the server took it.

    ``smtp://`` uses STARTTLS where the server offers it, and insists on it before a password.
    """
    if smtp_url is None:
        raise NotSent("No mail server is set (TOUCHLINE_SMTP_URL).")
    try:
        await asyncio.to_thread(_send, _mail(message, sender), smtp_url)
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(f"The mail server did not take it: {type(error).__name__}.") from None


def _mail(message: Message, sender: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = message.title
    mail["From"] = sender
    mail["To"] = message.address
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{message.key}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.markdown)
    mail.add_alternative(render(message.markdown), subtype="html")
    return mail


def _send(mail: EmailMessage, smtp_url: str) -> None:
    parts = urlsplit(smtp_url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    trusted = ssl.create_default_context()
    if parts.scheme == "smtps":
        with smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=trusted) as server:
            _hand_over(server, mail, parts.username, parts.password)
        return
    with smtplib.SMTP(host, port, timeout=TIMEOUT_S) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=trusted)
            server.ehlo()
        elif parts.username is not None:
            raise smtplib.SMTPNotSupportedError("no STARTTLS, so no password is sent")
        _hand_over(server, mail, parts.username, parts.password)


def _hand_over(
    server: smtplib.SMTP, mail: EmailMessage, user: str | None, password: str | None
) -> None:
    if user is not None:
        server.login(unquote(user), unquote(password or ""))
    server.send_message(mail)
