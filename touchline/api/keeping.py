"""What caches between us and readers are told of answers that they may keep."""

from dataclasses import replace
from hashlib import blake2b

from touchline.api.calls import Call, Reply
from touchline.api.encoding import encode
from touchline.graphql.engine.answers import Answer

_STALE_S = 600
"""For how long a cache may go on with an old answer while it asks for a new one."""


def keepable(call: Call, reply: Reply, answer: Answer) -> Reply:
    """The reply with its tag and how long it holds; 304 without a body to who has it already.

    The tag is of the data alone, for the cost told beside it differs each time.
    """
    digest = blake2b(encode(answer.body["data"]), digest_size=16).hexdigest()
    tag = f'W/"{digest}"'
    headers = {
        **reply.headers,
        "ETag": tag,
        "Cache-Control": f"public, max-age={answer.keep_s}, stale-while-revalidate={_STALE_S}",
    }
    if tag not in _known(call.header(b"if-none-match") or ""):
        return replace(reply, headers=headers)
    return Reply(b"", "", 304, {name: headers[name] for name in ("ETag", "Cache-Control", "Vary")})


def _known(header: str) -> set[str]:
    """The tags that the caller has; whether they are weak makes no difference to reading."""
    tags = {one.strip() for one in header.split(",")}
    return tags | {f"W/{one}" for one in tags if one.startswith('"')}
