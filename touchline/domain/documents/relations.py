"""What others may read of trusted documents."""

from touchline.domain.kernel.relations import key, moment, relation, text

TRUSTED_DOCUMENT = relation(
    "trusted_document",
    key(),
    text("document_id"),
    text("name", nullable=True),
    text("kind"),
    text("body"),
    moment("registered_at"),
)
