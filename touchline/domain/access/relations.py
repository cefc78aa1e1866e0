"""What others may read of API keys."""

from touchline.domain.kernel.relations import document, flag, key, moment, relation, text

API_KEY = relation(
    "api_key",
    key(),
    text("name"),
    text("prefix"),
    document("scopes"),
    flag("trusted_only"),
    moment("created_at"),
    moment("last_used_at", nullable=True),
    moment("expires_at", nullable=True),
    moment("revoked_at", nullable=True),
    key("member_id", nullable=True),
)
