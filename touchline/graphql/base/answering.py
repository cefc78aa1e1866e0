"""Fields of a row that a function answers, for all rows of a list at once.

attribution: ConversionAttribution | None = answered(
    attributed, {"model": (AttributionModel, "By what …")}, description="…"
)
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Unpack

from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument

from touchline.graphql.base import facts
from touchline.graphql.base.fields import Beside, declare


def answered(
    read: Callable[..., Awaitable[Sequence[Any]]],
    arguments: Mapping[str, tuple[Any, str]],
    *,
    by: str = "id",
    description: str,
    **beside: Unpack[Beside],
) -> Any:
    """What a function works out for rows, all of a list at once, by a column of theirs.

    ``arguments`` gives each its type and description; ``read(keys, **arguments)`` answers in the
    order of the keys.
    """
    field = declare(facts.AnsweredFact(read=read, column=by, **beside), description)
    field.arguments = [
        StrawberryArgument(name, None, StrawberryAnnotation(kind), description=text)
        for name, (kind, text) in arguments.items()
    ]
    return field
