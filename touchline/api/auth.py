"""Who is calling: the API key of ``Authorization: Bearer …``."""

from collections.abc import Awaitable, Callable
from functools import lru_cache

from touchline.domain.kernel.actor import Actor, ActorKind, Scope
from touchline.domain.kernel.errors import Unauthenticated

Authenticate = Callable[[str], Awaitable[Actor | None]]

ANONYMOUS = Actor(ActorKind.ANONYMOUS, None, "Anonymous", frozenset({Scope.READ}))
_MAX_SECRET = 200


async def identify_caller(
    authorization: object, authenticate: Authenticate, *, public: bool
) -> Actor:
    """The actor behind an ``Authorization`` value; raises ``Unauthenticated``.

    When ``public``, a caller who shows nothing may read. A key that is shown must always be good.
    """
    if authorization is None and public:
        return ANONYMOUS
    secret = _bearer(authorization) if isinstance(authorization, str) else None
    actor = await authenticate(secret) if secret else None
    if actor is None:
        raise Unauthenticated
    return actor


@lru_cache(maxsize=64)
def _bearer(authorization: str) -> str | None:
    scheme, _, secret = authorization.strip().partition(" ")
    secret = secret.strip()
    usable = scheme.lower() == "bearer" and len(secret) <= _MAX_SECRET and secret.isascii()
    return secret if usable and secret.isprintable() else None
