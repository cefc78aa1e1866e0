"""The whole year: everything everybody does, in the order in which it is sent."""

from collections.abc import Iterator
from datetime import date

from touchline.demo import crm, forms, gatherings, imperfections, mail, shop, web, wechat
from touchline.demo.calendar import midnight
from touchline.demo.companies import companies
from touchline.demo.diary import Call
from touchline.demo.journeys import journey
from touchline.demo.people import people
from touchline.demo.trials import trials
from touchline.domain.sources.types import SourceKind

SEED = 7
PEOPLE = 3_000
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


def calls(seed: int, count: int, end: date) -> Iterator[Call]:
    """The year before ``end`` of ``count`` people, in sending order.

    The same arguments give the same calls to the last byte. A larger ``count`` adds people and
    changes nobody; another ``end`` of the same weekday moves everything by as many days.
    """
    told: list[Call] = []
    for person in people(seed, count, companies(seed)):
        year = journey(seed, person, end)
        year += trials(seed, person, end, year)
        told += imperfections.with_repeats(seed, year)
    told += imperfections.strays(seed, midnight(end))
    told.sort(key=lambda call: (call.sent_at, str(call.body["messageId"])))
    yield from told
