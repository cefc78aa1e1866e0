"""The people of the team."""

from enum import Enum

import strawberry

from touchline.domain.kernel.actor import Role
from touchline.domain.members.relations import MEMBER
from touchline.graphql.base.fields import column
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ, TEAM
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity


@strawberry.enum(description="What a member does in the team.")
class MemberRole(Enum):
    """The roles of the kernel, described."""

    MARKETER = strawberry.enum_value(Role.MARKETER.value, description="Makes and runs marketing.")
    SDR = strawberry.enum_value(Role.SDR.value, description="Talks to those who showed interest.")
    STAKEHOLDER = strawberry.enum_value(
        Role.STAKEHOLDER.value, description="Proposes, comments and votes, and takes no work."
    )
    ADMIN = strawberry.enum_value(Role.ADMIN.value, description="Looks after members and keys.")


@entity(MEMBER, permission=READ, description="A colleague of the team.")
class Member(Node):
    """Nobody is deleted, for history names them."""

    name: str = column(description="What colleagues call them.")
    email: str = column(permission=TEAM, description="Their e-mail address.")
    role: MemberRole = column(description="What they do in the team.")
    created_at: DateTime = column(description="When they joined.")
    left_at: DateTime | None = column(description="When they left; null while they are here.")
