"""The words of content."""

from enum import Enum

import strawberry

from touchline.domain.content.types import Act, AssetKind, AssetRelation, AssetStatus, SlotRule


@strawberry.enum(description="What sort of content an asset is.")
class ContentKind(Enum):
    """The kinds, described."""

    ARTICLE = strawberry.enum_value(AssetKind.ARTICLE.value, description="A text to read.")
    CASE_STUDY = strawberry.enum_value(
        AssetKind.CASE_STUDY.value, description="What a customer did, told by us."
    )
    EMAIL = strawberry.enum_value(AssetKind.EMAIL.value, description="A mailing.")
    INFOGRAPHIC = strawberry.enum_value(
        AssetKind.INFOGRAPHIC.value, description="A picture that explains."
    )
    LANDING_PAGE = strawberry.enum_value(
        AssetKind.LANDING_PAGE.value, description="A page to arrive at."
    )
    MINI_PROGRAM_PAGE = strawberry.enum_value(
        AssetKind.MINI_PROGRAM_PAGE.value, description="A page of a WeChat mini-program."
    )
    PODCAST = strawberry.enum_value(AssetKind.PODCAST.value, description="Something to hear.")
    PRESS_RELEASE = strawberry.enum_value(
        AssetKind.PRESS_RELEASE.value, description="A word to the press."
    )
    SOCIAL_POST = strawberry.enum_value(
        AssetKind.SOCIAL_POST.value, description="A post on a social network."
    )
    VIDEO = strawberry.enum_value(AssetKind.VIDEO.value, description="Something to watch.")
    WEBINAR = strawberry.enum_value(
        AssetKind.WEBINAR.value, description="A talk over the network, live or recorded."
    )
    WHITE_PAPER = strawberry.enum_value(
        AssetKind.WHITE_PAPER.value, description="A document to study."
    )
    OTHER = strawberry.enum_value(AssetKind.OTHER.value, description="None of these.")


@strawberry.enum(description="Where the newest version of an asset stands on its way to readers.")
class ContentStatus(Enum):
    """The states, described."""

    DRAFT = strawberry.enum_value(AssetStatus.DRAFT.value, description="It is being written.")
    IN_REVIEW = strawberry.enum_value(
        AssetStatus.IN_REVIEW.value, description="Somebody is to approve or reject it."
    )
    APPROVED = strawberry.enum_value(AssetStatus.APPROVED.value, description="It may be published.")
    SCHEDULED = strawberry.enum_value(
        AssetStatus.SCHEDULED.value, description="It is published by itself at an instant."
    )
    PUBLISHED = strawberry.enum_value(AssetStatus.PUBLISHED.value, description="Readers see it.")
    UNPUBLISHED = strawberry.enum_value(
        AssetStatus.UNPUBLISHED.value, description="Readers saw it and see it no more."
    )
    ARCHIVED = strawberry.enum_value(
        AssetStatus.ARCHIVED.value, description="It is put away for good."
    )


@strawberry.enum(description="What was done with an asset.")
class ContentAct(Enum):
    """The acts, described."""

    WRITE = strawberry.enum_value(Act.WRITE.value, description="A version was written.")
    SUBMIT = strawberry.enum_value(Act.SUBMIT.value, description="It was given to review.")
    APPROVE = strawberry.enum_value(Act.APPROVE.value, description="It was approved.")
    REJECT = strawberry.enum_value(Act.REJECT.value, description="It was sent back.")
    SCHEDULE = strawberry.enum_value(Act.SCHEDULE.value, description="It got an instant.")
    UNSCHEDULE = strawberry.enum_value(
        Act.UNSCHEDULE.value, description="It was taken from the schedule."
    )
    PUBLISH = strawberry.enum_value(Act.PUBLISH.value, description="It was shown to readers.")
    UNPUBLISH = strawberry.enum_value(Act.UNPUBLISH.value, description="It was taken from readers.")
    ARCHIVE = strawberry.enum_value(Act.ARCHIVE.value, description="It was put away.")


@strawberry.enum(description="How an asset is made of another.")
class ContentRelation(Enum):
    """The relations, described."""

    ADAPTED = strawberry.enum_value(
        AssetRelation.ADAPTED.value, description="It says the same in another form."
    )
    TRANSLATED = strawberry.enum_value(
        AssetRelation.TRANSLATED.value, description="It says the same in another language."
    )
    EXCERPTED = strawberry.enum_value(
        AssetRelation.EXCERPTED.value, description="It is a part of it."
    )
    REMIXED = strawberry.enum_value(
        AssetRelation.REMIXED.value, description="It is put together of several."
    )
    FROM_TEMPLATE = strawberry.enum_value(
        AssetRelation.FROM_TEMPLATE.value, description="It took the other as its pattern."
    )


@strawberry.enum(description="What may be done with a slot of a template.")
class ContentSlotRule(Enum):
    """The rules, described."""

    LOCKED = strawberry.enum_value(SlotRule.LOCKED.value, description="Its text stays as it is.")
    CONTENT_ONLY = strawberry.enum_value(
        SlotRule.CONTENT_ONLY.value,
        description="Its words may change; headings, lists, links and pictures stay.",
    )
    EDITABLE = strawberry.enum_value(SlotRule.EDITABLE.value, description="Its text is free.")


@strawberry.enum(description="What a list of assets can be sorted by.")
class ContentAssetOrderField(Enum):
    """The values are columns of the relation of assets."""

    UPDATED = strawberry.enum_value("updated_at", description="When last something was done.")
    CREATED = strawberry.enum_value("created_at", description="When it was first written.")
    TITLE = strawberry.enum_value("title_key", description="The title, in one case.")
    READS = strawberry.enum_value("read_count", description="How often it was ever read.")
    CONVERSIONS = strawberry.enum_value(
        "conversion_count", description="How many conversions it ever had."
    )
