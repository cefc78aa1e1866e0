"""Tables of the backlog."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.backlog.cycle_models import Cycle, CycleImprovement, CycleItem, HuddleNote
from touchline.domain.kernel.fields import JsonField, MomentField, PresentIndex, RankField

_FOLLOWS = PresentIndex(fields=("based_on_id", "created_at", "id"))

__all__ = ["Cycle", "CycleImprovement", "CycleItem", "HuddleNote"]
"""Tables that stand in a file of their own; here is where tables are looked for."""


class Backlog(Model):
    """A list of work with one Owner. ``order_version`` counts how often it was ordered."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=100)
    name_key = fields.CharField(max_length=200, unique=True)
    owner_id = fields.BigIntField()
    order_version = fields.IntField(default=0)
    actor_name = fields.TextField()
    created_at = MomentField()

    class Meta:
        table = "backlog"


class BacklogItem(Model):
    """A piece of work. What stands in the ordered list has a ``rank`` of letters and digits, what
    does not has one that begins with a tilde and sorts behind.

    ``depends_on`` and ``asset_ids`` are keys. ``target_milli`` is in thousandths.
    """

    id = fields.BigIntField(primary_key=True)
    backlog_id = fields.BigIntField()
    title = fields.CharField(max_length=200)
    description = fields.TextField(null=True)
    kind = fields.CharField(max_length=20)
    state = fields.CharField(max_length=20)
    rank = RankField()
    effort = fields.IntField(null=True)
    customer_kind = fields.CharField(max_length=20, null=True)
    customer_level = fields.IntField(null=True)
    goal_id = fields.BigIntField(null=True)
    business_level = fields.IntField(null=True)
    urgency = fields.IntField(null=True)
    confidence = fields.IntField(null=True)
    hypothesis = fields.TextField(null=True)
    metric = fields.CharField(max_length=20, null=True)
    target_milli = fields.BigIntField(null=True)
    window_days = fields.IntField(null=True)
    verdict = fields.CharField(max_length=20, null=True)
    segment_id = fields.BigIntField(null=True)
    campaign_id = fields.BigIntField(null=True)
    asset_ids = JsonField()
    depends_on = JsonField()
    is_dependency_known = fields.BooleanField(default=False)
    missing = JsonField()
    blocked_since = MomentField(null=True)
    blocked_reason = fields.TextField(null=True)
    pulled_by_id = fields.BigIntField(null=True)
    proposed_by_id = fields.BigIntField(null=True)
    duplicate_of_id = fields.BigIntField(null=True)
    based_on_id = fields.BigIntField(null=True)
    created_at = MomentField()
    state_at = MomentField()
    launched_at = MomentField(null=True)
    closed_at = MomentField(null=True)

    class Meta:
        table = "backlog_item"
        unique_together = (("backlog_id", "rank"),)
        indexes = (("backlog_id", "state", "rank"), ("backlog_id", "created_at", "id"), _FOLLOWS)


class BacklogLog(Model):
    """What was done with an item: written once and never changed. States are told by it alone.

    ``mandate`` says by what right somebody acted who is not the Owner. Values may be keys;
    ``from_name`` and ``to_name`` are then what people called that when the line was written.
    """

    id = fields.BigIntField(primary_key=True)
    backlog_id = fields.BigIntField()
    item_id = fields.BigIntField()
    kind = fields.CharField(max_length=20)
    from_value = fields.TextField(null=True)
    to_value = fields.TextField(null=True)
    reason = fields.TextField(null=True)
    actor_name = fields.TextField()
    member_id = fields.BigIntField(null=True)
    mandate = fields.CharField(max_length=20, null=True)
    from_name = fields.TextField(null=True)
    to_name = fields.TextField(null=True)
    logged_at = MomentField()

    class Meta:
        table = "backlog_log"
        indexes = (("item_id", "logged_at", "id"), ("backlog_id", "kind", "logged_at"))


