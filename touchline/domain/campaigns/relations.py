"""What others may read of campaigns."""

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

CAMPAIGN_ASSET = relation("campaign_asset", key(), key("campaign_id"), key("asset_id"))

NAME_CONTAINS = Condition(
    "{t}.name_key LIKE {value} ESCAPE '!'", Kind.TEXT, prepare=contains_pattern
)
