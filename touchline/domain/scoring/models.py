"""Tables of scores."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import JsonField, MomentField


class ScoringModel(Model):
    """A way to add up customers: as it is written now, and the build that counts.

    ``build_id`` swaps from one whole build to the next. The scores of the primary model sort lists.
    """

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    name_key = fields.CharField(max_length=200, unique=True)
    status = fields.CharField(max_length=10)
    version = fields.IntField()
    definition = JsonField()
    bands = JsonField(null=True)
    half_life = fields.BigIntField(null=True)
    time_window = fields.BigIntField(null=True)
    conversion = fields.TextField(null=True)
    published_version = fields.IntField(null=True)
    build_id = fields.BigIntField(null=True)
    is_primary = fields.BooleanField(default=False)
    actor_name = fields.TextField()
    created_at = MomentField()
    updated_at = MomentField()

    class Meta:
        table = "scoring_model"
        indexes = (("build_id",),)


class ScoringRule(Model):
    """A rule of a model as it is written now, to be listed and named by lines of scores."""

    id = fields.BigIntField(primary_key=True)
    model_id = fields.BigIntField()
    name = fields.TextField()
    place = fields.IntField()
    points = fields.BigIntField()
    dimension = fields.TextField(null=True)
    once = fields.BooleanField()
    cap_per_day = fields.BigIntField(null=True)
    group_name = fields.TextField(null=True)
    condition = JsonField()
    condition_summary = fields.TextField(db_default="")
    dropped_at = MomentField(null=True)

    class Meta:
        table = "scoring_rule"
        indexes = (("model_id", "place"),)


class ScoringBuild(Model):
    """All scores by one version of a model. Sums of fading points are kept from the landmark.

    Since it came to count in the place of ``follows_id``, customers up to ``told_up_to`` were told
    of it, and those up to ``tell_up_to`` are going to be. Nothing is left to tell without them.
    Customers are sorted by it in the list ``list_id``, all of them unless ``sorted_up_to`` says how
    far.
    """

    id = fields.BigIntField(primary_key=True)
    model_id = fields.BigIntField()
    version = fields.IntField()
    definition = JsonField()
    landmark = MomentField()
    half_life = fields.BigIntField(null=True)
    status = fields.CharField(max_length=10)
    reached = fields.BigIntField(default=0)
    task_id = fields.BigIntField(null=True)
    list_id = fields.BigIntField(null=True)
    sorted_up_to = fields.BigIntField(null=True)
    follows_id = fields.BigIntField(null=True)
    told_up_to = fields.BigIntField(null=True)
    tell_up_to = fields.BigIntField(null=True)
    created_at = MomentField()
    swapped_at = MomentField(null=True)

    class Meta:
        table = "scoring_build"
        indexes = (("model_id", "status"),)


class CustomerScore(Model):
    """The score of a customer in a build: sums, lines that add up to them, the band it lies in."""

    id = fields.BigIntField(primary_key=True)
    build_id = fields.BigIntField()
    customer_id = fields.BigIntField()
    model_id = fields.BigIntField()
    fading = fields.BigIntField()
    steady = fields.BigIntField()
    band_name = fields.TextField(null=True)
    band_minimum = fields.BigIntField(null=True)
    rank = fields.BigIntField()
    next_band_at = MomentField(null=True)
    wake_at = MomentField(null=True)
    lines = JsonField()

    class Meta:
        table = "customer_score"
        unique_together = (("customer_id", "build_id"),)


class ScoreAdjustment(Model):
    """Points that a person gave, kept with the customer they were given to."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    model_id = fields.BigIntField()
    points = fields.BigIntField()
    reason = fields.TextField()
    actor_name = fields.TextField()
    created_at = MomentField()
    expires_at = MomentField(null=True)

    class Meta:
        table = "score_adjustment"
        indexes = (("customer_id", "model_id"),)


class ScoreChange(Model):
    """A score that moved: what it became, and why."""

    id = fields.BigIntField(primary_key=True)
    customer_id = fields.BigIntField()
    model_id = fields.BigIntField()
    version = fields.IntField()
    value = fields.BigIntField()
    band_name = fields.TextField(null=True)
    band_minimum = fields.BigIntField(null=True)
    cause = fields.CharField(max_length=12)
    at = MomentField()

    class Meta:
        table = "score_change"
        indexes = (("customer_id", "model_id", "at", "id"),)
