"""Changes that people make to a customer by hand."""

import strawberry

from touchline.domain.customers import commands
from touchline.graphql.base.errors import bad_input, read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.base.scalars import JSON, DateTime
from touchline.graphql.customers.payloads import (
    CustomerAddNotePayload,
    CustomerCorrectTraitPayload,
)


@strawberry.input(description="A note on a customer.")
class CustomerAddNoteInput:
    """What `customerAddNote` is given."""

    customer_id: strawberry.ID = strawberry.field(description="Whom the note is about.")
    text: str = strawberry.field(description="The note, at most 10,000 characters.")
    occurred_at: DateTime | None = strawberry.field(
        default=None, description="When what it tells of happened; by default now."
    )


@strawberry.input(description="The right value of a trait.")
class CustomerCorrectTraitInput:
    """What `customerCorrectTrait` is given."""

    customer_id: strawberry.ID = strawberry.field(description="Whose trait is corrected.")
    name: str = strawberry.field(description="The trait's name, such as `company`.")
    value: strawberry.Maybe[JSON | None] = strawberry.field(
        description="The right value, which must be given; null removes the trait."
    )
    reason: str | None = strawberry.field(default=None, description="Why, for colleagues.")
    stated_by_customer: bool = strawberry.field(
        default=False,
        description="Whether the customer said so; then it outranks every other word.",
    )


@strawberry.type(description="Changes of customers.")
class CustomerMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, description="Write a note on a customer's timeline.")
    async def customer_add_note(
        self, info: strawberry.Info, given: Given[CustomerAddNoteInput]
    ) -> CustomerAddNotePayload | None:
        touchpoint = await commands.add_note(
            info.context.actor,
            customer_id=read_id(given.customer_id, "input.customerId", "Customer"),
            text=given.text,
            occurred_at=given.occurred_at,
        )
        return CustomerAddNotePayload(touchpoint_key=touchpoint)

    @resolved(
        permission=WRITE,
        description="Set a trait right; it holds against every connected system.",
    )
    async def customer_correct_trait(
        self, info: strawberry.Info, given: Given[CustomerCorrectTraitInput]
    ) -> CustomerCorrectTraitPayload | None:
        customer = read_id(given.customer_id, "input.customerId", "Customer")
        if given.value is None:
            raise bad_input("`value` must be given; null removes the trait.", "input.value")
        touchpoint = await commands.correct_trait(
            info.context.actor,
            customer_id=customer,
            name=given.name,
            value=given.value.value,
            stated_by_customer=given.stated_by_customer,
            reason=given.reason,
        )
        return CustomerCorrectTraitPayload(customer_key=customer, touchpoint_key=touchpoint)
