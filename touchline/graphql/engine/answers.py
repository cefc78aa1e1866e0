"""What goes into the engine and what comes out of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from graphql import OperationType

from touchline.graphql.engine.errors import ErrorCode

ONE_ANSWER = (OperationType.QUERY, OperationType.MUTATION)
ANY_KIND = tuple(OperationType)


@dataclass(slots=True)
class Operation:
    """What a caller sent. ``allowed`` are the kinds that the transport can carry.

    ``document`` is the id of a registered document, which then takes the place of the text.
    """

    text: str
    variables: dict[str, Any] = field(default_factory=dict)
    name: str | None = None
    allowed: Collection[OperationType] = ONE_ANSWER
    document: str | None = None


@dataclass(slots=True)
class Answer:
    """A response body. ``refused`` says why there is no data; ``retry_after`` is in seconds.

    ``misplaced`` marks an operation of a kind that the transport cannot carry; ``keep_s`` is for
    how many seconds a cache may answer in its place.
    """

    body: dict[str, Any]
    refused: ErrorCode | None = None
    retry_after: int | None = None
    misplaced: bool = False
    keep_s: int = 0
