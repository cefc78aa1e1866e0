"""The words of sources."""

from enum import Enum

import strawberry

from touchline.domain.kernel.errors import CommonCode
from touchline.domain.sources.errors import SourceErrorCode as Code
from touchline.domain.sources.types import SourceKind as Kind


@strawberry.enum(description="What sort of thing a source is.")
class SourceKind(Enum):
    """The kinds of the capability, described."""

    WEBSITE = strawberry.enum_value(Kind.WEBSITE.value, description="A web site or a shop.")
    APP = strawberry.enum_value(Kind.APP.value, description="An app on a device.")
    SERVER = strawberry.enum_value(Kind.SERVER.value, description="A server or another system.")
    FORM = strawberry.enum_value(
        Kind.FORM.value, description="A form; what it sends are the customer's own words."
    )
    IMPORT = strawberry.enum_value(Kind.IMPORT.value, description="A table that was imported.")


@strawberry.enum(description="Why a change of a source is refused.")
class SourceErrorCode(Enum):
    """The codes of the capability, described."""

    NOT_FOUND = strawberry.enum_value(
        CommonCode.NOT_FOUND, description="There is no source with this id."
    )
    NAME_BLANK = strawberry.enum_value(Code.NAME_BLANK, description="The name is empty.")
    NAME_TAKEN = strawberry.enum_value(
        Code.NAME_TAKEN, description="There is a source of this name already."
    )
    NAME_TOO_LONG = strawberry.enum_value(Code.NAME_TOO_LONG, description="The name is too long.")
    ALREADY_REVOKED = strawberry.enum_value(
        Code.ALREADY_REVOKED, description="The write key was revoked before."
    )
