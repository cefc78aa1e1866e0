"""The mailer: it knows contacts by their CRM number and e-mail address."""

from touchline.demo.content import SITE, Asset
from touchline.demo.crm import contact
from touchline.demo.diary import Body, Diary
from touchline.domain.kernel.clock import DAY, HOUR, MINUTE, SECOND, Moment

SOURCE = "Mailer"


def send(
    diary: Diary, moment: Moment, campaign: str, asset: Asset, interest: float
) -> Moment | None:
    """One e-mail and what becomes of it; gives the moment of the click, if there was one."""
    mail: Body = {
        "campaignName": campaign,
        "emailSubject": asset.title,
        "assetSlug": asset.slug,
    }
    if diary.chance(0.008):
        _track(diary, moment, "Email Bounced", {**mail, "reason": "mailbox full"})
        return None
    _track(diary, diary.later(moment, SECOND, MINUTE), "Email Delivered", mail)
    if not diary.chance(0.25 + interest / 2):
        return None
    opened = diary.later(moment, 5 * MINUTE, 2 * DAY)
    _track(diary, opened, "Email Opened", mail)
    if diary.chance(0.012):
        unsubscribe(diary, diary.later(opened, SECOND, MINUTE), mail)
        return None
    if not diary.chance(0.1 + interest / 2):
        return None
    clicked = diary.later(opened, 5 * SECOND, 3 * MINUTE)
    _track(diary, clicked, "Email Link Clicked", {**mail, "url": SITE + asset.path})
    return clicked + 2 * SECOND


def write(
    diary: Diary, moment: Moment, campaign: str, subject: str, asset: Asset, *, clicks: bool
) -> None:
    """One e-mail that gets there, with the link of an asset."""
    mail: Body = {"campaignName": campaign, "emailSubject": subject, "assetSlug": asset.slug}
    _track(diary, moment, "Email Delivered", mail)
    if clicks:
        clicked = diary.later(moment, HOUR, 2 * DAY)
        _track(diary, clicked, "Email Link Clicked", {**mail, "url": SITE + asset.path})


def unsubscribe(diary: Diary, moment: Moment, mail: Body) -> None:
    """They want no more of it; the wish is also kept as a trait."""
    _track(diary, moment, "Unsubscribed", mail)
    body = {"type": "identify", **contact(diary), "traits": {"unsubscribed": True}}
    diary.add(SOURCE, moment + HOUR // 60, body)


def _track(diary: Diary, moment: Moment, event: str, properties: Body) -> None:
    body = {"type": "track", "event": event, "properties": properties, **contact(diary)}
    diary.add(SOURCE, moment, body)
