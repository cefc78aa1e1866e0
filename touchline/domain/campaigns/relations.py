"""What others may read of campaigns."""

from touchline.domain.content.relations import CONTENT_ASSET
from touchline.domain.kernel.relations import (
    Condition,
    Kind,
    contains_pattern,
    key,
    moment,
    number,
    relation,
    text,
)
from touchline.domain.links.relations import TRACKED_LINK

CAMPAIGN = relation(
    "campaign",
    key(),
    text("name"),
    text("aim", nullable=True),
    number("first_day", nullable=True),
    number("last_day", nullable=True),
    number("version"),
    text("actor_name"),
    moment("created_at"),
    moment("updated_at"),
    moment("archived_at", nullable=True),
    standing="{t}.archived_at IS NULL",
)

CAMPAIGN_NAME = relation("campaign_name", key(), key("campaign_id"), text("name"))

ASSET_OF_CAMPAIGN = relation(
    f"(SELECT a.*, m.campaign_id FROM campaign_asset m JOIN {CONTENT_ASSET.table} a"
    " ON a.id = m.asset_id)",
    *CONTENT_ASSET.columns.values(),
    key("campaign_id"),
)

LINK_OF_CAMPAIGN = relation(
    f"(SELECT l.*, n.campaign_id FROM campaign_name n JOIN {TRACKED_LINK.table} l"
    " ON l.utm_campaign = n.name)",
    *TRACKED_LINK.columns.values(),
    key("campaign_id"),
)

NAME_CONTAINS = Condition(
    "{t}.name_key LIKE {value} ESCAPE '!'", Kind.TEXT, prepare=contains_pattern
)
