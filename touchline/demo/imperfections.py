"""What goes wrong on the wire in a year: calls sent twice, ids that are no ids, broken calls."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

from touchline.demo import forms, shop, web
from touchline.demo.diary import Body, Call
from touchline.domain.kernel.clock import DAY, MINUTE, SECOND, Moment, format_moment

_NOBODY = (
    "null",
    "[object Object]",
    "undefined",
    "anonymous",
    "00000000-0000-0000-0000-000000000000",
)
_BROKEN: tuple[tuple[str, Body], ...] = (
    (web.SOURCE, {"type": "track", "anonymousId": "8b1f8d0e", "properties": {"button": "top"}}),
    (web.SOURCE, {"type": "purchase", "anonymousId": "8b1f8d0e", "properties": {"total": 12}}),
    (web.SOURCE, {"type": "page", "name": "Pricing", "properties": {"path": "/pricing"}}),
    (forms.SOURCE, {"type": "identify", "userId": 70311, "traits": "anna@northgate.example"}),
    (shop.SOURCE, {"type": "track", "event": "Order Completed", "properties": {"total": 99.0}}),
    (shop.SOURCE, {"type": "track", "userId": {"id": 4}, "event": "Order Completed"}),
)


def with_repeats(seed: int, calls: Iterable[Call]) -> Iterator[Call]:
    """The calls, one in seventy of them sent a second time with the same message id."""
    for call in calls:
        yield call
        dice = Random(f"{seed}/repeat/{call.body['messageId']}")
        if dice.random() < 1 / 70:
            wait = dice.choice((2 * SECOND, 10 * MINUTE, 3 * DAY))
            yield replace(call, sent_at=call.sent_at + wait, repeat=True)


def strays(seed: int, end: Moment) -> Iterator[Call]:
    """Calls that name nobody, one from a clock far ahead, and some that are no calls."""
    for place, nobody in enumerate(_NOBODY):
        moment = end - (20 + 31 * place) * DAY
        visit = {
            "type": "page",
            "userId": nobody,
            "anonymousId": f"e5f0c3a2-0000-4000-8000-{seed:06d}{place:06d}",
            "name": "Pricing",
            "properties": {"path": "/pricing"},
        }
        yield _stray(seed, f"nobody/{place}", moment, web.SOURCE, visit)
    ahead = {"type": "page", "name": "Home", "anonymousId": f"time-traveller-{seed}"}
    future = {**ahead, "timestamp": format_moment(end + 300 * DAY)}
    yield _stray(seed, "ahead", end - 50 * DAY, web.SOURCE, future)
    for place, (source, body) in enumerate(_BROKEN):
        yield _stray(seed, f"broken/{place}", end - (11 + 50 * place) * DAY, source, body)


def _stray(seed: int, name: str, moment: Moment, source: str, body: Body) -> Call:
    written = {"timestamp": format_moment(moment), **body, "messageId": f"stray-{seed}-{name}"}
    return Call(source, moment, written)
