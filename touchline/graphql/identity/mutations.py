"""What people decide about who is who; it outranks every rule."""

import strawberry

from touchline.domain.identity import service
from touchline.domain.identity.digests import Identifier
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.identity.inputs import (
    CustomerAllowMergeInput,
    CustomerForbidMergeInput,
    CustomerMergeInput,
    CustomerSplitInput,
    CustomerUnmergeInput,
)
from touchline.graphql.identity.payloads import (
    CustomerAllowMergePayload,
    CustomerForbidMergePayload,
    CustomerMergePayload,
    CustomerSplitPayload,
    CustomerUnmergePayload,
)
from touchline.graphql.identity.previews import merge_preview, preview


@strawberry.type(description="Decisions about who is who.")
class IdentityMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, description="Make two customers one; it can be undone.")
    async def customer_merge(
        self, info: strawberry.Info, given: Given[CustomerMergeInput]
    ) -> CustomerMergePayload | None:
        merged = await service.merge(
            info.context.actor,
            survivor_id=_customer(given.survivor_id, "survivorId"),
            absorbed_id=_customer(given.absorbed_id, "absorbedId"),
            reason=given.reason,
            dry_run=given.dry_run,
        )
        return CustomerMergePayload(
            customer_key=None if given.dry_run else merged.customer.customer_id,
            merge_key=merged.merge_id,
            preview=merge_preview(merged),
        )

    @resolved(
        permission=WRITE,
        description="Take a merge back: both customers are as if they had never met.",
    )
    async def customer_unmerge(
        self, info: strawberry.Info, given: Given[CustomerUnmergeInput]
    ) -> CustomerUnmergePayload | None:
        looks = await service.unmerge(
            info.context.actor,
            merge_id=read_id(given.merge_id, "input.mergeId", "CustomerMerge"),
            reason=given.reason,
            dry_run=given.dry_run,
        )
        return CustomerUnmergePayload(
            customer_keys=[] if given.dry_run else [one.customer_id for one in looks],
            previews=[preview(one) for one in looks],
        )

    @resolved(
        permission=WRITE,
        description="Say that some identifiers of a customer are somebody else's.",
    )
    async def customer_split(
        self, info: strawberry.Info, given: Given[CustomerSplitInput]
    ) -> CustomerSplitPayload | None:
        looks = await service.split(
            info.context.actor,
            customer_id=_customer(given.customer_id, "customerId"),
            identifiers=[Identifier(one.kind, one.value) for one in given.identifiers],
            reason=given.reason,
            dry_run=given.dry_run,
        )
        return CustomerSplitPayload(
            customer_keys=[] if given.dry_run else [one.customer_id for one in looks],
            previews=[preview(one) for one in looks],
        )

    @resolved(permission=WRITE, description="Say that two customers are different people.")
    async def customer_forbid_merge(
        self, info: strawberry.Info, given: Given[CustomerForbidMergeInput]
    ) -> CustomerForbidMergePayload | None:
        pair = _pair(given.customer_id, given.other_id)
        await service.forbid(
            info.context.actor, customer_id=pair[0], other_id=pair[1], reason=given.reason
        )
        return CustomerForbidMergePayload(customer_keys=pair)

    @resolved(permission=WRITE, description="Lift what keeps two customers apart by decision.")
    async def customer_allow_merge(
        self, info: strawberry.Info, given: Given[CustomerAllowMergeInput]
    ) -> CustomerAllowMergePayload | None:
        pair = _pair(given.customer_id, given.other_id)
        now = await service.allow(info.context.actor, customer_id=pair[0], other_id=pair[1])
        return CustomerAllowMergePayload(customer_keys=now)


def _customer(given: strawberry.ID, field: str) -> int:
    return read_id(given, f"input.{field}", "Customer")


def _pair(customer: strawberry.ID, other: strawberry.ID) -> tuple[int, int]:
    return _customer(customer, "customerId"), _customer(other, "otherId")
