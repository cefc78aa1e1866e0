"""What caches between us and readers are told of answers that they may keep."""

from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response

from touchline.api.encoding import encode
from touchline.graphql.engine.answers import Answer

_STALE_S = 600
"""For how long a cache may go on with an old answer while it asks for a new one."""


def keepable(request: Request, response: Response, answer: Answer) -> Response:
    """The response with its tag and how long it holds; 304 without a body to who has it already.

    The tag is of the data alone, for the cost told beside it differs each time.
    """
    digest = blake2b(encode(answer.body["data"]), digest_size=16).hexdigest()
    tag = f'W/"{digest}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = (
        f"public, max-age={answer.keep_s}, stale-while-revalidate={_STALE_S}"
    )
    if tag not in _known(request.headers.get("if-none-match", "")):
        return response
    kept = {"ETag", "Cache-Control", "Vary"}
    return Response(status_code=304, headers={name: response.headers[name] for name in kept})


def _known(header: str) -> set[str]:
    """The tags that the caller has; whether they are weak makes no difference to reading."""
    tags = {one.strip() for one in header.split(",")}
    return tags | {f"W/{one}" for one in tags if one.startswith('"')}
