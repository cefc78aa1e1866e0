"""Hosted forms: they pass on the visitor's anonymous id together with what was typed."""

from touchline.demo.content import Asset
from touchline.demo.diary import Diary
from touchline.demo.people import Device
from touchline.domain.kernel.clock import SECOND, Moment

SOURCE = "Forms"

_NAMES = {
    "paper": "White paper",
    "demo": "Request a demo",
    "newsletter": "Newsletter",
    "quote": "Ask for a quote",
}


def submit(
    diary: Diary, moment: Moment, device: Device, form: str, asset: Asset | None = None
) -> None:
    """A form is sent: the visitor has a name now."""
    person = diary.person
    traits: dict[str, object] = {"email": person.email}
    if form != "newsletter":
        traits |= {"firstName": person.first_name, "lastName": person.last_name}
        traits["company"] = person.company.name if person.company else None
    if form == "demo" and person.phone:
        traits["phone"] = person.phone
    properties: dict[str, object] = {"formId": f"frm-{form}", "formName": _NAMES[form]}
    if asset:
        properties |= {"assetSlug": asset.slug, "assetKind": asset.kind}
    who = {"anonymousId": device.anonymous_id}
    if diary.is_registered:
        who["userId"] = person.user_id
    body = {"type": "track", "event": "Form Submitted", "properties": properties}
    context = {"ip": device.ip, "userAgent": device.user_agent, "traits": traits}
    diary.add(SOURCE, moment, {**body, **who, "context": context})
    diary.add(SOURCE, moment + SECOND // 5, {"type": "identify", **who, "traits": traits})
    diary.has_left_email = True
