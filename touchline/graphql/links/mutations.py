"""Changes of links and publications."""

from typing import Annotated

import strawberry

from touchline.domain.links import service
from touchline.domain.links.naming import set_name_rule
from touchline.domain.links.publishing import add_publication
from touchline.domain.links.service import NewLink
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import ADMIN, WRITE
from touchline.graphql.links.inputs import (
    LinkHostAllowInput,
    PublicationCreateInput,
    TrackedLinkCreateInput,
    UtmNameRuleSetInput,
)
from touchline.graphql.links.payloads import (
    LinkHostAllowPayload,
    LinkHostDisallowPayload,
    PublicationCreatePayload,
    TrackedLinkCreatePayload,
    TrackedLinkDisablePayload,
    UtmNameRuleSetPayload,
)
from touchline.graphql.links.reading import read_place, read_utm

LinkId = Annotated[strawberry.ID, strawberry.argument(name="id", description="The id of the link.")]
HostId = Annotated[strawberry.ID, strawberry.argument(name="id", description="The id of the host.")]


@strawberry.type(description="Changes of links and publications.")
class LinkMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, description="Make a short link that tells of its clicks.")
    async def tracked_link_create(
        self, info: strawberry.Info, given: Given[TrackedLinkCreateInput]
    ) -> TrackedLinkCreatePayload | None:
        asset, channel = given.asset_id, given.channel_id
        new = NewLink(
            given.destination,
            info.context.public_url,
            read_utm(given.utm),
            None if asset is None else read_id(asset, "input.assetId", "ContentAsset"),
            None if channel is None else read_id(channel, "input.channelId", "Channel"),
        )
        link = await service.create_link(info.context.actor, new)
        return TrackedLinkCreatePayload(link_key=link)

    @resolved(permission=WRITE, description="Have a link lead nowhere; its clicks stay.")
    async def tracked_link_disable(
        self, info: strawberry.Info, link_id: LinkId
    ) -> TrackedLinkDisablePayload | None:
        link = read_id(link_id, "id", "TrackedLink")
        await service.disable_link(info.context.actor, link)
        return TrackedLinkDisablePayload(link_key=link)

    @resolved(
        permission=WRITE, description="Publish an asset that readers see on one more channel."
    )
    async def publication_create(
        self, info: strawberry.Info, given: Given[PublicationCreateInput]
    ) -> PublicationCreatePayload | None:
        publication = await add_publication(
            info.context.actor,
            read_id(given.asset_id, "input.assetId", "ContentAsset"),
            read_place(given, info.context.public_url, "input"),
        )
        return PublicationCreatePayload(publication_key=publication)

    @resolved(permission=ADMIN, description="Let tracked links lead to a host.")
    async def link_host_allow(
        self, info: strawberry.Info, given: Given[LinkHostAllowInput]
    ) -> LinkHostAllowPayload | None:
        host = await service.allow_host(info.context.actor, given.host)
        return LinkHostAllowPayload(host_key=host)

    @resolved(
        permission=ADMIN,
        description="Let no link lead to a host any more, those that exist included.",
    )
    async def link_host_disallow(
        self, info: strawberry.Info, host_id: HostId
    ) -> LinkHostDisallowPayload | None:
        host = read_id(host_id, "id", "LinkHost")
        return LinkHostDisallowPayload(host=await service.disallow_host(info.context.actor, host))

    @resolved(
        permission=ADMIN,
        description="Say what names a part of campaigns may have. Links that exist keep theirs.",
    )
    async def utm_name_rule_set(
        self, info: strawberry.Info, given: Given[UtmNameRuleSetInput]
    ) -> UtmNameRuleSetPayload | None:
        rule = await set_name_rule(info.context.actor, str(given.part.value), given.patterns)
        return UtmNameRuleSetPayload(rule_key=rule)
