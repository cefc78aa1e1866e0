"""A tag that stands with a customer."""

import strawberry

from touchline.domain.tags.relations import CUSTOMER_TAG
from touchline.graphql.base.fields import column, global_id, related, same_row
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.sources.types import Source
from touchline.graphql.tags.enums import JudgeKind, TagState
from touchline.graphql.tags.labels import Tag
from touchline.graphql.tags.rules import TagRule
from touchline.graphql.timeline.types import Touchpoint


@entity(CUSTOMER_TAG, permission=READ, description="Who set a tag, and why.")
class TagProvenance:
    """A group of fields of a tag that stands with a customer."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    kind: JudgeKind = column(
        "set_by", description="Whether a colleague, a rule or a source set it."
    )
    rule: TagRule | None = related({"rule_id": "id"}, description="Which rule set it.")
    rule_version: int | None = column(description="Which version of the rule set it.")
    actor_name: str | None = column(description="Which colleague set it.")
    source: Source | None = related({"source_id": "id"}, description="Which source set it.")
    touchpoint: Touchpoint | None = related(
        {"touchpoint_id": "id"},
        description="The touchpoint by which the rule came to hold, or the source said it.",
    )


@entity(CUSTOMER_TAG, permission=READ, description="A tag that stands with a customer.")
class CustomerTag:
    """The tag, how it stands, and who says so."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    tag: Tag = related({"tag_id": "id"}, description="The tag.")
    state: TagState = column(description="How it stands.")
    set_at: DateTime = column(description="Since when it stands so.")
    expires_at: DateTime | None = column(description="When the colleague's word lapses.")
    set_by: TagProvenance = same_row(description="Who set it, and why.")
