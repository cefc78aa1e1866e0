"""Tables of experiments and their arms."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import JsonField, MomentField


class Experiment(Model):
    """What is tried out, by which metric it is judged, and what it has shown.

    The metric is an event (``deed``, a condition as text), and the ``property`` of it that counts.
    ``target`` is the least difference that matters, above 0, as ``baseline`` in billionths.
    ``item_id`` is the work, of a floor above, for which it is done. ``planned`` counts the people
    of all arms, ``present`` those there are. ``start_reason`` is why it began, where that was
    said. All from ``verdict`` to ``frozen_at`` is worked out from the log as of
    ``computed_at``.
    """

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    hypothesis = fields.TextField()
    state = fields.CharField(max_length=10)
    metric = fields.TextField()
    deed = fields.TextField()
    property = fields.TextField(null=True)
    direction = fields.CharField(max_length=10)
    target = fields.BigIntField()
    baseline = fields.BigIntField()
    duration = fields.BigIntField()
    fewest = fields.IntField()
    shortest = fields.BigIntField()
    segment_id = fields.BigIntField(null=True)
    item_id = fields.BigIntField(null=True)
    planned = fields.BigIntField()
    planned_at_one_look = fields.BigIntField()
    present = fields.BigIntField()
    started_at = MomentField(null=True)
    ends_at = MomentField(null=True)
    start_reason = fields.TextField(null=True)
    verdict = fields.CharField(max_length=20)
    verdict_sentence = fields.TextField()
    best_id = fields.BigIntField(null=True)
    health = JsonField()
    in_two_arms = fields.BigIntField(default=0)
    computed_at = MomentField(null=True)
    frozen_at = MomentField(null=True)
    actor_name = fields.TextField()
    created_at = MomentField()

    class Meta:
        table = "experiment"
        indexes = (("state", "ends_at"), ("created_at", "id"), ("item_id",))


class ExperimentArm(Model):
    """One of what is compared, by what its people are known, and what was seen of them.

    People saw the asset, clicked the link, or did the event of ``deed`` (a condition as text). The
    arm with the first ``place`` is the control. From ``people`` on all is worked out from the log,
    from ``rate`` to ``p_value`` in billionths.
    """

    id = fields.BigIntField(primary_key=True)
    experiment_id = fields.BigIntField()
    place = fields.IntField()
    name = fields.TextField()
    weight = fields.IntField()
    asset_id = fields.BigIntField(null=True)
    link_id = fields.BigIntField(null=True)
    deed = fields.TextField(null=True)
    seen_by = fields.TextField()
    people = fields.BigIntField(default=0)
    conversions = fields.BigIntField(default=0)
    rate = fields.BigIntField(null=True)
    low = fields.BigIntField(null=True)
    high = fields.BigIntField(null=True)
    difference = fields.BigIntField(null=True)
    difference_low = fields.BigIntField(null=True)
    difference_high = fields.BigIntField(null=True)
    p_value = fields.BigIntField(null=True)
    verdict = fields.CharField(max_length=20, null=True)

    class Meta:
        table = "experiment_arm"
        unique_together = (("experiment_id", "place"),)
