"""What an API key is, apart from where it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from touchline.domain.access.errors import ApiKeyErrorCode
from touchline.domain.kernel import minting
from touchline.domain.kernel.actor import Actor, ActorKind, Scope
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.errors import Refused
from touchline.domain.members.people import Colleague

SECRET_PREFIX = "tl"


class KeyState(StrEnum):
    """Whether a key opens anything now."""

    ACTIVE = "ACTIVE"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


@dataclass(frozen=True, slots=True)
class Key:
    """An API key without its secret. ``prefix`` is how the secret begins; a key that is
    ``trusted_only`` runs registered documents and no others. One that was issued to a member acts
    in that member's name."""

    id: int
    name: str
    prefix: str
    scopes: frozenset[Scope]
    trusted_only: bool
    created_at: Moment
    last_used_at: Moment | None
    expires_at: Moment | None
    revoked_at: Moment | None
    member_id: int | None = None

    def state(self, now: Moment) -> KeyState:
        """The state of the key at an instant; a revoked key stays revoked."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        if self.expires_at is not None and self.expires_at <= now:
            return KeyState.EXPIRED
        return KeyState.ACTIVE

    def actor(self, member: Colleague | None = None) -> Actor:
        """The caller who holds this key: a program, or the ``member`` it was issued to."""
        held = (self.scopes, self.trusted_only)
        if member is None:
            return Actor(ActorKind.API_KEY, self.id, self.name, *held)
        return Actor(ActorKind.API_KEY, self.id, member.name, *held, member.id, member.role)


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A key with the secret that is shown this once and never again."""

    key: Key
    secret: str


def checked_name(name: str) -> str:
    """The name without outer blanks; refused when nothing or too much is left."""
    return minting.checked_name(
        name, of="A key", blank=ApiKeyErrorCode.NAME_BLANK, too_long=ApiKeyErrorCode.NAME_TOO_LONG
    )


def checked_scopes(scopes: Iterable[Scope]) -> frozenset[Scope]:
    """The scopes as a set; a key without any is refused."""
    kept = frozenset(scopes)
    if not kept:
        raise Refused(ApiKeyErrorCode.SCOPES_EMPTY, "A key needs at least one scope.", ["scopes"])
    return kept


def checked_expiry(expires_at: Moment | None, now: Moment) -> Moment | None:
    """The expiry; refused when it would make a key that is dead at birth."""
    if expires_at is not None and expires_at <= now:
        message = "A key must expire in the future."
        raise Refused(ApiKeyErrorCode.EXPIRY_IN_THE_PAST, message, ["expiresAt"])
    return expires_at
