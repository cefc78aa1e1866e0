"""Tables of links and publications."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import DigestField, MomentField


class LinkHost(Model):
    """A host to which tracked links may lead."""

    id = fields.BigIntField(primary_key=True)
    host = fields.CharField(max_length=253, unique=True)
    actor_name = fields.TextField()
    created_at = MomentField()

    class Meta:
        table = "link_host"


class TrackedLink(Model):
    """A short link. ``target`` is the destination with the campaign in its address."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=20, unique=True)
    url = fields.TextField()
    destination = fields.TextField()
    target = fields.TextField()
    utm_source = fields.TextField(null=True)
    utm_medium = fields.TextField(null=True)
    utm_campaign = fields.TextField(null=True)
    utm_term = fields.TextField(null=True)
    utm_content = fields.TextField(null=True)
    source_id = fields.BigIntField()
    asset_id = fields.BigIntField(null=True)
    channel_id = fields.BigIntField(null=True)
    actor_name = fields.TextField()
    created_at = MomentField()
    disabled_at = MomentField(null=True)

    class Meta:
        table = "tracked_link"
        indexes = (("created_at", "id"), ("asset_id",), ("utm_campaign",))


class Publication(Model):
    """An asset was published on a channel, where people get by a tracked link."""

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    version = fields.IntField()
    channel_id = fields.BigIntField()
    link_id = fields.BigIntField()
    actor_name = fields.TextField()
    published_at = MomentField()

    class Meta:
        table = "publication"
        indexes = (("asset_id", "published_at", "id"), ("channel_id",))


class ContentAddress(Model):
    """At an address, known by its digest, an asset is to be found: the first that was published."""

    address = DigestField(primary_key=True)
    asset_id = fields.BigIntField()

    class Meta:
        table = "content_address"


class UtmNameRule(Model):
    """What names a part of campaigns may have: patterns with blanks between."""

    id = fields.BigIntField(primary_key=True)
    part = fields.CharField(max_length=20, unique=True)
    patterns = fields.TextField()
    actor_name = fields.TextField()
    changed_at = MomentField()

    class Meta:
        table = "utm_name_rule"
