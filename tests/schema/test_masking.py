"""What a caller may read of an error, and what stays in the log."""

import pytest

from tests.support.graphql import calling, run, small_app
from touchline.domain.kernel.logs import configure_logs
from touchline.graphql.engine.errors import MASKED
from touchline.settings import Settings


@pytest.mark.parametrize(
    ("how", "message", "extensions"),
    [
        (
            "missing",
            "There is no such ball.",
            {"code": "NOT_FOUND", "reason": "NOT_FOUND", "field": ["input", "id"]},
        ),
        (
            "refused",
            "The ball is held.",
            {"code": "BAD_USER_INPUT", "reason": "CONFLICT"},
        ),
        ("graphql", "Not an id.", {"code": "BAD_USER_INPUT"}),
        ("otherwise", MASKED, {"code": "INTERNAL"}),
    ],
)
async def test_only_what_is_said_on_purpose_is_told(
    how: str, message: str, extensions: dict[str, object]
) -> None:
    response = await run(f'{{ fails(how: "{how}") }}')
    assert response.status_code == 200
    body = response.json()
    assert body["data"] == {"fails": None}
    assert body["errors"] == [
        {
            "message": message,
            "locations": [{"line": 1, "column": 3}],
            "path": ["fails"],
            "extensions": {**extensions, "requestId": response.headers["x-request-id"]},
        }
    ]


async def test_the_cause_of_a_masked_error_is_logged_with_its_request_id(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs(Settings(_env_file=None, log_format="json"))
    async with calling(small_app()) as client:
        headers = {"X-Request-Id": "find-me"}
        sent = {"query": '{ fails(how: "x") }'}
        await client.post("/graphql", json=sent, headers=headers)
    logged = capsys.readouterr().err
    assert "find-me" in logged
    assert "SELECT secret" in logged


async def test_python_text_of_a_scalar_is_not_told() -> None:
    response = await run("query ($n: Number!) { twice(number: $n) }", variables={"n": "secret"})
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"] == (
        "Variable '$n' has invalid value: Expected value of type 'Number', found: 'secret'."
    )


async def test_a_value_of_ours_that_does_not_fit_the_schema_is_our_error() -> None:
    response = await run("{ wrong }")
    (error,) = response.json()["errors"]
    assert (error["message"], error["extensions"]["code"]) == (MASKED, "INTERNAL")
