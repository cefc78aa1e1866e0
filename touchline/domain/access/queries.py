"""Reading API keys."""

from collections.abc import Sequence

from touchline.domain.access.keys import Key
from touchline.domain.access.models import ApiKey
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.errors import NotFound


async def list_keys(actor: Actor) -> Sequence[Key]:
    """Every key, the newest first, revoked and expired ones included."""
    actor.require(Scope.ADMIN)
    return [as_key(row) for row in await ApiKey.all().order_by("-id")]


async def find_key(actor: Actor, prefix: str) -> Key:
    """The one key whose secret begins with ``prefix``.

    Raises ``NotFound`` when there is none, or when several begin so.
    """
    actor.require(Scope.ADMIN)
    rows = await ApiKey.filter(prefix__startswith=prefix).limit(2) if prefix else []
    if len(rows) > 1:
        raise NotFound(f"Several API keys begin with {prefix}; give more of it.", ["prefix"])
    if not rows:
        raise NotFound(f"No API key begins with {prefix}.", ["prefix"])
    return as_key(rows[0])


def as_key(row: ApiKey) -> Key:
    """A row of the table as the rest of Touchline sees it."""
    return Key(
        id=row.id,
        name=row.name,
        prefix=row.prefix,
        scopes=frozenset(Scope(scope) for scope in row.scopes),
        trusted_only=row.trusted_only,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        member_id=row.member_id,
    )
