"""Tables of identity: who is known by what, why, and what people decided."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import DigestField, JsonField, MomentField


class Identifier(Model):
    """Something a customer is known by. Nobody owns what every link had to leave behind."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField(null=True)
    kind = fields.CharField(max_length=64)
    value = fields.TextField()
    digest = DigestField(unique=True)
    first_seen_at = MomentField()
    last_seen_at = MomentField()

    class Meta:
        table = "identifier"
        indexes = (("customer_id", "kind"),)


class IdentityLink(Model):
    """Identifiers seen together. Touchpoints, assertions and memberships follow their link.

    `origin_id` is the customer it first landed on; `refused`: it could not bring all its members.
    """

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    origin_id = fields.BigIntField()
    digest = DigestField(unique=True)
    first_at = MomentField()
    refused = fields.BooleanField(default=False)

    class Meta:
        table = "identity_link"
        indexes = (("customer_id", "first_at"),)


class IdentityLinkMember(Model):
    """An identifier of a link, marked when the link could not bring it along."""

    id = fields.BigIntField(primary_key=True)
    link_id = fields.BigIntField()
    identifier_id = fields.BigIntField()
    dropped = fields.BooleanField(default=False)

    class Meta:
        table = "identity_link_member"
        unique_together = (("link_id", "identifier_id"),)
        indexes = (("identifier_id",),)


class IdentityDecision(Model):
    """What a person decided about identifiers. It holds until it is revoked."""

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=10)
    decided_at = MomentField()
    actor_name = fields.TextField()
    reason = fields.TextField(null=True)
    revoked_at = MomentField(null=True)

    class Meta:
        table = "identity_decision"


class IdentityDecisionMember(Model):
    """An identifier on one of the two sides of a decision."""

    id = fields.BigIntField(primary_key=True)
    decision_id = fields.BigIntField()
    identifier_id = fields.BigIntField()
    side = fields.SmallIntField()

    class Meta:
        table = "identity_decision_member"
        indexes = (("decision_id",), ("identifier_id",))


class IdentityMerge(Model):
    """Two customers that stood became one, by a rule (`automatic`) or by a decision.

    The sides are ids of the identifiers each had at that moment; `entry_id` is the entry on the
    timeline that tells of a decision.
    """

    id = fields.BigIntField(primary_key=True)
    survivor_id = fields.BigIntField()
    absorbed_id = fields.BigIntField()
    merged_at = MomentField()
    automatic = fields.BooleanField()
    reason = fields.TextField(null=True)
    actor_name = fields.TextField(null=True)
    decision_id = fields.BigIntField(null=True)
    entry_id = fields.BigIntField(null=True)
    survivor_side = JsonField()
    absorbed_side = JsonField()
    undone_at = MomentField(null=True)

    class Meta:
        table = "identity_merge"
        indexes = (("survivor_id",), ("absorbed_id",))
