"""The words of sources."""

from enum import Enum

import strawberry

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
