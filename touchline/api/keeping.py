"""What caches between us and readers are told of answers that they may keep."""

from dataclasses import replace
from hashlib import blake2b

from touchline.api.calls import Call, Reply, raw_headers
from touchline.api.encoding import encode
from touchline.graphql.engine.answers import Answer

_OF_THE_SAME = (b"etag", b"cache-control", b"vary")


def keepable(call: Call, reply: Reply, answer: Answer) -> Reply:
    """The reply with its tag and how long it holds; 304 without a body to who has it already.

    When it holds no longer a cache asks first: what was taken back is not shown meanwhile.

    The tag is of the data alone, for the cost told beside it differs each time.
    """
    digest = blake2b(encode(answer.body["data"]), digest_size=16).hexdigest()
    tag = f'W/"{digest}"'
    kept = f"public, max-age={answer.keep_s}, must-revalidate"
    said = dict(reply.headers) | dict(raw_headers({"ETag": tag, "Cache-Control": kept}))
    if tag not in known_tags(call.header(b"if-none-match") or ""):
        return replace(reply, headers=list(said.items()))
    return Reply(b"", [(name, said[name]) for name in _OF_THE_SAME], 304)


def known_tags(header: str) -> set[str]:
    """The tags that the caller has; whether they are weak makes no difference to reading."""
    tags = {one.strip() for one in header.split(",")}
    return tags | {f"W/{one}" for one in tags if one.startswith('"')}
