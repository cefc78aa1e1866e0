"""Changes of channels."""

import strawberry

from touchline.domain.channels import ruling
from touchline.domain.channels.renaming import rename_channel
from touchline.domain.channels.rules import Rule
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.made import made_id
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.channels.inputs import (
    ChannelRenameInput,
    ChannelRuleInput,
    ChannelRulesSetInput,
)
from touchline.graphql.channels.payloads import ChannelRenamePayload, ChannelRulesSetPayload
from touchline.graphql.channels.types import ChannelChange


@strawberry.type(description="Changes of channels.")
class ChannelMutation:
    """Part of the mutation root."""

    @resolved(
        permission=WRITE,
        cost=50,
        description=(
            "Say by which rules touchpoints get their channel. A worker brings the list into force "
            "for past and future at once; with `dryRun` it is only said what would change. The "
            "list that was sent last makes no new version."
        ),
    )
    async def channel_rules_set(
        self, info: strawberry.Info, given: Given[ChannelRulesSetInput]
    ) -> ChannelRulesSetPayload | None:
        rules = [_rule(one) for one in given.rules]
        run, expected = None, given.expected_version
        if given.dry_run:
            outlook = await ruling.preview_rules(
                info.context.actor, rules, expected_version=expected
            )
        else:
            run, outlook = await ruling.set_rules(
                info.context.actor, rules, expected_version=expected
            )
        changes = [_change(one) for one in outlook.changes]
        return ChannelRulesSetPayload(run_key=run, changes=changes, idle_rules=[*outlook.idle])

    @resolved(
        permission=WRITE,
        description=(
            "Call a channel by another name, in the rules too. Who names it as before still means "
            "it."
        ),
    )
    async def channel_rename(
        self, info: strawberry.Info, given: Given[ChannelRenameInput]
    ) -> ChannelRenamePayload | None:
        channel = read_id(given.id, "input.id", "Channel")
        await rename_channel(info.context.actor, channel, given.name)
        return ChannelRenamePayload(channel_key=channel)


def _rule(given: ChannelRuleInput) -> Rule:
    return Rule(
        given.channel,
        explicit=bool(given.explicit),
        sources=tuple(given.sources or ()),
        mediums=tuple(given.mediums or ()),
        campaigns=tuple(given.campaigns or ()),
        click_ids=tuple(given.click_ids or ()),
        referrers=tuple(given.referrers or ()),
        events=tuple(given.events or ()),
        types=tuple(given.types or ()),
    )


def _change(one: ruling.Change) -> ChannelChange:
    return ChannelChange(
        id=made_id("channel change", one.name),
        channel_key=one.channel,
        name=one.name,
        before=one.before,
        after=one.after,
    )
