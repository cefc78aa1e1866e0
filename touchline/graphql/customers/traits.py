"""What is known of a customer, and who said it."""

import strawberry

from touchline.domain.customers.provenance import TraitLevel
from touchline.domain.customers.relations import TRAIT, TRAIT_STATEMENT
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import choice, column, global_id, related, rows, same_row
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import JSON, DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.customers.enums import ProvenanceKind
from touchline.graphql.sources.types import Source
from touchline.graphql.timeline.types import Touchpoint

_LEVELS = {int(level): level.name for level in TraitLevel}


@entity(TRAIT, permission=READ, description="Who said something of a customer, and how.")
class TraitProvenance:
    """Shown of the trait that holds and of every statement before it."""

    id: strawberry.ID = global_id(
        "provenance_id", description="The global id; to be kept and compared, not taken apart."
    )
    kind: ProvenanceKind = choice("level", _LEVELS, description="How it came to be known.")
    source: Source | None = related({"source_id": "id"}, description="Which source said it.")
    actor_name: str | None = column(description="Which colleague said it.")
    touchpoint: Touchpoint | None = related(
        {"touchpoint_id": "id"}, description="The touchpoint in which it was said."
    )


@entity(TRAIT_STATEMENT, permission=READ, description="Somebody said what a trait is.")
class TraitStatement:
    """One statement of a trait's history."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    value: JSON | None = column(description="What was said; null means that there is no value.")
    first_observed_at: DateTime = column(description="When it was first said.")
    observed_at: DateTime = column("last_observed_at", description="When it was last said.")
    provenance: TraitProvenance = same_row(description="Who said it.")


@entity(TRAIT, permission=READ, description="Something known of a customer.")
class Trait:
    """The statement that holds now."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    name: str = column(description="What it is about, such as `company`.")
    value: JSON = column(description="What is known.")
    observed_at: DateTime = column(description="When it was said.")
    provenance: TraitProvenance = same_row(description="Who said it.")
    history: list[TraitStatement] = rows(
        {"customer_id": "customer_id", "name": "name"},
        order=Order(("last_observed_at",), descending=True),
        limit=100,
        description="Every statement about it, the latest first.",
    )
