"""What others may read of content."""

from touchline.domain.kernel.relations import (
    Condition,
    Kind,
    contains_pattern,
    document,
    equals,
    flag,
    key,
    moment,
    number,
    one_of,
    relation,
    text,
)

_NEWEST = (
    "SELECT written.body FROM content_version written"
    " WHERE written.asset_id = {t}.id AND written.number = {t}.version"
)
_IS_BEHIND = (
    "EXISTS (SELECT 1 FROM content_asset followed WHERE followed.id = {t}.original_id"
    " AND followed.version > {t}.translated_version)"
)

CONTENT_ASSET = relation(
    "content_asset",
    key(),
    text("slug"),
    text("language"),
    text("kind"),
    text("status"),
    text("title"),
    text("title_key"),
    number("version"),
    key("original_id", nullable=True),
    number("translated_version", nullable=True),
    flag("is_translation_stale", sql=_IS_BEHIND),
    key("template_id", nullable=True),
    key("published_version_id", nullable=True),
    moment("publish_at", nullable=True),
    key("family_id"),
    number("read_count"),
    number("conversion_count"),
    moment("created_at"),
    moment("updated_at"),
    text("body", sql=_NEWEST),
)

CONTENT_VERSION = relation(
    "content_version",
    key(),
    key("asset_id"),
    number("number"),
    text("title"),
    text("body"),
    text("body_html"),
    key("body_id", sql="({t}.id * 2)"),
    text("cover_url", nullable=True),
    document("attachments"),
    document("slots", nullable=True),
    text("actor_name"),
    moment("created_at"),
    moment("published_at", nullable=True),
)

# What readers see: the id of a row is that of its asset.
PUBLISHED_CONTENT = relation(
    "(SELECT a.id, a.slug, a.language, a.kind, v.number AS version, v.title, v.body, v.body_html,"
    " v.cover_url, v.attachments, v.published_at"
    " FROM content_asset a JOIN content_version v ON v.id = a.published_version_id)",
    key(),
    text("slug"),
    text("language"),
    text("kind"),
    number("version"),
    text("title"),
    text("body"),
    text("body_html"),
    key("body_id", sql="({t}.id * 2 + 1)"),
    text("cover_url", nullable=True),
    document("attachments"),
    moment("published_at"),
)

CONTENT_LINEAGE = relation(
    "content_lineage",
    key(),
    key("asset_id"),
    key("source_id"),
    text("relation"),
    text("actor_name"),
    moment("created_at"),
)

CONTENT_USE = relation(
    "content_ancestry",
    key(),
    key("asset_id"),
    key("ancestor_id"),
    flag(
        "is_direct",
        sql="EXISTS (SELECT 1 FROM content_lineage made WHERE made.asset_id = {t}.asset_id"
        " AND made.source_id = {t}.ancestor_id)",
    ),
)

# A family is known by the oldest asset in it.
CONTENT_FAMILY = relation(
    "content_asset",
    key(),
    number(
        "asset_count",
        sql="SELECT count(*) FROM content_asset kin WHERE kin.family_id = {t}.id",
    ),
    find="{t}.id = {value} AND {t}.family_id = {t}.id",
)

CONTENT_STEP = relation(
    "content_step",
    key(),
    key("asset_id"),
    number("version"),
    text("act"),
    text("status"),
    text("comment", nullable=True),
    text("actor_name"),
    moment("taken_at"),
)

CONTENT_TEMPLATE = relation(
    "content_template",
    key(),
    text("name"),
    text("kind"),
    document("slots"),
    text("actor_name"),
    moment("created_at"),
    moment("archived_at", nullable=True),
    standing="{t}.archived_at IS NULL",
)

TITLE_CONTAINS = Condition(
    "{t}.title_key LIKE {value} ESCAPE '!'", Kind.TEXT, prepare=contains_pattern
)
OF_KINDS = one_of("kind")
IN_STATUSES = one_of("status")
IN_LANGUAGE = equals("language")
IS_STALE = Condition(f"({_IS_BEHIND}) = {{value}}", Kind.BOOLEAN)
MADE_OF = equals("template_id", Kind.KEY)
"""Filters of assets."""
