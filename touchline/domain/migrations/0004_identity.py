from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from touchline.domain.kernel.fields import DigestField, JsonField, MomentField
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("touchline", "0003_collect_and_sources")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Identifier",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField(null=True)),
                ("kind", fields.CharField(max_length=64)),
                ("value", fields.TextField(unique=False)),
                ("digest", DigestField(unique=True)),
                ("first_seen_at", MomentField()),
                ("last_seen_at", MomentField()),
            ],
            options={
                "table": "identifier",
                "app": "touchline",
                "indexes": [Index(fields=["customer_id", "kind"])],
                "pk_attr": "id",
                "table_description": "Something a customer is known by. Nobody owns what every link had to leave behind.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="IdentityDecision",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("kind", fields.CharField(max_length=10)),
                ("decided_at", MomentField()),
                ("actor_name", fields.TextField(unique=False)),
                ("reason", fields.TextField(null=True, unique=False)),
                ("revoked_at", MomentField(null=True)),
            ],
            options={
                "table": "identity_decision",
                "app": "touchline",
                "pk_attr": "id",
                "table_description": "What a person decided about identifiers. It holds until it is revoked.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="IdentityDecisionMember",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("decision_id", fields.BigIntField()),
                ("identifier_id", fields.BigIntField()),
                ("side", fields.SmallIntField()),
            ],
            options={
                "table": "identity_decision_member",
                "app": "touchline",
                "indexes": [Index(fields=["decision_id"]), Index(fields=["identifier_id"])],
                "pk_attr": "id",
                "table_description": "An identifier on one of the two sides of a decision.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="IdentityLink",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("customer_id", fields.BigIntField()),
                ("origin_id", fields.BigIntField()),
                ("digest", DigestField(unique=True)),
                ("first_at", MomentField()),
                ("refused", fields.BooleanField(default=False)),
            ],
            options={
                "table": "identity_link",
                "app": "touchline",
                "indexes": [Index(fields=["customer_id"])],
                "pk_attr": "id",
                "table_description": "Identifiers seen together. Touchpoints, assertions and memberships follow their link.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="IdentityLinkMember",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("link_id", fields.BigIntField()),
                ("identifier_id", fields.BigIntField()),
                ("dropped", fields.BooleanField(default=False)),
            ],
            options={
                "table": "identity_link_member",
                "app": "touchline",
                "unique_together": (("link_id", "identifier_id"),),
                "indexes": [Index(fields=["identifier_id"])],
                "pk_attr": "id",
                "table_description": "An identifier of a link, marked when the link could not bring it along.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="IdentityMerge",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("survivor_id", fields.BigIntField()),
                ("absorbed_id", fields.BigIntField()),
                ("merged_at", MomentField()),
                ("automatic", fields.BooleanField()),
                ("reason", fields.TextField(null=True, unique=False)),
                ("actor_name", fields.TextField(null=True, unique=False)),
                ("decision_id", fields.BigIntField(null=True)),
                ("entry_id", fields.BigIntField(null=True)),
                ("survivor_side", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("absorbed_side", JsonField(encoder=JSON_DUMPS, decoder=loads)),
                ("undone_at", MomentField(null=True)),
            ],
            options={
                "table": "identity_merge",
                "app": "touchline",
                "indexes": [Index(fields=["survivor_id"]), Index(fields=["absorbed_id"])],
                "pk_attr": "id",
                "table_description": "Two customers that stood became one, by a rule (`automatic`) or by a decision.",
            },
            bases=["Model"],
        ),
    ]
