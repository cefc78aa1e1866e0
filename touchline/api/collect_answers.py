"""What collect answers: exactly 200 where something was kept, else an error with code and path."""

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from touchline.api.errors import json_error, request_id
from touchline.domain.collect.errors import CollectCode, Fault
from touchline.domain.collect.intake import Intake

RETRY_AFTER_S = 2
_STATUSES = {
    CollectCode.BATCH_TOO_LARGE: 413,
    CollectCode.EVENT_TOO_LARGE: 413,
    CollectCode.INCOMPLETE_BODY: 408,
    CollectCode.MISSING_WRITE_KEY: 401,
    CollectCode.TOO_MANY_EVENTS: 413,
    CollectCode.UNKNOWN_CALL: 404,
    CollectCode.UNKNOWN_WRITE_KEY: 401,
    CollectCode.UNSUPPORTED_ENCODING: 415,
}
_ALL_KEPT = {"success": True}


def kept(intake: Intake) -> Response:
    """Something was accepted; events that were not are listed with the others of the batch."""
    if not intake.rejected:
        return _json(_ALL_KEPT | {"accepted": len(intake.accepted)}, 200)
    body = {
        "success": True,
        "accepted": len(intake.accepted),
        "rejected": len(intake.rejected),
        "results": _results(intake),
    }
    return _json(body, 200)


def refused(request: Request, fault: Fault) -> Response:
    """Nothing was accepted, for one reason."""
    status = _STATUSES.get(fault.code, 400)
    headers = {"WWW-Authenticate": 'Bearer realm="collect"'} if status == 401 else None
    return json_error(
        request, status, fault.code.value, fault.message, path=fault.path, headers=headers
    )


def none_kept(request: Request, intake: Intake) -> Response:
    """No event of a batch was accepted: the first one's fault stands for all, in 400."""
    first = intake.rejected[0]
    body = {
        "success": False,
        "code": first.fault.code.value,
        "message": f"No event was accepted. The first: {first.fault.message}",
        "path": ["batch", first.index, *first.fault.path],
        "requestId": request_id(request),
        "accepted": 0,
        "rejected": len(intake.rejected),
        "results": _results(intake),
    }
    return _json(body, 400)


def busy(request: Request) -> Response:
    """Too much waits for the timeline; nothing was read."""
    return json_error(
        request,
        429,
        "RATE_LIMITED",
        "More events wait than the server takes; send this again later.",
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )


def unavailable(request: Request) -> Response:
    """Nothing could be written, so nothing is acknowledged."""
    return json_error(
        request,
        503,
        "UNAVAILABLE",
        "Nothing was kept; send this again later.",
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )


def _results(intake: Intake) -> list[dict[str, Any]]:
    """A verdict for each event, in the order of the batch."""
    total = len(intake.accepted) + len(intake.rejected)
    results: list[dict[str, Any]] = [
        {"index": index, "status": "accepted", "code": None, "path": [], "message": None}
        for index in range(total)
    ]
    for one in intake.rejected:
        if one.index is not None:
            results[one.index] |= {
                "status": "rejected",
                "code": one.fault.code.value,
                "path": list(one.fault.path),
                "message": one.fault.message,
            }
    return results


def _json(body: dict[str, Any], status: int) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")
