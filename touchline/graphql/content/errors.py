"""Why a change of content is refused."""

from enum import Enum

import strawberry

from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.kernel.errors import CommonCode
from touchline.domain.links.errors import LinkErrorCode as LinkCode


@strawberry.enum(description="Why a change of content is refused.")
class ContentErrorCode(Enum):
    """The codes of the capability, described."""

    ASSET_NOT_FOUND = strawberry.enum_value(
        Code.ASSET_NOT_FOUND, description="There is no asset with this id."
    )
    TITLE_INVALID = strawberry.enum_value(
        Code.TITLE_INVALID, description="The title is empty or too long."
    )
    SLUG_INVALID = strawberry.enum_value(
        Code.SLUG_INVALID,
        description="The slug is not words of a to z and 0 to 9, or none can be made of the title.",
    )
    SLUG_TAKEN = strawberry.enum_value(
        Code.SLUG_TAKEN, description="There is an asset with this slug already."
    )
    LANGUAGE_INVALID = strawberry.enum_value(
        Code.LANGUAGE_INVALID, description="The language is no tag such as `en` or `zh-Hans`."
    )
    LANGUAGE_TAKEN = strawberry.enum_value(
        Code.LANGUAGE_TAKEN, description="There is a sibling in this language already."
    )
    BODY_INVALID = strawberry.enum_value(
        Code.BODY_INVALID, description="The body is too long, or comes from a template's slots."
    )
    ADDRESS_INVALID = strawberry.enum_value(
        Code.ADDRESS_INVALID, description="An address is not an absolute one by http or https."
    )
    ATTACHMENTS_INVALID = strawberry.enum_value(
        Code.ATTACHMENTS_INVALID, description="There are too many attachments, or one is untitled."
    )
    VERSION_UNKNOWN = strawberry.enum_value(
        Code.VERSION_UNKNOWN, description="The original has no such version."
    )
    COMMENT_INVALID = strawberry.enum_value(
        Code.COMMENT_INVALID, description="The comment is too long."
    )
    SOURCES_INVALID = strawberry.enum_value(
        Code.SOURCES_INVALID, description="No source is named, or there are too many."
    )
    SOURCE_KNOWN = strawberry.enum_value(
        Code.SOURCE_KNOWN, description="The asset is made of this source already."
    )
    SOURCE_UNKNOWN = strawberry.enum_value(
        Code.SOURCE_UNKNOWN, description="The asset is not made of this source."
    )
    LINEAGE_CYCLE = strawberry.enum_value(
        Code.LINEAGE_CYCLE, description="The source is itself made of the asset."
    )
    NOT_IN_REVIEW = strawberry.enum_value(
        Code.NOT_IN_REVIEW, description="Only what is in review can be approved or rejected."
    )
    NOT_APPROVED = strawberry.enum_value(
        Code.NOT_APPROVED, description="Only what was approved can be scheduled or published."
    )
    NOT_SCHEDULED = strawberry.enum_value(
        Code.NOT_SCHEDULED, description="It does not stand on the schedule."
    )
    NOT_PUBLISHED = strawberry.enum_value(Code.NOT_PUBLISHED, description="Readers do not see it.")
    STILL_PUBLISHED = strawberry.enum_value(
        Code.STILL_PUBLISHED, description="What readers see cannot be put away."
    )
    ALREADY_PUBLISHED = strawberry.enum_value(
        Code.ALREADY_PUBLISHED, description="The newest version is published already."
    )
    STEP_NOT_POSSIBLE = strawberry.enum_value(
        Code.STEP_NOT_POSSIBLE, description="This cannot be done where the asset stands."
    )
    TIME_PASSED = strawberry.enum_value(
        Code.TIME_PASSED, description="The instant of publication has passed."
    )
    TEMPLATE_NOT_FOUND = strawberry.enum_value(
        Code.TEMPLATE_NOT_FOUND, description="There is no template with this id in use."
    )
    TEMPLATE_INVALID = strawberry.enum_value(
        Code.TEMPLATE_INVALID, description="The template's name or slots are not well formed."
    )
    NAME_TAKEN = strawberry.enum_value(
        Code.NAME_TAKEN, description="There is a template of this name already."
    )
    SLOT_UNKNOWN = strawberry.enum_value(
        Code.SLOT_UNKNOWN, description="The template has no slot of this name."
    )
    SLOT_LOCKED = strawberry.enum_value(
        Code.SLOT_LOCKED, description="The text of the slot stays as it is."
    )
    SLOT_FORM_CHANGED = strawberry.enum_value(
        Code.SLOT_FORM_CHANGED, description="Only the words of the slot may change."
    )
    SLOT_TOO_LONG = strawberry.enum_value(
        Code.SLOT_TOO_LONG, description="The text of the slot is too long."
    )
    SLOT_TOO_SHORT = strawberry.enum_value(
        Code.SLOT_TOO_SHORT, description="The text of the slot is too short."
    )
    SLOT_LACKS_TOKEN = strawberry.enum_value(
        Code.SLOT_LACKS_TOKEN, description="Something that must stand in the slot does not."
    )
    DESTINATION_INVALID = strawberry.enum_value(
        LinkCode.DESTINATION_INVALID,
        description="The place is not an absolute address by http or https.",
    )
    DESTINATION_UNKNOWN = strawberry.enum_value(
        LinkCode.DESTINATION_UNKNOWN, description="The host of the place is not registered."
    )
    UTM_INVALID = strawberry.enum_value(
        LinkCode.UTM_INVALID, description="A name of the campaign breaks the rules for names."
    )
    UTM_INCOMPLETE = strawberry.enum_value(
        LinkCode.UTM_INCOMPLETE, description="The campaign lacks its source or its medium."
    )
    CHANNEL_NOT_FOUND = strawberry.enum_value(
        LinkCode.CHANNEL_NOT_FOUND, description="There is no channel with this id."
    )
    CONFLICT = strawberry.enum_value(
        CommonCode.CONFLICT, description="The asset is not at the expected version any more."
    )
