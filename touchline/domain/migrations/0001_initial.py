from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from touchline.domain.kernel.fields import DigestField, JsonField, MomentField


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("digest", DigestField(unique=True)),
                ("key", fields.TextField(null=True, unique=False)),
                ("domain", fields.TextField(null=True, unique=False)),
                ("name", fields.TextField(unique=False)),
                ("created_at", MomentField()),
            ],
            options={
                "table": "account",
                "app": "touchline",
                "indexes": [Index(fields=["name", "id"])],
                "pk_attr": "id",
                "table_description": "A company: named by a group call, or by the e-mail domain of its people.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AccountMembership",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("link_id", fields.BigIntField()),
                ("account_id", fields.BigIntField()),
                ("kind", fields.CharField(max_length=10)),
                ("first_at", MomentField()),
                ("last_at", MomentField()),
            ],
            options={
                "table": "account_membership",
                "app": "touchline",
                "unique_together": (("link_id", "account_id", "kind"),),
                "indexes": [Index(fields=["customer_id"]), Index(fields=["account_id"])],
                "pk_attr": "id",
                "table_description": "A customer belongs to an account: said by a group call, or by an e-mail domain.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AccountTrait",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("account_id", fields.BigIntField()),
                ("name", fields.TextField(unique=False)),
                ("value", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("source_id", fields.BigIntField(null=True)),
                ("touchpoint_id", fields.BigIntField()),
                ("observed_at", MomentField()),
            ],
            options={
                "table": "account_trait",
                "app": "touchline",
                "unique_together": (("account_id", "name"),),
                "pk_attr": "id",
                "table_description": "What is known of an account. Within a name the latest wins.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Customer",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("display_name", fields.TextField(unique=False)),
                ("known_as", fields.TextField(default="", unique=False)),
                ("is_identified", fields.BooleanField(default=False)),
                ("first_seen_at", MomentField()),
                ("last_seen_at", MomentField()),
                ("created_at", MomentField()),
                ("account_id", fields.BigIntField(null=True)),
                ("merged_into_id", fields.BigIntField(null=True)),
            ],
            options={
                "table": "customer",
                "app": "touchline",
                "indexes": [
                    Index(fields=["last_seen_at", "id"]),
                    Index(fields=["first_seen_at", "id"]),
                    Index(fields=["created_at", "id"]),
                    Index(fields=["display_name", "id"]),
                    Index(fields=["account_id"]),
                ],
                "pk_attr": "id",
                "table_description": "A person. After a merge the younger row stays and points to the survivor.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Receipt",
            fields=[
                ("digest", DigestField(primary_key=True, unique=True, db_index=True)),
            ],
            options={
                "table": "receipt",
                "app": "touchline",
                "pk_attr": "digest",
                "table_description": "Proof that a message of a source was stored: a digest of both, kept for ever.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Touchpoint",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("link_id", fields.BigIntField(null=True)),
                ("source_id", fields.BigIntField(null=True)),
                ("message_id", fields.TextField(unique=False)),
                ("type", fields.CharField(max_length=20)),
                ("name", fields.TextField(unique=False)),
                ("summary", fields.TextField(unique=False)),
                ("occurred_at", MomentField()),
                ("received_at", MomentField()),
                ("clock", fields.CharField(max_length=10)),
                ("properties", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("context", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("extra", JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("device", JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("actor_name", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "touchpoint",
                "app": "touchline",
                "indexes": [
                    Index(fields=["customer_id", "occurred_at", "id"]),
                    Index(fields=["occurred_at", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "One thing that happened, as it was told. Only ``customer_id`` ever changes (identity).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Trait",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("name", fields.TextField(unique=False)),
                ("value", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("level", fields.SmallIntField()),
                ("source_id", fields.BigIntField(null=True)),
                ("actor_name", fields.TextField(null=True, unique=False)),
                ("touchpoint_id", fields.BigIntField()),
                ("observed_at", MomentField()),
            ],
            options={
                "table": "trait",
                "app": "touchline",
                "unique_together": (("customer_id", "name"),),
                "pk_attr": "id",
                "table_description": "The value of a trait that holds now: the winner among the assertions.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TraitAssertion",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("link_id", fields.BigIntField(null=True)),
                ("name", fields.TextField(unique=False)),
                ("value", JsonField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("level", fields.SmallIntField()),
                ("source_id", fields.BigIntField(null=True)),
                ("actor_name", fields.TextField(null=True, unique=False)),
                ("touchpoint_id", fields.BigIntField()),
                ("first_observed_at", MomentField()),
                ("last_observed_at", MomentField()),
                ("digest", DigestField(unique=True)),
            ],
            options={
                "table": "trait_assertion",
                "app": "touchline",
                "indexes": [Index(fields=["customer_id", "name"])],
                "pk_attr": "id",
                "table_description": "Somebody said that a trait has a value (``null``: that it has none), from first to last.",
            },
            bases=["Model"],
        ),
    ]
