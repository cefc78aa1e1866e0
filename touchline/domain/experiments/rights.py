"""Who may try something out: for work of the backlog its team, and otherwise who may write."""

from touchline.domain.kernel.actor import Actor, Role, Scope
from touchline.domain.kernel.errors import Forbidden


def require_trier(actor: Actor, item_id: int | None) -> None:
    """Refuse who may not make, begin or end an experiment, which is done for an item or for none.

    A key of the scope ``team`` will do for an item, in the hand of a member who takes work.
    """
    if item_id is None or actor.may(Scope.WRITE):
        actor.require(Scope.WRITE)
        return
    actor.require(Scope.TEAM)
    if actor.member_id is None or actor.role is Role.STAKEHOLDER:
        raise Forbidden("This needs the scope write, or a member who takes work.")
