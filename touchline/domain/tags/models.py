"""Tables of tags."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import JsonField, MomentField


class Tag(Model):
    """A word that can be said of customers. ``name_key`` is the name in one case."""

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    name_key = fields.CharField(max_length=200, unique=True)
    category = fields.TextField(null=True)
    color = fields.CharField(max_length=7, null=True)
    description = fields.TextField(null=True)
    customer_count = fields.BigIntField(default=0)
    created_at = MomentField()

    class Meta:
        table = "tag"
        indexes = (("name", "id"),)


class TagWord(Model):
    """The last that a person said of a tag and a customer, kept with the customer it was said of.

    A merge takes it along and an unmerge leaves it, for ``customer_id`` never changes.
    """

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    tag_id = fields.BigIntField()
    word = fields.CharField(max_length=10)
    actor_name = fields.TextField()
    said_at = MomentField()
    expires_at = MomentField(null=True)

    class Meta:
        table = "tag_word"
        unique_together = (("customer_id", "tag_id"),)
        indexes = (("tag_id",),)


class TagRule(Model):
    """When customers get a tag by themselves: as it is written now, and the version in force.

    While ``building_version`` is held against all customers, that in force stays so.
    """

    id = fields.BigIntField(primary_key=True)
    tag_id = fields.BigIntField()
    name = fields.TextField()
    status = fields.CharField(max_length=10)
    version = fields.IntField()
    effect = fields.CharField(max_length=20)
    condition = JsonField()
    condition_summary = fields.TextField(db_default="")
    published_version = fields.IntField(null=True)
    published_effect = fields.CharField(max_length=20, null=True)
    published_condition = JsonField(null=True)
    building_version = fields.IntField(null=True)
    build_id = fields.BigIntField(null=True)
    task_id = fields.BigIntField(null=True)
    matched_count = fields.BigIntField(default=0)
    actor_name = fields.TextField()
    created_at = MomentField()
    updated_at = MomentField()

    class Meta:
        table = "tag_rule"
        indexes = (("tag_id",), ("name", "id"))


class TagRuleVersion(Model):
    """A rule as it was written once, by whom, and when it came into force if it did."""

    id = fields.BigIntField(primary_key=True)
    rule_id = fields.BigIntField()
    version = fields.IntField()
    effect = fields.CharField(max_length=20)
    condition = JsonField()
    actor_name = fields.TextField()
    created_at = MomentField()
    published_at = MomentField(null=True)

    class Meta:
        table = "tag_rule_version"
        unique_together = (("rule_id", "version"),)


class TagHold(Model):
    """A rule says a tag of a customer: since when, by which version and which touchpoint."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    tag_id = fields.BigIntField()
    rule_id = fields.BigIntField()
    rule_version = fields.IntField()
    touchpoint_id = fields.BigIntField(null=True)
    since = MomentField()

    class Meta:
        table = "tag_hold"
        unique_together = (("customer_id", "rule_id"),)
        indexes = (("rule_id",), ("tag_id",))


class TagReport(Model):
    """A source says a tag of a customer: since when, by which touchpoint."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    tag_id = fields.BigIntField()
    source_id = fields.BigIntField()
    touchpoint_id = fields.BigIntField()
    since = MomentField()

    class Meta:
        table = "tag_report"
        unique_together = (("customer_id", "tag_id", "source_id"),)
        indexes = (("tag_id",),)


class CustomerTag(Model):
    """A tag of a customer that stands, and why: what persons, rules and sources say, weighed."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    tag_id = fields.BigIntField()
    state = fields.CharField(max_length=10)
    is_on = fields.BooleanField()
    set_at = MomentField()
    expires_at = MomentField(null=True)
    rule_id = fields.BigIntField(null=True)
    rule_version = fields.IntField(null=True)
    actor_name = fields.TextField(null=True)
    touchpoint_id = fields.BigIntField(null=True)
    source_id = fields.BigIntField(null=True)

    class Meta:
        table = "customer_tag"
        unique_together = (("customer_id", "tag_id"),)
        indexes = (("tag_id", "is_on", "customer_id"),)


class TagRank(Model):
    """Where a customer who has a tag stands in a list: ``customer_rank`` by tag, in one index."""

    id = fields.BigIntField(primary_key=True)
    list_id = fields.BigIntField()
    tag_id = fields.BigIntField()
    customer_id = fields.BigIntField()
    rank = fields.BigIntField()

    class Meta:
        table = "tag_rank"
        unique_together = (("customer_id", "tag_id", "list_id"),)
        indexes = (("list_id", "tag_id", "rank", "customer_id"),)


class TagWeighed(Model):
    """How a tag is to stand with customers, while all of them are weighed anew.

    Empty between two transactions.
    """

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    tag_id = fields.BigIntField()
    state = fields.CharField(max_length=10)
    is_on = fields.BooleanField()
    set_at = MomentField()
    expires_at = MomentField(null=True)
    rule_id = fields.BigIntField(null=True)
    rule_version = fields.IntField(null=True)
    actor_name = fields.TextField(null=True)
    touchpoint_id = fields.BigIntField(null=True)
    source_id = fields.BigIntField(null=True)

    class Meta:
        table = "tag_weighed"
        unique_together = (("tag_id", "customer_id"),)
