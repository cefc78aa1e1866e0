"""Who may do what: the Owner alone orders, members work, everybody may propose.

Nobody orders by rank or role. Who may act in the Owner's place holds a mandate that ends by itself:
given by the Owner, or taken by an admin who broke the glass. What is done by it says so.
"""

from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.items import Backlog, Item
from touchline.domain.backlog.types import MandateKind
from touchline.domain.kernel.actor import Actor, Role, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused


async def require_owner(actor: Actor, backlog: Backlog) -> MandateKind | None:
    """Refuse everybody but the Owner and who holds a mandate; returns the mandate acted by."""
    actor.require(Scope.TEAM)
    if actor.member_id is not None and actor.member_id == backlog.owner_id:
        return None
    mandate = await mandate_of(actor, backlog)
    if mandate is None:
        raise Refused(Code.NOT_THE_OWNER, "Only the Owner of the backlog may do this.")
    return mandate


async def require_owner_or_puller(actor: Actor, backlog: Backlog, item: Item) -> MandateKind | None:
    """Refuse everybody but who pulled the item and who may do as the Owner does."""
    actor.require(Scope.TEAM)
    if actor.member_id is not None and actor.member_id in (item.pulled_by_id, backlog.owner_id):
        return None
    mandate = await mandate_of(actor, backlog)
    if mandate is None:
        message = "Only who pulled the item, or the Owner, may do this."
        raise Refused(Code.NOT_THE_PULLER, message)
    return mandate


async def mandate_of(actor: Actor, backlog: Backlog) -> MandateKind | None:
    """By what right somebody acts in the Owner's place at this instant; ``None`` without any."""
    if actor.member_id is None:
        return None
    rows = await fetch(
        "SELECT kind FROM backlog_mandate WHERE backlog_id = ? AND member_id = ?"
        " AND kind <> ? AND ends_at > ? ORDER BY kind DESC LIMIT 1",
        (backlog.id, actor.member_id, MandateKind.HAND_OVER, now()),
    )
    return MandateKind(rows[0]["kind"]) if rows else None


def require_member(actor: Actor) -> int:
    """The member who acts; refuses programs."""
    actor.require(Scope.TEAM)
    if actor.member_id is None:
        message = "This is for members of the team; the key was issued to none."
        raise Refused(Code.NOT_A_MEMBER, message)
    return actor.member_id


def require_worker(actor: Actor) -> int:
    """The member who acts; refuses programs, and stakeholders, who take no work."""
    member = require_member(actor)
    if actor.role is Role.STAKEHOLDER:
        message = "Stakeholders propose, comment and vote; they take no work."
        raise Refused(Code.ROLE_TAKES_NO_WORK, message)
    return member
