"""What the server itself tells of visitors: landed like any sender's call, if it may be known."""

import structlog
from starlette.requests import Request

from touchline.api.collect_requests import origin_of
from touchline.domain.collect.calls import CallType
from touchline.domain.collect.errors import LandingUnavailable
from touchline.domain.collect.group_commit import GroupCommitter
from touchline.domain.collect.intake import Limits, take_call
from touchline.domain.collect.landed import Origin
from touchline.domain.collect.service import accept

CONSENT = "tl_consent"

log = structlog.get_logger(__name__)


async def tell(
    request: Request, call: bytes, *, source_id: int, code: str, known: bool = True
) -> None:
    """Land a track call; what cannot be kept keeps nobody from what they came for.

    Of who may not be known, neither the address nor the browser is kept.
    """
    committer: GroupCommitter = request.app.state.committer
    origin = origin_of(request)
    if not known:
        origin = Origin(origin.received_at)
    limits = Limits.of(request.app.state.settings)
    intake = take_call(call, CallType.TRACK, origin.received_at, limits)
    try:
        if committer.backlog.is_full():
            raise LandingUnavailable("Too much waits.")
        await accept(
            committer, source_id=source_id, intake=intake, origin=origin, call=CallType.TRACK
        )
    except LandingUnavailable as error:
        log.warning("a visit was not kept", code=code, error=str(error))


def is_refused(request: Request) -> bool:
    """Whether the browser asks that its visitor be not tracked."""
    return "1" in (request.headers.get("sec-gpc"), request.headers.get("dnt"))


def may_know(request: Request) -> bool:
    """Whether a visitor may be known again: consent as the deployment wants it, and no refusal."""
    said = request.cookies.get(CONSENT)
    assumed = request.app.state.settings.consent == "assumed" and said != "denied"
    return not is_refused(request) and (assumed or said == "granted")
