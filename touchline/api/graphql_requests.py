"""What a GraphQL client sent over HTTP, read into an ``Operation``."""

from collections.abc import Collection
from types import NoneType
from typing import Any

import orjson
from graphql import OperationType
from starlette.datastructures import QueryParams

from touchline.api.bodies import read_json_body
from touchline.api.calls import Call
from touchline.api.errors import HttpRefusal
from touchline.graphql.engine.answers import ONE_ANSWER, Operation
from touchline.graphql.engine.errors import ErrorCode

MAX_BODY = 256_000
_LONGEST_ID = 207  # 200 and a prefix

_SIMPLE_TYPES = ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded")
_ASKING_HEADERS = (b"authorization", b"x-requested-with", b"x-request-id")
_ASKING_SUFFIX = b"-require-preflight"
_QUERY_ONLY = (OperationType.QUERY,)
_OBJECT = (dict, NoneType)


async def read_operation(call: Call) -> Operation:
    """The operation of a POST body or of a GET address; raises ``HttpRefusal``."""
    if call.method == "GET":
        return _read_address(call)
    body = await read_json_body(call, MAX_BODY)
    if not body or body.isspace():
        raise _bad("The body is empty; send a JSON object with a `query`.")
    return operation_from(_json(body, "body"))


def operation_from(
    parameters: object, allowed: Collection[OperationType] = ONE_ANSWER
) -> Operation:
    """The operation of a decoded JSON object; raises ``HttpRefusal`` naming what is wrong."""
    if isinstance(parameters, list):
        raise _bad("Several operations in one request are not taken; send them one by one.")
    if not isinstance(parameters, dict):
        raise _bad("The body must be a JSON object with a `query`.")
    name = parameters.get("operationName")
    if name is not None and not isinstance(name, str):
        raise _bad("`operationName` must be a string.")
    variables = parameters.get("variables")
    for each, given in (("variables", variables), ("extensions", parameters.get("extensions"))):
        if not isinstance(given, _OBJECT):
            raise _bad(f"`{each}` must be a JSON object.")
    text, document = _document(parameters)
    return Operation(text, variables or {}, name or None, allowed, document)


def asks(call: Call) -> bool:
    """Whether the address of a GET holds a document, or the id of one."""
    given = QueryParams(call.scope["query_string"])
    return any(name in given for name in ("query", "documentId", "extensions"))


def _document(parameters: dict[str, Any]) -> tuple[str, str | None]:
    """The text that is sent, or the id of the registered document that is meant.

    The id may come as GraphQL over HTTP says, or in the form of Apollo's clients. Those send the
    text beside it when an id was not found: then the text counts, and nothing is registered.
    """
    text, document = parameters.get("query"), parameters.get("documentId")
    if text is not None and document is not None:
        raise _bad("Give `query` or `documentId`, not both.")
    if text is None and document is None:
        persisted = (parameters.get("extensions") or {}).get("persistedQuery")
        document = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if document is None:
        if not isinstance(text, str):
            raise _bad("`query` must be a string that holds a GraphQL document.")
        return text, None
    if not isinstance(document, str) or not 0 < len(document) <= _LONGEST_ID:
        raise _bad(f"The id of a document must be a string of 1 to {_LONGEST_ID} characters.")
    return "", document


def _read_address(call: Call) -> Operation:
    if not _forces_preflight(call):
        raise _bad(
            "A GET must carry a header that browsers ask for first, such as "
            "`Content-Type: application/json` or `X-Requested-With`."
        )
    given = QueryParams(call.scope["query_string"])
    parameters: dict[str, Any] = {
        name: given[name] for name in ("query", "documentId", "operationName") if name in given
    }
    for name in ("variables", "extensions"):
        if given.get(name):
            parameters[name] = _json(given[name].encode("utf-8", "surrogatepass"), name)
    return operation_from(parameters, _QUERY_ONLY)


def _forces_preflight(call: Call) -> bool:
    """Whether a page of another site could not have sent this without asking us first."""
    content_type = (call.header(b"content-type") or "").split(";")[0].strip().lower()
    if content_type and content_type not in _SIMPLE_TYPES:
        return True
    return any(name in _ASKING_HEADERS or name.endswith(_ASKING_SUFFIX) for name in call.headers)


def _json(text: bytes, what: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _bad(f"The {what} is not valid JSON in UTF-8.") from None


def _bad(message: str) -> HttpRefusal:
    return HttpRefusal(400, ErrorCode.BAD_USER_INPUT, message)
