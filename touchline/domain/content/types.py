"""The words of content."""

from enum import StrEnum


class AssetKind(StrEnum):
    """What sort of content an asset is."""

    ARTICLE = "ARTICLE"
    CASE_STUDY = "CASE_STUDY"
    EMAIL = "EMAIL"
    INFOGRAPHIC = "INFOGRAPHIC"
    LANDING_PAGE = "LANDING_PAGE"
    MINI_PROGRAM_PAGE = "MINI_PROGRAM_PAGE"
    PODCAST = "PODCAST"
    PRESS_RELEASE = "PRESS_RELEASE"
    SOCIAL_POST = "SOCIAL_POST"
    VIDEO = "VIDEO"
    WEBINAR = "WEBINAR"
    WHITE_PAPER = "WHITE_PAPER"
    OTHER = "OTHER"


class AssetStatus(StrEnum):
    """Where the newest version of an asset stands on its way to readers."""

    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    APPROVED = "APPROVED"
    SCHEDULED = "SCHEDULED"
    PUBLISHED = "PUBLISHED"
    UNPUBLISHED = "UNPUBLISHED"
    ARCHIVED = "ARCHIVED"


class Act(StrEnum):
    """What is done with an asset."""

    WRITE = "WRITE"
    SUBMIT = "SUBMIT"
    APPROVE = "APPROVE"
    REJECT = "REJECT"
    SCHEDULE = "SCHEDULE"
    UNSCHEDULE = "UNSCHEDULE"
    PUBLISH = "PUBLISH"
    UNPUBLISH = "UNPUBLISH"
    ARCHIVE = "ARCHIVE"


class AssetRelation(StrEnum):
    """How an asset is made of another."""

    ADAPTED = "ADAPTED"
    TRANSLATED = "TRANSLATED"
    EXCERPTED = "EXCERPTED"
    REMIXED = "REMIXED"
    FROM_TEMPLATE = "FROM_TEMPLATE"


class SlotRule(StrEnum):
    """What may be done with a slot of a template."""

    LOCKED = "LOCKED"
    CONTENT_ONLY = "CONTENT_ONLY"
    EDITABLE = "EDITABLE"
