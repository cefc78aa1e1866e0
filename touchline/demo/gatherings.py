"""Webinars and the trade fair: registered, attended, checked in with a badge."""

from touchline.demo.content import Webinar
from touchline.demo.crm import contact
from touchline.demo.diary import Body, Diary
from touchline.domain.kernel.clock import DAY, HOUR, MINUTE, Moment

SOURCE = "Events"


def attend_webinar(diary: Diary, webinar: Webinar, starts: Moment) -> bool:
    """Register some days ahead; two in three come. Gives whether they came."""
    show: Body = {"assetSlug": webinar.asset.slug, "title": webinar.asset.title}
    _track(diary, starts - diary.dice.randrange(DAY, 12 * DAY), "Webinar Registered", show)
    came = diary.chance(0.66)
    if came:
        minutes = diary.dice.randint(4, 58)
        joined = diary.later(starts, 0, 6 * MINUTE)
        _track(diary, joined, "Webinar Attended", {**show, "minutes": minutes})
        if diary.chance(0.2):
            asked = diary.later(joined, MINUTE, 40 * MINUTE)
            _track(diary, asked, "Webinar Question Asked", {**show, "question": "Is there an API?"})
    return came


def visit_fair(diary: Diary, opens: Moment) -> Moment:
    """A badge is scanned at the stand; gives the moment."""
    scanned = diary.later(opens, HOUR, 8 * HOUR)
    badge = {"eventName": "Smart Buildings Expo", "stand": "B14", "booth": diary.chance(0.3)}
    _track(diary, scanned, "Event Checked In", badge)
    return scanned


def _track(diary: Diary, moment: Moment, event: str, properties: Body) -> None:
    body = {"type": "track", "event": event, "properties": properties, **contact(diary)}
    diary.add(SOURCE, moment, body)
