"""Commands on backlogs: their Owner, who stands in for the Owner, limits and goals."""

from collections.abc import Mapping

from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.items import Backlog, held_backlog
from touchline.domain.backlog.logbook import tell_board
from touchline.domain.backlog.rights import require_member, require_owner
from touchline.domain.backlog.types import Change, GoalKind, MandateKind, WipScope
from touchline.domain.backlog.words import checked_reason
from touchline.domain.kernel.actor import Actor, Role, Scope
from touchline.domain.kernel.clock import DAY, Moment, now
from touchline.domain.kernel.db import execute, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.members.people import Colleague
from touchline.domain.members.queries import present_member

MAX_NAME = 100
MOST_WIP = 100
FIRST_LIMITS = {WipScope.PERSON: 3}
LONGEST_DELEGATION = 92 * DAY
BROKEN_FOR = DAY
"""How long an admin who broke the glass may do as the Owner does."""


@transactional
async def create_backlog(actor: Actor, *, name: str, owner_id: int) -> int:
    """Begin a backlog for its one Owner, at first with 3 items a person; returns its id.

    A stakeholder, who takes no work, is no Owner.
    """
    actor.require(Scope.ADMIN)
    kept = _checked_name(name)
    owner = await _who_takes_work(owner_id, "ownerId")
    backlog_id = await _inserted(
        "backlog",
        {"name": kept, "name_key": name_key(kept), "owner_id": owner.id, "order_version": 0},
        actor,
        kept,
    )
    rows = [(backlog_id, scope, most) for scope, most in FIRST_LIMITS.items()]
    await insert_rows("backlog_wip_limit", ["backlog_id", "scope", "most"], rows)
    return backlog_id


@transactional
async def hand_over(
    actor: Actor, backlog_id: int, *, owner_id: int, reason: str | None = None
) -> None:
    """Make another member the Owner: the Owner does so, or an admin who broke the glass.

    What a right that ends would pass on has no end, so nobody passes it on to themselves, who was
    delegated passes nothing on, and who broke the glass says why. The backlog shows it for ever.
    """
    backlog = await held_backlog(backlog_id)
    mandate = await require_owner(actor, backlog)
    if mandate is MandateKind.DELEGATION:
        raise Refused(Code.NOT_THE_OWNER, "Only the Owner of the backlog may do this.")
    owner = await _who_takes_work(owner_id, "ownerId")
    if mandate is not None and owner.id == actor.member_id:
        message = (
            "Who broke the glass does as the Owner for a day, and hands over to somebody else."
        )
        raise Refused(Code.NOT_THE_OWNER, message, ("ownerId",))
    why = checked_reason(reason, needed=mandate is not None) or ""
    await execute("UPDATE backlog SET owner_id = ? WHERE id = ?", (owner.id, backlog_id))
    await _mandate(actor, backlog, owner.id, MandateKind.HAND_OVER, why, now())


@transactional
async def delegate(
    actor: Actor, backlog_id: int, *, member_id: int, until: Moment, reason: str
) -> int:
    """Let a member do as the Owner does until an instant, at most three months away.

    Who stands in for the Owner cannot pass that on. Returns the mandate's id.
    """
    backlog = await held_backlog(backlog_id)
    if await require_owner(actor, backlog) is not None:
        raise Refused(Code.NOT_THE_OWNER, "Only the Owner of the backlog may do this.")
    member = await _who_may_order(backlog, member_id)
    why = checked_reason(reason)
    _check_end(until)
    return await _mandate(actor, backlog, member.id, MandateKind.DELEGATION, why or "", until)


@transactional
async def break_glass(actor: Actor, backlog_id: int, *, reason: str) -> int:
    """Let an admin do as the Owner does for a day; the backlog shows who did, and why.

    Returns the mandate's id.
    """
    member = require_member(actor)
    if actor.role is not Role.ADMIN:
        raise Refused(Code.NOT_AN_ADMIN, "Only a member who is an admin may break the glass.")
    backlog = await held_backlog(backlog_id)
    why, until = checked_reason(reason) or "", now() + BROKEN_FOR
    return await _mandate(actor, backlog, member, MandateKind.BREAK_GLASS, why, until)


