"""How far each import has come."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import DigestField, MomentField


class ImportRun(Model):
    """A file, read by a map, into a source: the same three always mean the same run."""

    id = fields.BigIntField(primary_key=True)
    digest = DigestField(unique=True)
    file_name = fields.TextField()
    source_id = fields.BigIntField()
    rows_done = fields.BigIntField(default=0)
    rejected_rows = fields.BigIntField(default=0)
    started_at = MomentField()
    updated_at = MomentField()
    finished_at = MomentField(null=True)

    class Meta:
        table = "import_run"
