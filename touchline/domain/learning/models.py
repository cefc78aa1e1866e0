"""Table of suggested scoring models."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import JsonField, MomentField


class ScoringSuggestion(Model):
    """A wish for a scoring model that tells conversions, and what came of it.

    The conversion is an ``event`` or a ``condition``. ``fit`` and ``rules`` are what was learned.
    """

    id = fields.BigIntField(primary_key=True)
    task_id = fields.BigIntField(unique=True)
    model_id = fields.BigIntField(null=True)
    name = fields.TextField()
    event = fields.TextField(null=True)
    condition = fields.TextField(null=True)
    condition_summary = fields.TextField(null=True)
    lookback = fields.BigIntField()
    ahead = fields.BigIntField()
    folds = fields.IntField()
    seed = fields.BigIntField()
    fit = JsonField(null=True)
    rules = JsonField()
    created_at = MomentField()

    class Meta:
        table = "scoring_suggestion"
        indexes = (("created_at", "id"),)
