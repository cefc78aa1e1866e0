"""What others may read of links and publications."""

from touchline.domain.content.relations import CONTENT_ASSET, CONTENT_STEP
from touchline.domain.kernel.relations import key, moment, number, relation, text

_ENDED_AT = (
    f"SELECT max(taken.taken_at) FROM {CONTENT_STEP.table} taken"
    f" JOIN {CONTENT_ASSET.table} shown ON shown.id = taken.asset_id"
    " WHERE taken.asset_id = {t}.asset_id AND taken.act = 'UNPUBLISH'"
    " AND taken.taken_at >= {t}.published_at AND shown.published_version_id IS NULL"
)

LINK_HOST = relation("link_host", key(), text("host"), text("actor_name"), moment("created_at"))

TRACKED_LINK = relation(
    "tracked_link",
    key(),
    text("code"),
    text("url"),
    text("pixel_url", sql="(replace({t}.url, '/l/', '/o/') || '.gif')"),
    text("destination"),
    text("target"),
    text("utm_source", nullable=True),
    text("utm_medium", nullable=True),
    text("utm_campaign", nullable=True),
    text("utm_term", nullable=True),
    text("utm_content", nullable=True),
    key("asset_id", nullable=True),
    key("channel_id", nullable=True),
    text("actor_name"),
    moment("created_at"),
    moment("disabled_at", nullable=True),
)

PUBLICATION = relation(
    "(SELECT p.id, p.asset_id, p.version, p.channel_id, p.link_id, p.actor_name, p.published_at,"
    " l.destination, l.url FROM publication p JOIN tracked_link l ON l.id = p.link_id)",
    key(),
    key("asset_id"),
    number("version"),
    key("channel_id"),
    key("link_id"),
    text("actor_name"),
    moment("published_at"),
    moment("ended_at", nullable=True, sql=_ENDED_AT),
    text("destination"),
    text("url"),
)

UTM_NAME_RULE = relation(
    "utm_name_rule",
    key(),
    text("part"),
    text("patterns"),
    text("actor_name"),
    moment("changed_at"),
)
