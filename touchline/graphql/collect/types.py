"""What could not be taken as it came."""

from touchline.domain.collect.relations import INGESTION_WARNING, REJECTED_EVENT
from touchline.graphql.base.fields import column, related
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.sources.types import Source
from touchline.graphql.timeline.types import Touchpoint


@entity(REJECTED_EVENT, permission=READ, description="A call that was not accepted.")
class RejectedEvent(Node):
    """Kept with its bytes, so that it can be replayed."""

    received_at: DateTime = column(description="When it came.")
    code: str = column(description="Why it was rejected, as a code.")
    path: str = column(description="Which part of it is meant.")
    message: str = column(description="Why it was rejected, as a sentence.")
    raw: str = column(description="What came; bytes that are not UTF-8 are shown as `�`.")
    source: Source | None = related({"source_id": "id"}, description="Where it came from.")
    replayed_at: DateTime | None = column(
        description="When a replay was accepted; null if there was none."
    )


@entity(
    INGESTION_WARNING,
    permission=READ,
    description="Something odd about a call that was accepted nevertheless.",
)
class IngestionWarning(Node):
    """What a sender should look at."""

    code: str = column(description="What is odd, as a code.")
    message: str = column(description="What is odd, as a sentence.")
    occurred_at: DateTime = column(description="When it was noticed.")
    source: Source | None = related({"source_id": "id"}, description="Where the call came from.")
    touchpoint: Touchpoint | None = related(
        {"touchpoint_id": "id"}, description="The touchpoint that the call became."
    )
