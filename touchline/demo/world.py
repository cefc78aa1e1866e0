"""The whole year: everything everybody does, in the order in which it is sent."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from touchline.demo import crm, forms, gatherings, imperfections, mail, shop, web, wechat
from touchline.demo.companies import companies
from touchline.demo.diary import Call
from touchline.demo.journeys import journey
from touchline.demo.people import people
from touchline.domain.kernel.clock import SECOND
from touchline.domain.sources.types import SourceKind

SEED = 7
PEOPLE = 3_000
END = date(2026, 11, 1)
SOURCES = {
    web.SOURCE: SourceKind.WEBSITE,
    forms.SOURCE: SourceKind.FORM,
    mail.SOURCE: SourceKind.SERVER,
    wechat.SOURCE: SourceKind.SERVER,
    shop.SOURCE: SourceKind.SERVER,
    gatherings.SOURCE: SourceKind.APP,
    crm.SOURCE: SourceKind.SERVER,
    crm.SHEETS: SourceKind.IMPORT,
}


def calls(seed: int = SEED, count: int = PEOPLE, end: date = END) -> Iterator[Call]:
    """The year before ``end`` of ``count`` people, in sending order.

    The same arguments give the same calls to the last byte. A larger ``count`` adds people and
    changes nobody.
    """
    told: list[Call] = []
    for person in people(seed, count, companies(seed)):
        told += imperfections.with_repeats(seed, journey(seed, person, end))
    told += imperfections.strays(seed, _moment(end))
    told.sort(key=lambda call: (call.sent_at, str(call.body["messageId"])))
    yield from told


def _moment(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * SECOND
