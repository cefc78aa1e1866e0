"""The HTTP edge of collect: what SDKs, browsers and servers send events to.

POST /v1/{identify,track,page,screen,group,alias} and /v1/{i,t,p,s,g,a}    one call
POST /v1/{batch,b,import}                                                  many calls
GET  /v1/projects/{writeKey}/settings                                      the browser library
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from touchline.api.browser_settings import browser_settings
from touchline.api.collect_answers import busy, kept, none_kept, refused, unavailable
from touchline.api.collect_requests import Body, origin_of, read_body, usable_key, write_key_of
from touchline.api.cors import opened, preflight
from touchline.api.errors import json_error
from touchline.domain.collect.calls import BATCH_PATHS, PATHS
from touchline.domain.collect.errors import CollectCode, Fault, Faulty, LandingUnavailable
from touchline.domain.collect.group_commit import GroupCommitter
from touchline.domain.collect.intake import Intake, Limits, Rejected, take_batch, take_call
from touchline.domain.collect.service import accept
from touchline.domain.collect.unpacking import unpack
from touchline.domain.kernel import clock
from touchline.domain.kernel.transience import is_transient
from touchline.domain.sources.service import authenticate_write_key

_UNKNOWN_CALL = Fault(CollectCode.UNKNOWN_CALL, (), "There is no such call.")
_NO_KEY = Fault(CollectCode.MISSING_WRITE_KEY, (), "Send the write key of a source.")
_BAD_KEY = Fault(CollectCode.UNKNOWN_WRITE_KEY, (), "The write key is unknown or was revoked.")


async def collect(request: Request) -> Response:
    """Take one call or a batch; the answer is 200 only once what it holds is durable."""
    try:
        return opened(await _collect(request))
    except Exception as error:
        if not is_transient(error):
            raise
        return opened(unavailable(request))


async def settings_for_browsers(request: Request) -> Response:
    """Tell the browser library how to reach this server."""
    write_key = request.path_params["write_key"]
    if not usable_key(write_key) or await authenticate_write_key(write_key) is None:
        return opened(json_error(request, 404, _BAD_KEY.code.value, _BAD_KEY.message))
    response = JSONResponse(
        browser_settings(request, write_key), headers={"Cache-Control": "public, max-age=60"}
    )
    return opened(response)


routes = [
    Route("/v1/projects/{write_key}/settings", settings_for_browsers, methods=["GET"]),
    Route("/v1/{call}", collect, methods=["POST"]),
    Route("/v1/{path:path}", preflight, methods=["OPTIONS"]),
]


async def _collect(request: Request) -> Response:
    committer: GroupCommitter = request.app.state.committer
    limits = Limits.of(request.app.state.settings)
    origin = origin_of(request)
    shown = write_key_of(request)
    source_id = None if shown is None else await _source(shown)
    if shown is not None and source_id is None:
        return refused(request, _BAD_KEY)
    if committer.backlog.is_full():
        return busy(request)
    intake = await _take(request, origin.received_at, limits)
    if intake.refused is not None and intake.refused.fault.code is CollectCode.INCOMPLETE_BODY:
        return refused(request, intake.refused.fault)
    if source_id is None and intake.write_key is not None:
        source_id = await _source(intake.write_key)
    if source_id is None:
        return refused(request, _NO_KEY if intake.write_key is None else _BAD_KEY)
    call = PATHS.get(request.path_params["call"])
    try:
        await accept(committer, source_id=source_id, intake=intake, origin=origin, call=call)
    except LandingUnavailable:
        return unavailable(request)
    return _answer(request, intake)


async def _take(request: Request, received_at: clock.Moment, limits: Limits) -> Intake:
    """Read and judge the request; a body that cannot be read stands as one rejection."""
    name = request.path_params["call"]
    body = Body()
    try:
        await read_body(request, limits.batch_bytes, body)
        encoding = request.headers.get("content-encoding", "")
        text = unpack(body.raw, encoding, limits.batch_bytes)
    except Faulty as faulty:
        return Intake(rejected=[Rejected(None, faulty.fault, body.raw)])
    if name in BATCH_PATHS:
        return take_batch(text, received_at, limits)
    if name in PATHS:
        return take_call(text, PATHS[name], received_at, limits)
    return Intake(rejected=[Rejected(0, _UNKNOWN_CALL, text)])


def _answer(request: Request, intake: Intake) -> Response:
    if intake.accepted or not intake.rejected:
        return kept(intake)
    is_batch = request.path_params["call"] in BATCH_PATHS
    if is_batch and intake.refused is None:
        return none_kept(request, intake)
    return refused(request, intake.rejected[0].fault)


async def _source(write_key: str) -> int | None:
    return await authenticate_write_key(write_key) if usable_key(write_key) else None
