"""Changes of who belongs to the team."""

from typing import Annotated

import strawberry

from touchline.domain.kernel.actor import Role
from touchline.domain.members import service
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import ADMIN
from touchline.graphql.members.payloads import (
    MemberCreatePayload,
    MemberReleasePayload,
    MemberUpdatePayload,
)
from touchline.graphql.members.types import MemberRole

MemberId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the member.")
]


@strawberry.input(description="A new member of the team.")
class MemberCreateInput:
    """What `memberCreate` is given."""

    name: str = strawberry.field(description="What colleagues call them, at most 100 characters.")
    email: str = strawberry.field(description="Their e-mail address; no two members share one.")
    role: MemberRole = strawberry.field(description="What they do in the team.")


@strawberry.input(description="What changes of a member; what is absent stays.")
class MemberUpdateInput:
    """What `memberUpdate` is given."""

    name: strawberry.Maybe[str] = strawberry.field(description="What colleagues call them.")
    email: strawberry.Maybe[str] = strawberry.field(description="Their e-mail address.")
    role: strawberry.Maybe[MemberRole] = strawberry.field(description="What they do in the team.")


@strawberry.type(description="Changes of members.")
class MemberMutation:
    """Part of the mutation root."""

    @resolved(permission=ADMIN, description="Take somebody into the team.")
    async def member_create(
        self, info: strawberry.Info, given: Given[MemberCreateInput]
    ) -> MemberCreatePayload | None:
        member = await service.create_member(
            info.context.actor, name=given.name, email=given.email, role=_read(given.role)
        )
        return MemberCreatePayload(member_key=member)

    @resolved(permission=ADMIN, description="Change a member's name, address or role.")
    async def member_update(
        self, info: strawberry.Info, member_id: MemberId, given: Given[MemberUpdateInput]
    ) -> MemberUpdatePayload | None:
        member = read_id(member_id, "id", "Member")
        await service.update_member(
            info.context.actor,
            member,
            name=given.name.value if given.name else None,
            email=given.email.value if given.email else None,
            role=_read(given.role.value) if given.role else None,
        )
        return MemberUpdatePayload(member_key=member)

    @resolved(
        permission=ADMIN,
        description="Note that a member has left: their keys open nothing more.",
    )
    async def member_release(
        self, info: strawberry.Info, member_id: MemberId
    ) -> MemberReleasePayload | None:
        member = read_id(member_id, "id", "Member")
        await service.release_member(info.context.actor, member)
        return MemberReleasePayload(member_key=member)


def _read(given: MemberRole) -> Role:
    return Role(str(given.value))
