"""Root fields about the caller and API keys."""

import strawberry

from touchline.domain.kernel.ids import global_id
from touchline.graphql.access.types import ApiKey, Scope, Viewer, ViewerKind
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import resolved, rows
from touchline.graphql.base.permissions import ADMIN, EVERYONE


@strawberry.type(description="Reads of callers and keys.")
class AccessQuery:
    """Part of the query root."""

    api_keys: list[ApiKey] = rows(
        {},
        order=Order(("created_at",), descending=True),
        limit=1_000,
        permission=ADMIN,
        description="Every API key, the newest first, revoked ones included.",
    )

    @resolved(permission=EVERYONE, description="Whoever is calling; null without a valid key.")
    def viewer(self, info: strawberry.Info) -> Viewer | None:
        actor = info.context.actor
        if not actor.scopes:
            return None
        return Viewer(
            id=strawberry.ID(global_id("Viewer", actor.id or 0)),
            name=actor.name,
            kind=ViewerKind(actor.kind),
            scopes=[Scope(scope) for scope in sorted(actor.scopes)],
            member_key=actor.member_id,
        )
