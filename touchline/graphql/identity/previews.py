"""What a decision makes of a customer, shown before or after it is carried out."""

import strawberry

from touchline.domain.identity.previewing import Conflict, Look
from touchline.domain.identity.service import Merged
from touchline.graphql.base.fields import attribute
from touchline.graphql.base.made import made_id
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import JSON
from touchline.graphql.base.types import entity

_ID = "Tells it from the others of the answer."


@entity(permission=READ, description="An identifier the customer would be known by.")
class IdentifierPreview:
    """Of a rehearsal: there need be no such row."""

    id: strawberry.ID = attribute(description=_ID)
    kind: str = attribute(description="What sort of identifier it is, such as `email`.")
    value: str = attribute(description="The normalised value.")


@entity(permission=READ, description="A trait the customer would have.")
class TraitPreview:
    """Of a rehearsal: there need be no such row."""

    id: strawberry.ID = attribute(description=_ID)
    name: str = attribute(description="What it is about, such as `company`.")
    value: JSON = attribute(description="What would hold.")


@entity(permission=READ, description="Identifiers that no rule would let one customer have.")
class MergeConflict:
    """A person's decision outranks it."""

    id: strawberry.ID = attribute(description=_ID)
    kind: str = attribute(description="What sort of identifier it is, such as `user_id`.")
    values: list[str] = attribute(description="The values that do not go together.")


@entity(permission=READ, description="A customer as a decision leaves it.")
class CustomerPreview:
    """Rehearsed or done."""

    id: strawberry.ID = attribute(description=_ID)
    identifiers: list[IdentifierPreview] = attribute(description="What it would be known by.")
    traits: list[TraitPreview] = attribute(description="What would be known of it, by name.")
    touchpoint_count: int = attribute(description="How many touchpoints it would have.")
    conflicts: list[MergeConflict] = attribute(
        default=[], description="What would have kept the rules from it."
    )


def merge_preview(merged: Merged) -> CustomerPreview:
    """The customer that two become."""
    shown = preview(merged.customer)
    shown.conflicts = [_conflict(one, merged.customer.customer_id) for one in merged.conflicts]
    return shown


def preview(look: Look) -> CustomerPreview:
    """A customer as a decision leaves it."""
    key = str(look.customer_id)
    return CustomerPreview(
        id=made_id("customer", key),
        identifiers=[
            IdentifierPreview(
                id=made_id("identifier", key, one.kind, one.value), kind=one.kind, value=one.value
            )
            for one in look.identifiers
        ],
        traits=[
            TraitPreview(id=made_id("trait", key, name), name=name, value=JSON(value))
            for name, value in sorted(look.traits.items())
        ],
        touchpoint_count=look.touchpoint_count,
    )


def _conflict(conflict: Conflict, customer_id: int) -> MergeConflict:
    key = made_id("conflict", str(customer_id), conflict.kind, *conflict.values)
    return MergeConflict(id=key, kind=conflict.kind, values=list(conflict.values))
