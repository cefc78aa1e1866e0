"""Answers to changes of links."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.links.enums import LinkErrorCode
from touchline.graphql.links.types import LinkHost, Publication, TrackedLink, UtmNameRule
from touchline.graphql.payload import Answer


@mendable("a change of links")
class LinkUserError(UserError):
    """The user error of the capability."""

    code: LinkErrorCode = attribute(description="What is wrong.")


@answer_to("trackedLinkCreate")
class TrackedLinkCreatePayload(Answer):
    """The new link."""

    user_errors: list[LinkUserError] = refusals()
    link_key: strawberry.Private[int | None] = None
    tracked_link: TrackedLink | None = kept("link_key", description="The new link.")


@answer_to("trackedLinkDisable")
class TrackedLinkDisablePayload(Answer):
    """The link, which leads nowhere."""

    user_errors: list[LinkUserError] = refusals()
    link_key: strawberry.Private[int | None] = None
    tracked_link: TrackedLink | None = kept("link_key", description="The link as it is now.")


@answer_to("publicationCreate")
class PublicationCreatePayload(Answer):
    """The new publication."""

    user_errors: list[LinkUserError] = refusals()
    publication_key: strawberry.Private[int | None] = None
    publication: Publication | None = kept("publication_key", description="The publication.")


@answer_to("linkHostAllow")
class LinkHostAllowPayload(Answer):
    """The host that was registered."""

    user_errors: list[LinkUserError] = refusals()
    host_key: strawberry.Private[int | None] = None
    link_host: LinkHost | None = kept("host_key", description="The host.")


@answer_to("linkHostDisallow")
class LinkHostDisallowPayload(Answer):
    """The host that is not registered any more."""

    user_errors: list[LinkUserError] = refusals()
    host: str | None = attribute(default=None, description="Where links may not lead any more.")


@answer_to("utmNameRuleSet")
class UtmNameRuleSetPayload(Answer):
    """The rule as it is now."""

    user_errors: list[LinkUserError] = refusals()
    rule_key: strawberry.Private[int | None] = None
    utm_name_rule: UtmNameRule | None = kept(
        "rule_key", description="The rule; null where any name will do."
    )
