"""Commands on members: who belongs to the team, and as what."""

from touchline.domain.kernel.actor import Actor, Role, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.members.errors import MemberErrorCode as Code
from touchline.domain.members.people import checked_email, checked_name
from touchline.domain.members.queries import present_member


@transactional
async def create_member(actor: Actor, *, name: str, email: str, role: Role) -> int:
    """Take somebody into the team; returns the member's id."""
    actor.require(Scope.ADMIN)
    kept, address = checked_name(name), checked_email(email)
    rows = await insert_rows(
        "team_member",
        ["name", "email", "email_key", "role", "actor_name", "created_at"],
        [(kept, address, address.casefold(), role, actor.name, now())],
        on_conflict="ON CONFLICT (email_key) DO NOTHING",
        returning="id",
    )
    if not rows:
        raise _taken(address)
    return int(rows[0]["id"])


@transactional
async def update_member(
    actor: Actor,
    member_id: int,
    *,
    name: str | None = None,
    email: str | None = None,
    role: Role | None = None,
) -> None:
    """Give a member another name, address or role; what is ``None`` stays.

    What the member did before keeps the name under which it was done.
    """
    actor.require(Scope.ADMIN)
    known = await present_member(member_id)
    kept = known.name if name is None else checked_name(name)
    address = known.email if email is None else checked_email(email)
    key = address.casefold()
    if await fetch("SELECT 1 FROM team_member WHERE email_key = ? AND id <> ?", (key, member_id)):
        raise _taken(address)
    await execute(
        "UPDATE team_member SET name = ?, email = ?, email_key = ?, role = ? WHERE id = ?",
        (kept, address, key, role or known.role, member_id),
    )


@transactional
async def release_member(actor: Actor, member_id: int) -> None:
    """Note that a member has left: their keys open nothing more, within two seconds."""
    actor.require(Scope.ADMIN)
    await present_member(member_id)
    await execute("UPDATE team_member SET left_at = ? WHERE id = ?", (now(), member_id))


def _taken(address: str) -> Refused:
    message = f"Another member has the address {address}."
    return Refused(Code.EMAIL_TAKEN, message, ("email",))
