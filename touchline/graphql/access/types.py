"""The caller, and the keys of all callers."""

from enum import Enum

import strawberry

from touchline.domain.access.relations import API_KEY
from touchline.domain.kernel.actor import ActorKind as Kind
from touchline.domain.kernel.actor import Scope as KeyScope
from touchline.graphql.base.fields import attribute, column, kept, related
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import ADMIN, EVERYONE
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.members.types import Member


@strawberry.enum(description="What a key may be used for.")
class Scope(Enum):
    """The scopes of the kernel, described."""

    ADMIN = strawberry.enum_value(
        KeyScope.ADMIN, description="Everything: sources, keys, and all the others."
    )
    WRITE = strawberry.enum_value(
        KeyScope.WRITE, description="Change customers, and read everything about them."
    )
    TEAM = strawberry.enum_value(
        KeyScope.TEAM,
        description="Take part in the backlog as the member whose key it is, and read everything.",
    )
    READ = strawberry.enum_value(KeyScope.READ, description="Read customers and their timelines.")
    INGEST = strawberry.enum_value(KeyScope.INGEST, description="Send calls, and read nothing.")
    PUBLIC = strawberry.enum_value(
        KeyScope.PUBLIC, description="Read published content and nothing else."
    )


@strawberry.enum(description="What sort of caller it is.")
class ViewerKind(Enum):
    """The kinds of the kernel, described."""

    API_KEY = strawberry.enum_value(Kind.API_KEY, description="A program with an API key.")
    SYSTEM = strawberry.enum_value(Kind.SYSTEM, description="Touchline itself.")


@entity(permission=EVERYONE, description="Whoever is calling.")
class Viewer:
    """The actor of the request."""

    id: strawberry.ID = attribute(
        description="The global id; to be kept and compared, not taken apart."
    )
    name: str = attribute(description="What the caller is called.")
    kind: ViewerKind = attribute(description="What sort of caller it is.")
    scopes: list[Scope] = attribute(description="What the caller may do.")
    member_key: strawberry.Private[int | None] = None
    member: Member | None = kept(
        "member_key", description="As which member of the team; null for a program."
    )


@entity(API_KEY, permission=ADMIN, description="A key by which a program calls this API.")
class ApiKey(Node):
    """Only its beginning is shown; the secret is shown once, when it is made."""

    name: str = column(description="What it is for.")
    prefix: str = column(description="How the secret begins.")
    scopes: list[Scope] = column(description="What it may be used for.")
    trusted_only: bool = column(description="Whether it runs registered documents only.")
    created_at: DateTime = column(description="When it was made.")
    last_used_at: DateTime | None = column(description="When it was last used, to the minute.")
    expires_at: DateTime | None = column(description="When it stops working; null if never.")
    revoked_at: DateTime | None = column(description="When it was revoked; null if it was not.")
    member: Member | None = related(
        {"member_id": "id"}, description="In whose name it acts; null for a program's key."
    )
