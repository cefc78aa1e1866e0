"""The arguments of a connection: which page, which rows, in which order."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from touchline.domain.kernel.relations import Condition

CONDITION = "touchline_condition"
"""Under this a field of a filter input keeps its condition."""


class Narrowing(NamedTuple):
    """An argument of its own: of which ``kind`` it is, and which rows are shown for it."""

    name: str
    kind: Any
    condition: Condition
    description: str


def list_arguments(
    filters: type | None, order_by: type | None, narrowed_by: Sequence[Narrowing]
) -> list[StrawberryArgument]:
    """All arguments of a connection."""
    made = [
        optional_argument("first", int, "How many to return from the start, at most 100."),
        optional_argument("after", str, "Only what comes after this cursor."),
        optional_argument("last", int, "How many to return from the end, at most 100."),
        optional_argument("before", str, "Only what comes before this cursor."),
    ]
    if filters:
        made.append(optional_argument("filter", filters, "Only what meets this."))
    if order_by:
        made.append(optional_argument("order_by", order_by, "The order of the list."))
    for one in narrowed_by:
        kind = StrawberryAnnotation(one.kind)
        made.append(StrawberryArgument(one.name, None, kind, description=one.description))
    return made


def optional_argument(name: str, kind: type, description: str) -> StrawberryArgument:
    """An argument that may be left out."""
    return StrawberryArgument(
        name, None, StrawberryAnnotation(kind | None), description=description
    )


def conditions_of(filters: type) -> dict[str, Condition]:
    """The conditions of a filter input by the names of its fields."""
    definition = get_object_definition(filters, strict=True)
    return {
        field.graphql_name or to_camel_case(field.python_name): field.metadata[CONDITION]
        for field in definition.fields
        if CONDITION in field.metadata
    }
