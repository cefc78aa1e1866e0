"""Commands on where the weekly update is sent."""

import re
from enum import StrEnum
from urllib.parse import urlsplit

from touchline.domain.digest.errors import DigestErrorCode as Code
from touchline.domain.digest.hosts import is_in_house
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import digest
from touchline.domain.kernel.rows import insert_rows

MOST_TARGETS = 20
LONGEST_ADDRESS = 2_000
_MAILBOX = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])")


class TargetKind(StrEnum):
    """How an update gets to a target."""

    WEBHOOK = "WEBHOOK"
    EMAIL = "EMAIL"


@transactional
async def add_target(
    actor: Actor, kind: TargetKind, address: str, *, allow_private: bool = False
) -> int:
    """Send the update there from the next one on; returns the target.

    Webhooks lead into the own network, and over plain http, only with ``allow_private``; to where
    a name leads is looked at each time something is sent.
    """
    actor.require(Scope.ADMIN)
    spelt, shown = _checked(kind, address.strip())
    if kind is TargetKind.WEBHOOK and not allow_private:
        _check_public(spelt)
    row = await fetch_one("SELECT count(*) AS found FROM digest_target WHERE removed_at IS NULL")
    if row is not None and row["found"] >= MOST_TARGETS:
        raise Refused(Code.TOO_MANY_TARGETS, f"There are {MOST_TARGETS} targets already.")
    rows = await insert_rows(
        "digest_target",
        ["kind", "address", "shown", "address_key", "actor_name", "created_at"],
        [(kind, spelt, shown, digest(kind, spelt.lower()).hex(), actor.name, now())],
        on_conflict="ON CONFLICT (address_key) DO NOTHING",
        returning="id",
    )
    if not rows:
        raise Refused(Code.TARGET_TAKEN, "The update is sent there already.", ("address",))
    return int(rows[0]["id"])


@transactional
async def remove_target(actor: Actor, target_id: int) -> None:
    """Send no update there any more; what is under way is not sent either."""
    actor.require(Scope.ADMIN)
    found = await execute(
        "UPDATE digest_target SET removed_at = ?, address_key = NULL"
        " WHERE id = ? AND removed_at IS NULL",
        (now(), target_id),
    )
    if not found:
        raise Refused(Code.TARGET_NOT_FOUND, "There is no such target.", ("id",))
    await execute(
        "UPDATE digest_delivery SET state = 'DROPPED' WHERE target_id = ? AND state = 'PENDING'",
        (target_id,),
    )


async def has_targets() -> bool:
    """Whether the update is sent anywhere."""
    return bool(await fetch("SELECT 1 FROM digest_target WHERE removed_at IS NULL LIMIT 1"))


def _checked(kind: TargetKind, address: str) -> tuple[str, str]:
    """The address, and what callers see of it."""
    if len(address) <= LONGEST_ADDRESS:
        if kind is TargetKind.EMAIL and _MAILBOX.fullmatch(address) and address.isascii():
            return address, address
        if kind is TargetKind.WEBHOOK and (host := _host(address)) is not None:
            return address, f"{host}/…"
    what = "an e-mail address" if kind is TargetKind.EMAIL else "the https address of a webhook"
    raise Refused(Code.ADDRESS_INVALID, f"This is not {what}.", ("address",))


def _check_public(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" or is_in_house(parts.hostname or ""):
        message = "Webhooks lead to hosts on the public internet, over https."
        raise Refused(Code.ADDRESS_INVALID, message, ("address",))


def _host(address: str) -> str | None:
    """The host of a web address; ``None`` where it is none, or holds a password."""
    try:
        parts = urlsplit(address)
        host, port, user = parts.hostname, parts.port, parts.username
    except ValueError:
        return None
    fine = address.isascii() and address.isprintable() and " " not in address
    if not fine or parts.scheme not in ("http", "https") or not host or user is not None:
        return None
    return f"{parts.scheme}://{host}" + ("" if port is None else f":{port}")
