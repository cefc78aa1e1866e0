"""The one place where an error becomes something a caller of GraphQL may read.

Only two kinds of text go out: what the domain says on purpose (``DomainError``), and what the
GraphQL library says about the caller's own document and variables. Everything else is logged with
its request id and answered with ``INTERNAL``.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import structlog
from graphql import ArgumentNode, GraphQLError, ObjectFieldNode
from strawberry.exceptions import StrawberryInputCoercionError

from touchline.domain.kernel.errors import (
    AskedTooMuch,
    DomainError,
    Forbidden,
    NotFound,
    RateLimited,
    Unauthenticated,
)
from touchline.graphql.base.taking import null_given

log = structlog.get_logger(__name__)


class ErrorCode(StrEnum):
    """``extensions.code`` of a top-level error."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    NOT_FOUND = "NOT_FOUND"
    RATE_LIMITED = "RATE_LIMITED"
    COST_EXCEEDED = "COST_EXCEEDED"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    INTERNAL = "INTERNAL"


MASKED = "Something went wrong on our side. Quote the requestId when you report it."
_CODES: tuple[tuple[type[DomainError], ErrorCode], ...] = (
    (Unauthenticated, ErrorCode.UNAUTHENTICATED),
    (Forbidden, ErrorCode.FORBIDDEN),
    (NotFound, ErrorCode.NOT_FOUND),
    (RateLimited, ErrorCode.RATE_LIMITED),
    (AskedTooMuch, ErrorCode.COST_EXCEEDED),
)
_PYTHON_TEXT = re.compile(r", but encountered error '.*?'; found", re.DOTALL)


def domain_code(error: DomainError) -> ErrorCode:
    """The top-level code of a domain error; rules that the caller broke are bad input."""
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code
    return ErrorCode.BAD_USER_INPUT


def error_body(code: ErrorCode, message: str, request_id: str, **more: Any) -> dict[str, Any]:
    """A top-level error that belongs to no place in the document."""
    return {"message": message, "extensions": {"code": code, "requestId": request_id, **more}}


def request_errors(errors: Sequence[GraphQLError], request_id: str) -> list[dict[str, Any]]:
    """Errors of parsing, validation and variables: the caller's own, said as they are."""
    return [_formatted(error, *_said_before_execution(error), request_id) for error in errors]


def field_errors(errors: Sequence[GraphQLError], request_id: str) -> list[dict[str, Any]]:
    """Errors raised while fields were resolved: masked unless raised on purpose."""
    return [_formatted(error, *_said_by_field(error, request_id), request_id) for error in errors]


def _said_before_execution(error: GraphQLError) -> tuple[ErrorCode, str, dict[str, Any]]:
    said = _said_on_purpose(error)
    if said is not None:
        return said
    if isinstance(error, StrawberryInputCoercionError):
        for node in error.nodes or ():
            if isinstance(node, ArgumentNode | ObjectFieldNode):
                told = null_given(node.name.value)
                return ErrorCode.BAD_USER_INPUT, told.message, {"argument": node.name.value}
    return ErrorCode.BAD_USER_INPUT, _PYTHON_TEXT.sub(", found", error.message), {}


def _said_by_field(error: GraphQLError, request_id: str) -> tuple[ErrorCode, str, dict[str, Any]]:
    said = _said_on_purpose(error)
    if said is not None:
        return said
    cause = error.original_error
    if isinstance(cause, GraphQLError) and cause.nodes:  # an argument that could not be read
        return ErrorCode.BAD_USER_INPUT, _PYTHON_TEXT.sub(", found", error.message), {}
    log.error("graphql field failed", request_id=request_id, path=error.path, exc_info=cause)
    return ErrorCode.INTERNAL, MASKED, {}


def _said_on_purpose(error: GraphQLError) -> tuple[ErrorCode, str, dict[str, Any]] | None:
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError):
        extensions = cause.extensions or {}
        code = extensions.get("code")
        if isinstance(code, str) and code in ErrorCode.__members__:
            more = {name: value for name, value in extensions.items() if name != "code"}
            return ErrorCode(code), cause.message, more
        cause = cause.original_error
    if not isinstance(cause, DomainError):
        return None
    more = {"reason": str(cause.code)}
    if cause.path:
        more["field"] = list(cause.path)
    if isinstance(cause, RateLimited):
        more["retryAfter"] = cause.retry_after
    return domain_code(cause), cause.message, more


def _formatted(
    error: GraphQLError, code: ErrorCode, message: str, more: dict[str, Any], request_id: str
) -> dict[str, Any]:
    body = error_body(code, message, request_id, **more)
    if error.locations:
        body["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path:
        body["path"] = list(error.path)
    return body
