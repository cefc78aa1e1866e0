"""Who may ask for a field: the rule that stands beside every field and mutation."""

from dataclasses import dataclass

from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.errors import Unauthenticated


@dataclass(frozen=True, slots=True)
class Permission:
    """The scope a caller needs; ``None`` lets everyone in."""

    scope: Scope | None

    def check(self, actor: Actor) -> None:
        """Raise ``Unauthenticated`` or ``Forbidden`` unless the actor may."""
        if self.scope is None or actor.may(self.scope):
            return
        if not actor.scopes:
            raise Unauthenticated
        actor.require(self.scope)


EVERYONE = Permission(None)
PUBLIC = Permission(Scope.PUBLIC)
READ = Permission(Scope.READ)
TEAM = Permission(Scope.TEAM)
WRITE = Permission(Scope.WRITE)
ADMIN = Permission(Scope.ADMIN)
