"""How far people go: most look and leave, some leave an address, a few buy again and again."""

from datetime import date
from random import Random

from touchline.demo import crm, forms, gatherings, mail, shop, web, wechat
from touchline.demo.calendar import midnight
from touchline.demo.content import (
    ARTICLES,
    PAPERS,
    VIDEOS,
    Asset,
    in_language,
    trade_fair,
    webinars,
)
from touchline.demo.diary import Call, Diary
from touchline.demo.people import KIOSK_EVERY, KIOSK_USERS, Device, Person, kiosk
from touchline.domain.kernel.clock import DAY, HOUR, MINUTE, SECOND, Moment

YEAR = 365 * DAY


def journey(seed: int, person: Person, end: date) -> list[Call]:
    """All calls about one person in the year before ``end``, in the order they happened."""
    dice = Random(f"{seed}/journey/{person.number}")
    diary = Diary(seed, person, dice, midnight(end))
    interest = dice.random() ** 1.6
    start = diary.office_hour(diary.end - dice.randrange(10 * DAY, YEAR))
    moment = _first_steps(diary, start, end, interest)
    if diary.has_left_email:
        moment = _nurture(diary, moment, end, interest)
    if diary.has_left_email and diary.chance(interest):
        _buy(diary, moment, interest)
    return sorted(diary.calls, key=lambda call: call.sent_at)


def _first_steps(diary: Diary, moment: Moment, end: date, interest: float) -> Moment:
    """From the first touch to an address left behind, or not."""
    way = diary.dice.random()
    if diary.person.culture.code == "zh" and way < 0.45:
        wechat.follow(diary, moment)
        return diary.later(moment, 10 * DAY, 40 * DAY)
    if way > 0.93:
        scanned = gatherings.visit_fair(diary, midnight(trade_fair(end)))
        crm.listed(diary, diary.later(scanned, DAY, 4 * DAY), "Smart Buildings Expo")
        return scanned + 3 * DAY
    for _ in range(1 + int(interest * 4)):
        last = _browse(diary, moment, interest)
        moment = diary.office_hour(diary.later(last, DAY, 25 * DAY))
    if diary.chance(0.25 + interest * 0.6):
        device = _device(diary)
        asset = diary.dice.choice(in_language(PAPERS, diary.person.culture.code))
        at = web.visit(diary, moment, device, web.arrival(diary), (asset,))
        forms.submit(diary, at, device, diary.dice.choice(("paper", "paper", "newsletter")), asset)
        web.act(diary, at + 4 * SECOND, device, "White Paper Downloaded", _named(asset))
    return moment


def _browse(diary: Diary, moment: Moment, interest: float) -> Moment:
    device, language = _device(diary), diary.person.culture.code
    articles = in_language(ARTICLES, language)
    read = tuple(diary.dice.sample(articles, min(len(articles), diary.dice.choice((0, 1, 1, 2)))))
    moment = web.visit(diary, moment, device, web.arrival(diary), read)
    if diary.chance(0.12 + interest / 5):
        video = diary.dice.choice(in_language(VIDEOS, language))
        watched = {**_named(video), "percent": diary.dice.choice((25, 50, 75, 100))}
        web.act(diary, moment, device, "Video Watched", watched)
    if diary.chance(interest / 3):
        shop.look(diary, moment + MINUTE, device)
    return moment


def _nurture(diary: Diary, moment: Moment, end: date, interest: float) -> Moment:
    """Monthly e-mails, a webinar or two, and the visits that come of them."""
    assets = in_language(ARTICLES + PAPERS, diary.person.culture.code)
    for month in range(diary.dice.randint(1, 7)):
        sent = diary.office_hour(moment + (month + 1) * 27 * DAY)
        asset = diary.dice.choice(assets)
        clicked = mail.send(diary, sent, f"Nurture {month + 1}", asset, interest)
        if clicked:
            web.visit(diary, clicked, _device(diary), web.NEWSLETTER, (asset,))
    for webinar in webinars(end):
        starts = midnight(webinar.day) + 13 * HOUR
        if starts > moment and diary.chance(0.05 + interest / 6):
            gatherings.attend_webinar(diary, webinar, starts)
    return diary.later(moment, 5 * DAY, 60 * DAY)


def _buy(diary: Diary, moment: Moment, interest: float) -> None:
    """A demo, a sign-up, a deal and orders; a job may change meanwhile."""
    device = _device(diary)
    at = web.visit(diary, diary.office_hour(moment), device, web.arrival(diary))
    forms.submit(diary, at, device, "demo")
    crm.describe(diary, diary.later(at, HOUR, 2 * DAY), leadScoreHint=round(interest * 100))
    if not diary.chance(0.7):
        return
    signed = diary.office_hour(diary.later(at, DAY, 20 * DAY))
    web.register(diary, signed, device)
    web.act(diary, signed + MINUTE, device, "Trial Started", {"plan": "team", "days": 30})
    for other in diary.person.devices[1:]:
        web.sign_in(diary, diary.office_hour(diary.later(signed, HOUR, 30 * DAY)), other)
    if diary.person.number % KIOSK_EVERY < KIOSK_USERS:
        _use_kiosk(diary, signed, kiosk(diary.seed, diary.person.number))
    if diary.chance(0.5 + interest / 3):
        _close(diary, diary.later(signed, 5 * DAY, 30 * DAY), device)
    if diary.chance(0.07):
        _change(diary, diary.later(signed, 30 * DAY, 150 * DAY))


def _close(diary: Diary, moment: Moment, device: Device) -> None:
    for place in range(diary.dice.choice((1, 1, 1, 2, 2, 4))):
        moment = diary.office_hour(moment)
        shop.buy(diary, moment, device, first=place == 0)
        if place == 0 and diary.person.company:
            crm.deal(diary, diary.later(moment, MINUTE, HOUR), "won", 1490.0)
        moment = diary.later(moment, 14 * DAY, 80 * DAY)


def _use_kiosk(diary: Diary, moment: Moment, device: Device) -> None:
    """The showroom's tablet: one anonymous id, one user after another."""
    at = diary.office_hour(diary.later(moment, DAY, 10 * DAY))
    web.sign_in(diary, at, device)
    web.visit(diary, at + SECOND, device, web.DIRECT)


def _change(diary: Diary, moment: Moment) -> None:
    """A new title, a new surname, or a private address besides the one at work."""
    change = diary.dice.choice(("title", "name", "email"))
    if change == "title":
        crm.describe(diary, moment, title=f"Senior {diary.person.job}")
    elif change == "name":
        family, _ = diary.dice.choice(diary.person.culture.family_names)
        crm.describe(diary, moment, lastName=family)
    else:
        crm.describe(diary, moment, email=diary.person.second_email)


def _device(diary: Diary) -> Device:
    """Mostly the first device; sometimes another."""
    devices = diary.person.devices
    return devices[0] if diary.chance(0.7) else diary.dice.choice(devices)


def _named(asset: Asset) -> dict[str, object]:
    return {"assetSlug": asset.slug, "assetKind": asset.kind, "title": asset.title}
