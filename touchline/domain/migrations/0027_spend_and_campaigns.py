from tortoise import migrations
from tortoise.migrations import operations as ops
from touchline.domain.kernel.fields import MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0026_members")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Budget",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("channel_id", fields.BigIntField(null=True)),
                ("campaign", fields.TextField(unique=False)),
                ("first_day", fields.IntField()),
                ("last_day", fields.IntField()),
                ("amount_minor", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
            ],
            options={
                "table": "budget",
                "app": "touchline",
                "indexes": [Index(fields=["first_day", "id"])],
                "pk_attr": "id",
                "table_description": "What may be spent from one day to another, on a channel, a campaign, both or all there is.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("name", fields.TextField(unique=False)),
                ("name_key", fields.CharField(unique=True, max_length=200)),
                ("aim", fields.TextField(null=True, unique=False)),
                ("first_day", fields.IntField(null=True)),
                ("last_day", fields.IntField(null=True)),
                ("version", fields.IntField(default=1)),
                ("actor_name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
                ("updated_at", MomentField()),
                ("archived_at", MomentField(null=True)),
            ],
            options={
                "table": "campaign",
                "app": "touchline",
                "indexes": [Index(fields=["created_at", "id"])],
                "pk_attr": "id",
                "table_description": "An undertaking of marketing. Days are in UTC, from 1970, and null where it is open.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CampaignAsset",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("campaign_id", fields.BigIntField()),
                ("asset_id", fields.BigIntField()),
            ],
            options={
                "table": "campaign_asset",
                "app": "touchline",
                "unique_together": (("campaign_id", "asset_id"),),
                "indexes": [Index(fields=["asset_id"])],
                "pk_attr": "id",
                "table_description": "An asset that a campaign uses.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CampaignName",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("campaign_id", fields.BigIntField()),
                ("name", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "campaign_name",
                "app": "touchline",
                "indexes": [Index(fields=["campaign_id", "id"])],
                "pk_attr": "id",
                "table_description": "A name by which links, touchpoints and spend speak of a campaign, in one case.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ChannelSpend",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("channel_id", fields.BigIntField()),
                ("campaign", fields.TextField(unique=False)),
                ("day", fields.IntField()),
                ("source", fields.CharField(max_length=100)),
                ("amount_minor", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("actor_name", fields.TextField(unique=False)),
                ("recorded_at", MomentField()),
            ],
            options={
                "table": "channel_spend",
                "app": "touchline",
                "unique_together": (("channel_id", "day", "campaign", "source"),),
                "indexes": [Index(fields=["day", "id"]), Index(fields=["campaign", "day"])],
                "pk_attr": "id",
                "table_description": "What a source of figures says was spent on a channel and campaign on a day (UTC, from 1970).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ChannelSpendChange",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("spend_id", fields.BigIntField()),
                ("amount_minor", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("actor_name", fields.TextField(unique=False)),
                ("recorded_at", MomentField()),
            ],
            options={
                "table": "channel_spend_change",
                "app": "touchline",
                "indexes": [Index(fields=["spend_id", "recorded_at", "id"])],
                "pk_attr": "id",
                "table_description": "A figure as it was recorded once: the history of ``channel_spend``.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="TrackedLink",
            index=Index(fields=["utm_campaign"]),
        ),
    ]
