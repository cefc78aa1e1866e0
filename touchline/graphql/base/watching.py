"""What every subscription to live messages has in common."""

from collections.abc import AsyncGenerator, Callable, Iterable
from typing import Annotated, TypeVar

import strawberry

from touchline.domain.kernel.live import Message, Subscription, subscribe
from touchline.graphql.base.errors import bad_input, read_id

T = TypeVar("T")

WatchedCustomer = Annotated[
    strawberry.ID | None,
    strawberry.argument(name="customerId", description="Only of this customer; by default of all."),
]
AtMost = Annotated[
    int | None,
    strawberry.argument(name="atMost", description="End after so many; by default never."),
]


def wanted_key(given: strawberry.ID | None, argument: str, type_name: str) -> int | None:
    """The key of what alone is watched; ``None`` is everything."""
    return None if given is None else read_id(given, argument, type_name)


def watch(
    channel: str, told: Callable[[Message], Iterable[T]], at_most: int | None
) -> AsyncGenerator[T, None]:
    """All that ``told`` makes of the messages of ``channel`` from this call on."""
    if at_most is not None and at_most < 1:
        raise bad_input("`atMost` must be 1 or more.", "atMost")
    return _watched(subscribe(channel), told, at_most)


async def _watched(
    messages: Subscription, told: Callable[[Message], Iterable[T]], at_most: int | None
) -> AsyncGenerator[T, None]:
    count = 0
    with messages:
        async for message in messages:
            for one in told(message):
                yield one
                count += 1
                if count == at_most:
                    return
