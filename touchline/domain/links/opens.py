"""An e-mail was opened, as far as a picture in it can tell."""

import re

from touchline.domain.links.clicks import OPENS, ROBOTS, Link, track_call

OPENED = "Email Opened"
_RECIPIENT = re.compile(r"[\w.@:+=/-]{1,200}")


def recipient_of(told: str | None) -> str | None:
    """The user id that a mailer wrote into the address; ``None`` where it left its own sign."""
    return told if told and _RECIPIENT.fullmatch(told) else None


def call_of(link: Link, recipient: str | None, *, robot: bool) -> bytes:
    """The track call that tells of it. The evidence is weak: mail programs load pictures unasked,
    or never."""
    who = {"anonymousId": ROBOTS if robot else OPENS}
    if recipient is not None and not robot:
        who = {"userId": recipient}
    return track_call(link, OPENED, who, {"isWeak": True, "isRobot": robot}, {})
