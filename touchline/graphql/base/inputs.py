"""What a mutation is given."""

from typing import Annotated, TypeVar

import strawberry

T = TypeVar("T")

Given = Annotated[T, strawberry.argument(name="input", description="What to do.")]
"""The one argument of a mutation, called ``input`` in the schema."""
