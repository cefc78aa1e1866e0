"""Reading members."""

from collections.abc import Sequence

from touchline.domain.kernel.actor import Actor, Role, Scope
from touchline.domain.kernel.db import Row, fetch, fetch_one
from touchline.domain.kernel.errors import Refused
from touchline.domain.members.errors import MemberErrorCode as Code
from touchline.domain.members.people import Colleague


async def list_members(actor: Actor) -> Sequence[Colleague]:
    """Every member by name, those who left included."""
    actor.require(Scope.ADMIN)
    return [_colleague(row) for row in await fetch("SELECT * FROM team_member ORDER BY name, id")]


async def member_of(member_id: int) -> Colleague | None:
    """One member; ``None`` when there is none."""
    row = await fetch_one("SELECT * FROM team_member WHERE id = ?", (member_id,))
    return _colleague(row) if row else None


async def present_member(member_id: int, *path: str) -> Colleague:
    """One member who is with the team; refuses unknown ones and those who left."""
    found = await member_of(member_id)
    if found is None:
        raise Refused(Code.MEMBER_NOT_FOUND, "There is no such member.", path or ("id",))
    if not found.is_active:
        raise Refused(Code.MEMBER_GONE, f"{found.name} has left the team.", path or ("id",))
    return found


async def find_member(actor: Actor, email: str) -> Colleague:
    """The member with an e-mail address, in whatever case; refuses unknown ones."""
    actor.require(Scope.ADMIN)
    row = await fetch_one(
        "SELECT * FROM team_member WHERE email_key = ?", (email.strip().casefold(),)
    )
    if row is None:
        message = f"No member has the address {email.strip()}."
        raise Refused(Code.MEMBER_NOT_FOUND, message, ("email",))
    return _colleague(row)


def _colleague(row: Row) -> Colleague:
    return Colleague(
        *(row["id"], row["name"], row["email"]),
        Role(row["role"]),
        *(row["created_at"], row["left_at"]),
    )
