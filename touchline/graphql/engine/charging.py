"""What an operation is charged, and to whom.

A caller has two buckets of one size. Operations are paid from one, by what they read; from the
other the reading of what is sent: of documents that nobody sent before, and of long variables.
"""

from typing import Any

from touchline.graphql.context import Context
from touchline.graphql.engine.answers import Answer
from touchline.graphql.engine.errors import ErrorCode, error_body
from touchline.graphql.engine.throttle import Level, Rates, Throttle

REFUSED = 1
"""What is refused costs this, at least."""

CHARACTERS_FOR_ONE = 100
"""For how many of them a refused document costs one more."""

_NEW_CHARACTERS_FOR_ONE = 20
"""So many of a new document for one: 5,000 that are sound take 60 ms, 2 of the 500 a second."""

_BYTES_FOR_ONE, _SHORT = 100, 2_000
"""So many of variables for one, where these are not short: 100,000 take up to 65 ms."""


class Turned(Exception):
    """The operation is turned away with ``answer``."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("turned away")
        self.answer = answer


async def pay(throttle: Throttle, requested: int, most: int, context: Context) -> Level:
    """Take what an operation may cost; raises ``Turned``."""
    if requested > most:
        level, actual = await throttle.settle(context.bucket, 0, REFUSED), REFUSED
        code = ErrorCode.COST_EXCEEDED
        message = f"The operation could cost {requested:,}; at most {most:,} is allowed."
    else:
        level, actual = await throttle.take(context.bucket, requested), 0
        if not level.wait:
            return level
        code = ErrorCode.RATE_LIMITED
        message = f"The operation costs {requested:,} and {level.available:,} is left for now."
    raise _turned(
        code, message, cost_report(requested, actual, level, throttle.rates), context, level.wait
    )


async def pay_for_document(throttle: Throttle, characters: int, context: Context) -> None:
    """Take what it costs to read a document that is not known; raises ``Turned``."""
    await _pay_for_reading(throttle, characters // _NEW_CHARACTERS_FOR_ONE, context)


async def pay_for_variables(throttle: Throttle, size: int, context: Context) -> None:
    """Take what it costs to read variables of ``size`` bytes; raises ``Turned``."""
    if size > _SHORT:
        await _pay_for_reading(throttle, size // _BYTES_FOR_ONE, context)


def cost_report(requested: int, actual: int, level: Level, rates: Rates) -> dict[str, Any]:
    """``extensions.cost`` of a response."""
    throttle = {
        "maximum": rates.maximum,
        "available": level.available,
        "restoreRate": rates.restore_rate,
    }
    return {"requested": requested, "actual": actual, "throttle": throttle}


async def _pay_for_reading(throttle: Throttle, price: int, context: Context) -> None:
    level = await throttle.take(f"{context.bucket}:reading", min(price, throttle.rates.maximum))
    if not level.wait:
        return
    left = await throttle.take(context.bucket, 0)
    report = cost_report(0, 0, left, throttle.rates)
    message = "Too many documents that are not known, or long variables, in a short time."
    raise _turned(ErrorCode.RATE_LIMITED, message, report, context, level.wait)


def _turned(
    code: ErrorCode, message: str, report: dict[str, Any], context: Context, wait: int
) -> Turned:
    more = {"retryAfter": wait} if wait else {}
    error = error_body(code, message, context.request_id, **more)
    body = {"errors": [error], "extensions": {"cost": report}}
    return Turned(Answer(body, code, retry_after=wait or None))