class BacklogMeasurement(Model):
    """What came of an item that was launched: written once, and never changed.

    ``value`` (of an experiment, the difference) and ``target`` are decimal numbers as text.
    """

    id = fields.BigIntField(primary_key=True)
    item_id = fields.BigIntField(unique=True)
    source = fields.CharField(max_length=20)
    verdict = fields.CharField(max_length=20)
    sentence = fields.TextField()
    metric = fields.CharField(max_length=20, null=True)
    value = fields.CharField(max_length=40, null=True)
    currency = fields.CharField(max_length=3, null=True)
    target = fields.CharField(max_length=40, null=True)
    began_at = MomentField()
    ended_at = MomentField()
    reached = fields.BigIntField(null=True)
    needed = fields.BigIntField(null=True)
    asset_ids = JsonField()
    experiment_id = fields.BigIntField(null=True)
    measured_at = MomentField()

    class Meta:
        table = "backlog_measurement"


class BacklogComment(Model):
    """What somebody said about an item."""

    id = fields.BigIntField(primary_key=True)
    item_id = fields.BigIntField()
    text = fields.TextField()
    actor_name = fields.TextField()
    member_id = fields.BigIntField(null=True)
    created_at = MomentField()

    class Meta:
        table = "backlog_comment"
        indexes = (("item_id", "created_at", "id"),)


class BacklogVote(Model):
    """A member is for an item."""

    id = fields.BigIntField(primary_key=True)
    item_id = fields.BigIntField()
    member_id = fields.BigIntField()
    voted_at = MomentField()

    class Meta:
        table = "backlog_vote"
        unique_together = (("item_id", "member_id"),)


class BacklogMandate(Model):
    """Somebody may act in the Owner's place until an instant: by the Owner's word, or by breaking
    the glass."""

    id = fields.BigIntField(primary_key=True)
    backlog_id = fields.BigIntField()
    member_id = fields.BigIntField()
    kind = fields.CharField(max_length=20)
    reason = fields.TextField()
    actor_name = fields.TextField()
    began_at = MomentField()
    ends_at = MomentField()

    class Meta:
        table = "backlog_mandate"
        indexes = (("backlog_id", "ends_at", "id"),)


class BacklogOrderProposal(Model):
    """An order that a formula would have (``wanted``, keys) for the order of ``order_version``."""

    id = fields.BigIntField(primary_key=True)
    backlog_id = fields.BigIntField()
    formula = fields.CharField(max_length=20)
    state = fields.CharField(max_length=20)
    order_version = fields.IntField()
    wanted = JsonField()
    actor_name = fields.TextField()
    member_id = fields.BigIntField(null=True)
    created_at = MomentField()
    closed_at = MomentField(null=True)

    class Meta:
        table = "backlog_order_proposal"
        indexes = (("backlog_id", "created_at", "id"),)


class BacklogOrderMove(Model):
    """That a proposal would have an item elsewhere. Places count from 1, ``score`` is as it was."""

    id = fields.BigIntField(primary_key=True)
    proposal_id = fields.BigIntField()
    item_id = fields.BigIntField()
    from_place = fields.IntField()
    to_place = fields.IntField()
    score = fields.CharField(max_length=40)
    accepted_at = MomentField(null=True)

    class Meta:
        table = "backlog_order_move"
        unique_together = (("proposal_id", "item_id"),)


class BacklogWipLimit(Model):
    """How much may be under way at once."""

    id = fields.BigIntField(primary_key=True)
    backlog_id = fields.BigIntField()
    scope = fields.CharField(max_length=20)
    most = fields.IntField()

    class Meta:
        table = "backlog_wip_limit"
        unique_together = (("backlog_id", "scope"),)


class BusinessGoal(Model):
    """What the team is after, for which items are done."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=100)
    name_key = fields.CharField(max_length=200, unique=True)
    kind = fields.CharField(max_length=20)
    actor_name = fields.TextField()
    created_at = MomentField()

    class Meta:
        table = "business_goal"


class BacklogReference(Model):
    """How an item is called where it came from, so that it is brought in once."""

    id = fields.BigIntField(primary_key=True)
    backlog_id = fields.BigIntField()
    reference = fields.CharField(max_length=200)
    item_id = fields.BigIntField()

    class Meta:
        table = "backlog_reference"
        unique_together = (("backlog_id", "reference"),)
        indexes = (("item_id", "id"),)
