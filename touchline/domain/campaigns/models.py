"""Tables of campaigns."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import MomentField


class Campaign(Model):
    """An undertaking of marketing. Days are in UTC, from 1970, and null where it is open."""

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    name_key = fields.CharField(max_length=200, unique=True)
    aim = fields.TextField(null=True)
    first_day = fields.IntField(null=True)
    last_day = fields.IntField(null=True)
    version = fields.IntField(default=1)
    actor_name = fields.TextField()
    created_at = MomentField()
    updated_at = MomentField()
    archived_at = MomentField(null=True)

    class Meta:
        table = "campaign"
        indexes = (("created_at", "id"),)


class CampaignName(Model):
    """A name by which links, touchpoints and spend speak of a campaign, in one case."""

    id = fields.BigIntField(primary_key=True)
    campaign_id = fields.BigIntField()
    name = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "campaign_name"
        indexes = (("campaign_id", "id"),)


class CampaignAsset(Model):
    """An asset that a campaign uses."""

    id = fields.BigIntField(primary_key=True)
    campaign_id = fields.BigIntField()
    asset_id = fields.BigIntField()

    class Meta:
        table = "campaign_asset"
        unique_together = (("campaign_id", "asset_id"),)
        indexes = (("asset_id",),)
