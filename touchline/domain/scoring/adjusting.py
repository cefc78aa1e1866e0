"""Points that people give and take by hand, with a reason."""

from touchline.domain.customers.queries import present_id
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.scoring.builds import counting, scheme_of
from touchline.domain.scoring.checking import MOST_POINTS
from touchline.domain.scoring.computing import compute
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.errors import ScoreErrorCode as Code
from touchline.domain.scoring.judging import ADJUSTED, adjusted
from touchline.domain.scoring.service import found_model
from touchline.domain.scoring.storing import stood_of, store
from touchline.domain.staleness.service import hold_judgement, mark

MAX_REASON = 500


@transactional
async def adjust_score(
    actor: Actor,
    *,
    customer_id: int,
    model_id: int,
    points: int,
    reason: str,
    expires_at: Moment | None = None,
) -> int:
    """Give a customer micro-points until ``expires_at``; they stand as one more line of the score.

    Returns the customer, a merged one as whom it became.
    """
    actor.require(Scope.WRITE)
    why = _checked(points, reason, expires_at)
    await hold_judgement()
    await found_model(model_id)
    present = await present_id(customer_id)
    if present is None:
        message = "There is no such customer."
        raise Refused(Code.CUSTOMER_NOT_FOUND, message, ("customerId",))
    build = await counting(model_id)
    if build is None:
        message = "The model has no scores yet; publish it first."
        raise Refused(Code.MODEL_NOT_PUBLISHED, message, ("modelId",))
    at = now()
    await insert_rows(
        "score_adjustment",
        ["customer_id", "model_id", "points", "reason", "actor_name", "created_at", "expires_at"],
        [(present, model_id, points, why, actor.name, at, expires_at)],
    )
    sheets = await compute(scheme_of(build, at), [present])
    await store(build, sheets, await stood_of(build, [present]), at, ADJUSTED)
    mark({present: [adjusted(model_id)]})  # for a build that is being made
    return present


def _checked(points: int, reason: str, expires_at: Moment | None) -> str:
    if points == 0 or abs(points) > MOST_POINTS:
        message = f"Points are up to {MOST_POINTS // MICRO:,} either way, and not 0."
        raise Refused(Code.POINTS_INVALID, message, ("points",))
    why = reason.strip()
    if not 1 <= len(why) <= MAX_REASON or "\x00" in why:
        message = f"A reason has 1 to {MAX_REASON} characters."
        raise Refused(Code.REASON_INVALID, message, ("reason",))
    if expires_at is not None and expires_at <= now():
        message = "An adjustment can only expire in the future."
        raise Refused(Code.EXPIRY_INVALID, message, ("expiresAt",))
    return why
