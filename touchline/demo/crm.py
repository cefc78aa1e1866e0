"""The CRM and the spreadsheets around it: contacts, accounts, deals."""

from touchline.demo.companies import Company
from touchline.demo.diary import Body, Diary
from touchline.domain.kernel.clock import Moment

SOURCE = "CRM"
SHEETS = "Spreadsheets"


def contact(diary: Diary) -> Body:
    """How systems that never see a browser name a person: CRM number and e-mail address."""
    return {"context": {"externalIds": [_number(diary)], "traits": {"email": diary.person.email}}}


def describe(diary: Diary, moment: Moment, **traits: object) -> None:
    """What sales learned of a person, and the account they belong to."""
    person = diary.person
    known = {"title": person.job, "phone": person.phone, "city": person.city, **traits}
    written = {name: value for name, value in known.items() if value}
    diary.add(SOURCE, moment, {"type": "identify", **contact(diary), "traits": written})
    if person.company:
        belong(diary, moment + 400, person.company)


def belong(diary: Diary, moment: Moment, company: Company) -> None:
    """A group call: the account, its domain and what is known of it."""
    traits = {
        "name": company.name,
        "domain": company.domain,
        "website": f"https://www.{company.domain}",
        "industry": company.industry,
        "employees": company.employees,
        "plan": company.plan,
        "address": {"city": company.city, "country": company.country},
    }
    body = {"type": "group", "groupId": company.key, "traits": traits, **contact(diary)}
    diary.add(SOURCE, moment, body)


def deal(diary: Diary, moment: Moment, stage: str, amount: float) -> None:
    """A step of a deal."""
    properties = {"stage": stage, "amount": amount, "currency": "EUR"}
    body = {"type": "track", "event": "Deal Stage Changed", "properties": properties}
    diary.add(SOURCE, moment, {**body, **contact(diary)})


def listed(diary: Diary, moment: Moment, sheet: str) -> None:
    """A row of a list that somebody typed: the address in capitals, blanks at the edges."""
    person = diary.person
    traits = {
        "email": f" {person.email.upper()} " if diary.chance(0.3) else person.email,
        "name": person.full_name,
        "company": person.company.name if person.company else None,
        "leadSource": sheet,
    }
    diary.has_left_email = True
    diary.add(SHEETS, moment, {"type": "identify", "traits": traits})


def _number(diary: Diary) -> dict[str, str]:
    return {
        "id": f"ctc-{diary.seed:02d}{diary.person.number:05d}",
        "type": "crm_contact",
        "collection": "users",
        "encoding": "none",
    }
