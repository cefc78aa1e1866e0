"""Who does something, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from touchline.domain.kernel.errors import Forbidden


class ActorKind(StrEnum):
    """What sort of caller an actor is."""

    API_KEY = "API_KEY"
    ANONYMOUS = "ANONYMOUS"
    SYSTEM = "SYSTEM"


class Scope(StrEnum):
    """What a key may be used for.

    ``ADMIN`` holds all others, ``WRITE`` holds ``TEAM``, ``TEAM`` holds ``READ``, and that holds
    ``PUBLIC``: to read what was published for everybody. ``TEAM`` is to take part in the team's
    own work, and nothing else is changed by it.
    """

    ADMIN = "ADMIN"
    WRITE = "WRITE"
    TEAM = "TEAM"
    READ = "READ"
    INGEST = "INGEST"
    PUBLIC = "PUBLIC"


class Role(StrEnum):
    """What a member does in the team. Who owns a backlog is said of the backlog, not here."""

    MARKETER = "MARKETER"
    SDR = "SDR"
    STAKEHOLDER = "STAKEHOLDER"
    ADMIN = "ADMIN"


_IMPLIED: dict[Scope, frozenset[Scope]] = {
    Scope.ADMIN: frozenset(Scope),
    Scope.WRITE: frozenset({Scope.WRITE, Scope.TEAM, Scope.READ, Scope.PUBLIC}),
    Scope.TEAM: frozenset({Scope.TEAM, Scope.READ, Scope.PUBLIC}),
    Scope.READ: frozenset({Scope.READ, Scope.PUBLIC}),
    Scope.INGEST: frozenset({Scope.INGEST}),
    Scope.PUBLIC: frozenset({Scope.PUBLIC}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A caller. ``name`` is what the timeline and the audit log show.

    One who is ``trusted_only`` may run registered GraphQL documents and no others. Who acts as a
    member of the team has ``member_id`` and ``role``; programs have neither.
    """

    kind: ActorKind
    id: int | None
    name: str
    scopes: frozenset[Scope]
    trusted_only: bool = False
    member_id: int | None = None
    role: Role | None = None

    def may(self, scope: Scope) -> bool:
        """Whether any scope of the actor holds ``scope``."""
        return scope in _implied(self.scopes)

    def require(self, scope: Scope) -> None:
        """Raise ``Forbidden`` unless the actor may."""
        if not self.may(scope):
            raise Forbidden(f"This needs the scope {scope.lower()}.")


@cache
def _implied(scopes: frozenset[Scope]) -> frozenset[Scope]:
    return frozenset().union(*(_IMPLIED[held] for held in scopes))


SYSTEM = Actor(ActorKind.SYSTEM, None, "Touchline", frozenset({Scope.ADMIN}))
