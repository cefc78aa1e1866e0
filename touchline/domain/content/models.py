"""Tables of content."""

from tortoise import fields
from tortoise.models import Model

from touchline.domain.kernel.fields import JsonField, MomentField


class ContentAsset(Model):
    """A piece of content in one language. ``status`` and ``title`` are those of ``version``.

    Assets of the same slug are siblings. A translation names its ``original_id`` and which version
    of it the text follows. ``published_version_id`` is what readers see. ``title_key`` is the title
    in one case. ``family_id`` is the oldest asset among all that are made of each other. How often
    it was read and what it converted is counted above, and kept here to sort by.
    """

    id = fields.BigIntField(primary_key=True)
    slug = fields.CharField(max_length=100)
    language = fields.CharField(max_length=20)
    kind = fields.CharField(max_length=20)
    status = fields.CharField(max_length=20)
    title = fields.TextField()
    title_key = fields.TextField()
    version = fields.IntField()
    original_id = fields.BigIntField(null=True)
    translated_version = fields.IntField(null=True)
    template_id = fields.BigIntField(null=True)
    published_version_id = fields.BigIntField(null=True)
    publish_at = MomentField(null=True)
    family_id = fields.BigIntField(null=True)
    read_count = fields.BigIntField(db_default=0)
    conversion_count = fields.BigIntField(db_default=0)
    created_at = MomentField()
    updated_at = MomentField()

    class Meta:
        table = "content_asset"
        unique_together = (("slug", "language"),)
        indexes = (
            ("updated_at", "id"),
            ("created_at", "id"),
            ("title_key", "id"),
            ("family_id",),
            ("read_count", "id"),
            ("conversion_count", "id"),
        )


class ContentVersion(Model):
    """An asset as it was written once. Nothing of it changes but ``published_at``, set once."""

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    number = fields.IntField()
    title = fields.TextField()
    body = fields.TextField()
    body_html = fields.TextField()
    cover_url = fields.TextField(null=True)
    attachments = JsonField()
    slots = JsonField(null=True)
    actor_name = fields.TextField()
    created_at = MomentField()
    published_at = MomentField(null=True)

    class Meta:
        table = "content_version"
        unique_together = (("asset_id", "number"),)


class ContentLineage(Model):
    """An asset is made of another one, its source."""

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    source_id = fields.BigIntField()
    relation = fields.CharField(max_length=20)
    actor_name = fields.TextField()
    created_at = MomentField()

    class Meta:
        table = "content_lineage"
        unique_together = (("asset_id", "source_id"),)
        indexes = (("source_id", "id"),)


class ContentAncestry(Model):
    """An asset is made of another one by any number of steps: what lineage leads to, kept ready."""

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    ancestor_id = fields.BigIntField()

    class Meta:
        table = "content_ancestry"
        unique_together = (("asset_id", "ancestor_id"),)
        indexes = (("ancestor_id", "id"),)


class ContentStep(Model):
    """A step of a version on its way to readers: who took it, when, and what they said."""

    id = fields.BigIntField(primary_key=True)
    asset_id = fields.BigIntField()
    version = fields.IntField()
    act = fields.CharField(max_length=20)
    status = fields.CharField(max_length=20)
    comment = fields.TextField(null=True)
    actor_name = fields.TextField()
    taken_at = MomentField()

    class Meta:
        table = "content_step"
        indexes = (("asset_id", "taken_at", "id"),)


class ContentTemplate(Model):
    """The slots of which assets are made. It never changes, for assets are held to it."""

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    name_key = fields.CharField(max_length=200, null=True, unique=True)
    kind = fields.CharField(max_length=20)
    slots = JsonField()
    actor_name = fields.TextField()
    created_at = MomentField()
    archived_at = MomentField(null=True)

    class Meta:
        table = "content_template"
        indexes = (("name", "id"),)
