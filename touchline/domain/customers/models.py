"""Tables of customers, their traits and their accounts."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import DigestField, JsonField, MomentField


class Customer(Model):
    """A person. After a merge the younger row stays and points to the survivor."""

    id = fields.BigIntField(primary_key=True)
    display_name = fields.TextField()
    known_as = fields.TextField(default="")
    is_identified = fields.BooleanField(default=False)
    first_seen_at = MomentField()
    last_seen_at = MomentField()
    created_at = MomentField()
    account_id = fields.BigIntField(null=True)
    merged_into_id = fields.BigIntField(null=True)

    class Meta:
        table = "customer"
        indexes = (
            ("last_seen_at", "id"),
            ("first_seen_at", "id"),
            ("created_at", "id"),
            ("display_name", "id"),
            ("account_id",),
            ("merged_into_id",),
        )


class CustomerList(Model):
    """All customers, sorted by score. One list is shown, others are being made for it to follow."""

    id = fields.BigIntField(primary_key=True)
    is_shown = fields.BooleanField()

    class Meta:
        table = "customer_list"


class CustomerRank(Model):
    """Where a customer stands in a list, the greatest rank first. Without a score it is 0."""

    id = fields.BigIntField(primary_key=True)
    list_id = fields.BigIntField()
    customer_id = fields.BigIntField()
    rank = fields.BigIntField()

    class Meta:
        table = "customer_rank"
        unique_together = (("customer_id", "list_id"),)
        indexes = (("list_id", "rank", "customer_id"),)


class TraitAssertion(Model):
    """Somebody said that a trait has a value (``null``: that it has none), from first to last."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    link_id = fields.BigIntField(null=True)
    name = fields.TextField()
    value = JsonField(null=True)
    level = fields.SmallIntField()
    source_id = fields.BigIntField(null=True)
    actor_name = fields.TextField(null=True)
    touchpoint_id = fields.BigIntField()
    first_observed_at = MomentField()
    last_observed_at = MomentField()
    digest = DigestField(unique=True)

    class Meta:
        table = "trait_assertion"
        indexes = (("customer_id", "name"),)


class Trait(Model):
    """The value of a trait that holds now: the winner among the assertions."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    name = fields.TextField()
    value = JsonField()
    level = fields.SmallIntField()
    source_id = fields.BigIntField(null=True)
    actor_name = fields.TextField(null=True)
    touchpoint_id = fields.BigIntField()
    observed_at = MomentField()

    class Meta:
        table = "trait"
        unique_together = (("customer_id", "name"),)


class Account(Model):
    """A company: named by a group call, or by the e-mail domain of its people.

    One of a domain is part of the account that states this domain as its own.
    """

    id = fields.BigIntField(primary_key=True)
    digest = DigestField(unique=True)
    key = fields.TextField(null=True)
    domain = fields.TextField(null=True)
    name = fields.TextField()
    created_at = MomentField()
    part_of_id = fields.BigIntField(null=True)

    class Meta:
        table = "account"
        indexes = (("name", "id"), ("domain",))


class AccountTrait(Model):
    """What is known of an account. Within a name the latest wins."""

    id = fields.BigIntField(primary_key=True)
    account_id = fields.BigIntField()
    name = fields.TextField()
    value = JsonField()
    source_id = fields.BigIntField(null=True)
    touchpoint_id = fields.BigIntField()
    observed_at = MomentField()

    class Meta:
        table = "account_trait"
        unique_together = (("account_id", "name"),)


class AccountMembership(Model):
    """A customer belongs to an account: said by a group call, or by an e-mail domain."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    link_id = fields.BigIntField()
    account_id = fields.BigIntField()
    kind = fields.CharField(max_length=10)
    first_at = MomentField()
    last_at = MomentField()

    class Meta:
        table = "account_membership"
        unique_together = (("link_id", "account_id", "kind"),)
        indexes = (("customer_id",), ("account_id",))
