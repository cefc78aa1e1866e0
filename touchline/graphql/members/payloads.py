"""Answers to changes of members."""

from enum import Enum

import strawberry

from touchline.domain.members.errors import MemberErrorCode as Code
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.members.types import Member
from touchline.graphql.payload import Answer


@strawberry.enum(description="Why a change of a member is refused.")
class MemberErrorCode(Enum):
    """The codes of the capability, described."""

    MEMBER_NOT_FOUND = strawberry.enum_value(
        Code.MEMBER_NOT_FOUND, description="There is no member with this id."
    )
    MEMBER_GONE = strawberry.enum_value(
        Code.MEMBER_GONE, description="The member has left the team."
    )
    NAME_BLANK = strawberry.enum_value(Code.NAME_BLANK, description="The name is empty.")
    NAME_TOO_LONG = strawberry.enum_value(Code.NAME_TOO_LONG, description="The name is too long.")
    EMAIL_INVALID = strawberry.enum_value(
        Code.EMAIL_INVALID, description="It is no e-mail address."
    )
    EMAIL_TAKEN = strawberry.enum_value(
        Code.EMAIL_TAKEN, description="Another member has this address."
    )


@mendable("a change of a member")
class MemberUserError(UserError):
    """The user error of the capability."""

    code: MemberErrorCode = attribute(description="What is wrong.")


@answer_to("memberCreate", "memberUpdate", "memberRelease")
class MemberAnswer(Answer):
    """A member after a change."""

    member_key: strawberry.Private[int | None] = None
    member: Member | None = kept("member_key", description="The member as it is now.")
    user_errors: list[MemberUserError] = refusals()


@answer_to("memberCreate")
class MemberCreatePayload(MemberAnswer):
    """The new member."""


@answer_to("memberUpdate")
class MemberUpdatePayload(MemberAnswer):
    """The member with the changes."""


@answer_to("memberRelease")
class MemberReleasePayload(MemberAnswer):
    """The member who left."""
