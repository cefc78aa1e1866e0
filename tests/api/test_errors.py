"""Errors of all addresses but GraphQL's: JSON with code, message, path and request id."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from tests.support.graphql import calling, only_error, small_app
from touchline.api.envelope import Envelope
from touchline.api.errors import EXCEPTION_HANDLERS
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.errors import (
    CommonCode,
    Conflict,
    Forbidden,
    NotFound,
    RateLimited,
    Refused,
    Unauthenticated,
)
from touchline.graphql.engine.errors import MASKED


async def answer_to(error: Exception) -> Any:
    async def fail(request: Request) -> None:
        raise error

    routes = [Route("/fails", fail)]
    app = Envelope(Starlette(routes=routes, exception_handlers=EXCEPTION_HANDLERS))
    async with calling(app) as client:
        return await client.get("/fails")


@pytest.mark.parametrize(
    ("error", "status", "code", "path"),
    [
        (Unauthenticated(), 401, "UNAUTHENTICATED", []),
        (Forbidden("No."), 403, "FORBIDDEN", []),
        (NotFound("No.", ("a", 0)), 404, "NOT_FOUND", ["a", 0]),
        (Conflict("No.", current=None), 409, "CONFLICT", []),
        (RateLimited("No.", 7), 429, "RATE_LIMITED", []),
        (Refused(CommonCode.CONFLICT, "No."), 400, "CONFLICT", []),
    ],
)
async def test_a_domain_error_has_the_status_of_its_kind(
    error: Exception, status: int, code: str, path: list[Any]
) -> None:
    response = await answer_to(error)
    assert response.status_code == status
    assert response.json() == {
        "code": code,
        "message": str(error),
        "path": path,
        "requestId": response.headers["x-request-id"],
    }


async def test_too_much_at_once_says_how_many_seconds_to_wait() -> None:
    assert (await answer_to(RateLimited("No.", 7))).headers["retry-after"] == "7"


async def test_an_unexpected_failure_is_a_masked_500() -> None:
    response = await answer_to(RuntimeError("SELECT secret"))
    assert response.status_code == 500
    assert response.json() == {
        "code": "INTERNAL",
        "message": MASKED,
        "path": [],
        "requestId": response.headers["x-request-id"],
    }


async def test_an_unknown_address_is_404_and_a_wrong_method_405() -> None:
    async with calling(small_app()) as client:
        unknown, wrong = await client.get("/nowhere"), await client.post("/live")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "NOT_FOUND")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "METHOD_NOT_ALLOWED")
    assert set(wrong.headers["allow"].split(", ")) == {"GET", "HEAD"}


async def test_a_failure_before_the_engine_is_a_masked_graphql_error() -> None:
    async def broken(secret: str) -> Actor | None:
        raise RuntimeError("SELECT secret")

    async with calling(small_app(authenticate=broken)) as client:
        response = await client.post("/graphql", json={"query": "{ __typename }"})
    assert only_error(response) == (500, "INTERNAL", MASKED)


async def test_every_answer_forbids_sniffing_and_framing() -> None:
    async with calling(small_app()) as client:
        answers = [await client.get(path) for path in ("/", "/live", "/nowhere", "/graphql")]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