@transactional
async def end_mandate(actor: Actor, backlog_id: int, *, member_id: int) -> None:
    """End what a member may do in the Owner's place: by the Owner, or by that member."""
    backlog = await held_backlog(backlog_id)
    if require_member(actor) != member_id:
        await require_owner(actor, backlog)
    moment = now()
    ended = await execute(
        "UPDATE backlog_mandate SET ends_at = ? WHERE backlog_id = ? AND member_id = ?"
        " AND ends_at > ?",
        (moment, backlog_id, member_id, moment),
    )
    if not ended:
        message = "This member does not stand in for the Owner."
        raise Refused(Code.MEMBER_NOT_FOUND, message, ("memberId",))
    await tell_board(backlog_id, backlog.order_version, Change.RIGHTS)


@transactional
async def set_wip_limit(
    actor: Actor, backlog_id: int, *, scope: WipScope, most: int | None
) -> None:
    """Say how much may be under way at once; ``None`` for no limit. What is under way stays."""
    backlog = await held_backlog(backlog_id)
    await require_owner(actor, backlog)
    if most is not None and not 1 <= most <= MOST_WIP:
        message = f"A limit goes from 1 to {MOST_WIP}."
        raise Refused(Code.LIMIT_INVALID, message, ("limit",))
    await tell_board(backlog_id, backlog.order_version, Change.LIMITS)
    if most is None:
        text = "DELETE FROM backlog_wip_limit WHERE backlog_id = ? AND scope = ?"
        await execute(text, (backlog_id, scope))
        return
    await insert_rows(
        "backlog_wip_limit",
        ["backlog_id", "scope", "most"],
        [(backlog_id, scope, most)],
        on_conflict="ON CONFLICT (backlog_id, scope) DO UPDATE SET most = excluded.most",
    )


@transactional
async def create_goal(actor: Actor, *, name: str, kind: GoalKind) -> int:
    """Name something that the team is after; returns its id."""
    actor.require(Scope.WRITE)
    kept = _checked_name(name)
    row = {"name": kept, "name_key": name_key(kept), "kind": kind}
    return await _inserted("business_goal", row, actor, kept)


async def _inserted(table: str, row: Mapping[str, object], actor: Actor, name: str) -> int:
    whole = {**row, "actor_name": actor.name, "created_at": now()}
    made = await insert_rows(
        table,
        [*whole],
        [[*whole.values()]],
        on_conflict="ON CONFLICT (name_key) DO NOTHING",
        returning="id",
    )
    if not made:
        raise Refused(Code.NAME_TAKEN, f"There is one called {name} already.", ("name",))
    return int(made[0]["id"])


async def _who_may_order(backlog: Backlog, member_id: int) -> Colleague:
    """The member who is to stand in: another one than the Owner, and none who takes no work."""
    member = await _who_takes_work(member_id, "memberId")
    if member.id == backlog.owner_id:
        message = f"{member.name} is the Owner, and needs nobody's leave."
        raise Refused(Code.MEMBER_INVALID, message, ("memberId",))
    return member


async def _who_takes_work(member_id: int, field: str) -> Colleague:
    member = await present_member(member_id, field)
    if member.role is Role.STAKEHOLDER:
        message = "Stakeholders propose, comment and vote; they do not order."
        raise Refused(Code.ROLE_TAKES_NO_WORK, message, (field,))
    return member


def _check_end(until: Moment) -> None:
    if until <= now():
        message = "This end lies in the past already."
        raise Refused(Code.END_INVALID, message, ("until",))
    if until > now() + LONGEST_DELEGATION:
        message = f"A delegation ends within {LONGEST_DELEGATION // DAY} days."
        raise Refused(Code.END_INVALID, message, ("until",))


async def _mandate(
    actor: Actor, backlog: Backlog, member_id: int, kind: MandateKind, reason: str, until: Moment
) -> int:
    made = await insert_rows(
        "backlog_mandate",
        ["backlog_id", "member_id", "kind", "reason", "actor_name", "began_at", "ends_at"],
        [(backlog.id, member_id, kind, reason, actor.name, now(), until)],
        returning="id",
    )
    await tell_board(backlog.id, backlog.order_version, Change.RIGHTS)
    return int(made[0]["id"])


def _checked_name(name: str) -> str:
    kept = " ".join(name.split())
    if not 1 <= len(kept) <= MAX_NAME or "\x00" in kept:
        raise Refused(Code.NAME_INVALID, f"A name has 1 to {MAX_NAME} characters.", ("name",))
    return kept
