"""The website: visits with their campaign, referrer and click id, and what is done on a page."""

from dataclasses import dataclass

from touchline.demo.content import SITE, Asset
from touchline.demo.diary import Body, Diary
from touchline.demo.people import Device
from touchline.domain.kernel.clock import DAY, MINUTE, SECOND, Moment

SOURCE = "Website"

_READ = 0.7
"""How often a page with content is read, and not only opened."""
_LIBRARY = {"name": "analytics.js", "version": "next-1.84.3"}


@dataclass(frozen=True)
class Entry:
    """How somebody came: the referrer, the campaign in the address, and a click id."""

    referrer: str = ""
    source: str = ""
    medium: str = ""
    campaign: str = ""
    click: tuple[str, str] | None = None


DIRECT = Entry()
NEWSLETTER = Entry("", "fernwell-mail", "email", "nurture")
_ENTRIES: tuple[tuple[Entry, int, str], ...] = (
    (DIRECT, 22, "en pl zh"),
    (Entry("https://www.google.com/"), 26, "en pl"),
    (Entry("https://www.bing.com/"), 4, "en pl"),
    (Entry("https://www.baidu.com/"), 24, "zh"),
    (Entry("https://www.google.com/", "google", "cpc", "brand", ("gclid", "Cj0")), 9, "en pl"),
    (Entry("https://www.google.com/", "google", "cpc", "co2-sensor", ("gclid", "EAI")), 8, "en pl"),
    (Entry("https://www.linkedin.com/", "linkedin", "paid-social", "facility-managers",
           ("li_fat_id", "fc")), 9, "en pl"),
    (Entry("https://www.baidu.com/", "baidu", "cpc", "kong-qi-jian-ce", ("bd_vid", "9")), 8, "zh"),
    (Entry("https://www.building-review.example/", "building-review", "referral", "partner"), 6,
     "en"),
    (Entry("https://chatgpt.com/", "chatgpt.com", "", ""), 4, "en pl"),
    (Entry("https://www.youtube.com/", "youtube", "social", "how-to"), 4, "en pl"),
)  # fmt: skip
_PAGES = (
    ("/", "Fernwell: know the air you work in"),
    ("/products", "Products"),
    ("/pricing", "Pricing"),
    ("/customers", "Customer stories"),
    ("/integrations", "Integrations"),
    ("/about", "About us"),
)


def arrival(diary: Diary) -> Entry:
    """One way in, as people of this culture come."""
    fitting = [
        (entry, weight)
        for entry, weight, cultures in _ENTRIES
        if diary.person.culture.code in cultures
    ]
    entries, weights = zip(*fitting, strict=True)
    chosen: Entry = diary.dice.choices(entries, weights)[0]
    return chosen


def visit(
    diary: Diary, moment: Moment, device: Device, entry: Entry, assets: tuple[Asset, ...] = ()
) -> Moment:
    """A visit of some plain pages and the given assets; gives the moment of its last page."""
    pages: list[tuple[str, str, Asset | None]] = [
        (*page, None) for page in diary.dice.sample(_PAGES, diary.dice.choice((1, 1, 2, 2, 3)))
    ]
    pages += [(asset.path, asset.title, asset) for asset in assets]
    referrer = entry.referrer
    for place, (path, title, asset) in enumerate(pages):
        campaign = entry if place == 0 else DIRECT
        _page(diary, moment, device, path, title, asset, campaign, referrer)
        if asset and diary.chance(_READ):
            _read(diary, moment, device, asset, entry)
        referrer = SITE + path
        moment = diary.later(moment, 15 * SECOND, 5 * MINUTE)
    return moment


def land(diary: Diary, moment: Moment, device: Device, entry: Entry, asset: Asset) -> None:
    """A visit of one page alone: somebody came for it."""
    _page(diary, moment, device, asset.path, asset.title, asset, entry, entry.referrer)


def act(diary: Diary, moment: Moment, device: Device, event: str, properties: Body) -> None:
    """Something done on a page: a video watched, a product added."""
    body = {"type": "track", "event": event, "properties": properties}
    _send(diary, moment, device, {**body, "context": _context(diary, device)})


def register(diary: Diary, moment: Moment, device: Device) -> None:
    """Signing up: from now on the site knows the user id, on this device."""
    person = diary.person
    traits = {
        "email": person.email,
        "firstName": person.first_name,
        "lastName": person.last_name,
        "name": person.full_name,
        "locale": person.culture.locale,
    }
    diary.is_registered = diary.has_left_email = True
    sign_in(diary, moment, device, traits)


def sign_in(diary: Diary, moment: Moment, device: Device, traits: Body | None = None) -> None:
    """The device meets a user id that may be known from another one."""
    body = {"type": "identify", "traits": traits or {}, "context": _context(diary, device)}
    _send(diary, moment, device, {**body, "userId": diary.person.user_id})


def _page(
    diary: Diary,
    moment: Moment,
    device: Device,
    path: str,
    title: str,
    asset: Asset | None,
    entry: Entry,
    referrer: str,
) -> None:
    search = _search(diary, entry)
    page = {
        "path": path,
        "title": title,
        "url": SITE + path + search,
        "search": search,
        "referrer": referrer,
    }
    context = {**_context(diary, device), "page": page}
    if entry.source:
        names = {"source": entry.source, "medium": entry.medium, "name": entry.campaign}
        context["campaign"] = {name: text for name, text in names.items() if text}
    properties = {**page, **({"assetSlug": asset.slug, "assetKind": asset.kind} if asset else {})}
    body = {"type": "page", "name": title, "properties": properties, "context": context}
    _send(diary, moment, device, body)


def _read(diary: Diary, moment: Moment, device: Device, asset: Asset, entry: Entry) -> None:
    """Somebody stayed and scrolled: the browser says by which campaign the visit came."""
    seconds = diary.dice.randrange(20, 240)
    names = {"source": entry.source, "medium": entry.medium, "name": entry.campaign}
    page = {"path": asset.path, "url": SITE + asset.path, "referrer": entry.referrer}
    context = {**_context(diary, device), "page": page}
    if entry.source:
        context["campaign"] = {name: text for name, text in names.items() if text}
    properties = {
        "assetSlug": asset.slug,
        "assetKind": asset.kind,
        "seconds": seconds,
        "scrollDepth": round(min(1.0, 0.3 + seconds / 200), 2),
    }
    body = {"type": "track", "event": "Content Read", "properties": properties}
    _send(diary, moment + seconds * SECOND, device, {**body, "context": context})


def _search(diary: Diary, entry: Entry) -> str:
    named = [("utm_source", entry.source), ("utm_medium", entry.medium)]
    named.append(("utm_campaign", entry.campaign))
    if entry.click:
        name, start = entry.click
        named.append((name, f"{start}{diary.dice.getrandbits(80):020x}"))
    query = "&".join(f"{name}={text}" for name, text in named if text)
    return f"?{query}" if query else ""


def _context(diary: Diary, device: Device) -> dict[str, object]:
    return {
        "ip": device.ip,
        "userAgent": device.user_agent,
        "locale": diary.person.culture.locale,
        "timezone": diary.person.time_zone,
        "library": _LIBRARY,
    }


def _send(diary: Diary, moment: Moment, device: Device, body: Body) -> None:
    known = {"userId": diary.person.user_id} if diary.is_registered else {}
    offline = device.kind == "phone" and diary.chance(0.02)
    late = diary.dice.randrange(DAY) if offline else 0
    written = {**known, **body, "anonymousId": device.anonymous_id}
    diary.add(SOURCE, moment, written, late=late, skew=device.skew)
