"""The maps in ``examples/`` do what they say, on a few rows made up here."""

import csv
import re
from pathlib import Path

import orjson

from touchline.domain.customers.queries import count_present
from touchline.domain.identity.queries import find_customer
from touchline.domain.imports.mapping import read_map
from touchline.domain.imports.service import Report, Request, import_file
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.settings import Settings

EXAMPLES = Path(__file__).parents[3] / "examples"


def table(path: Path, columns: set[str], *rows: dict[str, str]) -> Path:
    """A CSV file with these columns and whatever else the rows hold."""
    names = sorted(columns.union(*rows))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def columns(map_name: str) -> set[str]:
    """Every column of the imported file that a map of one file names."""
    named = re.findall(r"\{(\w+)\}", (EXAMPLES / f"{map_name}.toml").read_text())
    return set(named)


async def imported(db: Settings, path: Path, map_name: str) -> Report:
    said = read_map(EXAMPLES / f"{map_name}.toml")
    asked = Request(path, said, said.source or "", path.with_suffix(".rejected.csv"))
    report = await import_file(SYSTEM, db, asked, lambda report: None)
    assert report.rejected == 0, asked.rejects.read_text()
    return report


async def test_adverts_and_conversions_become_touchpoints(db: Settings, tmp_path: Path) -> None:
    shown = {
        "customer_id": "A1",
        "time": "2018-07-22T20:40:41Z",
        "interaction": "impression",
        "conversion": "0",
        "conversion_value": "0",
        "channel": "Paid Search",
    }
    bought = {**shown, "interaction": "conversion", "conversion": "1", "conversion_value": "6.5"}
    path = table(tmp_path / "touches.csv", set(), shown, shown, bought)

    await imported(db, path, "touchpoints_62k")

    told = await fetch("SELECT name, properties, context FROM touchpoint ORDER BY id")
    assert [row["name"] for row in told] == ["Ad Impression", "Ad Impression", "Conversion"]
    assert orjson.loads(told[2]["properties"]) == {"channel": "Paid Search", "value": 6.5}
    assert orjson.loads(told[0]["context"]) == {
        "campaign": {"source": "Paid Search", "medium": "cpc"}
    }


async def test_snowplow_visitors_are_stitched_by_cookie_and_user_id(
    db: Settings, tmp_path: Path
) -> None:
    known = columns("snowplow_web")
    seen = {"event_name": "page_view", "event": "page_view", "page_title": "Home"}
    seen |= {"derived_tstamp": "2021-03-03 21:27:32.695", "network_userid": "office"}
    path = table(
        tmp_path / "events.csv",
        known,
        {**seen, "event_id": "1", "domain_userid": "cookie-1"},
        {**seen, "event_id": "2", "domain_userid": "cookie-1", "user_id": "ann"},
        {**seen, "event_id": "3", "domain_userid": "cookie-2", "user_id": "ann"},
        {**seen, "event_id": "3", "domain_userid": "cookie-2", "user_id": "ann"},
        {**seen, "event_id": "4", "domain_userid": "cookie-3", "event_name": "link_click"},
    )

    await imported(db, path, "snowplow_web")

    ann = await find_customer("user_id", "ann")
    assert await find_customer("anonymous_id", "cookie-1") == ann
    assert await find_customer("anonymous_id", "cookie-2") == ann
    assert await find_customer("anonymous_id", "cookie-3") not in {None, ann}
    assert await count_present() == 2
    told = await fetch("SELECT type, name FROM touchpoint ORDER BY message_id")
    assert [(row["type"], row["name"]) for row in told] == [
        *[("PAGE", "Home")] * 3,
        ("TRACK", "link_click"),
    ]


async def test_merged_hubspot_contacts_are_one_customer(db: Settings, tmp_path: Path) -> None:
    known = {"property_createdate", "property_first_conversion_date", "property_annualrevenue"}
    known |= {"property_jobtitle", "property_company", "property_lastname", "_fivetran_deleted"}
    person = {"_fivetran_synced": "2021-04-02 11:16:05", "property_firstname": "Ann"}
    path = table(
        tmp_path / "contact_data.csv",
        known,
        {**person, "id": "11", "property_email": "ann@corp.example"},
        {**person, "id": "12", "property_email": "c2NyYW1ibGVk"},
        {**person, "id": "13", "property_hs_merged_object_ids": "11;12"},
        {**person, "id": "14", "_fivetran_deleted": "TRUE"},
    )

    report = await imported(db, path, "fivetran_hubspot_contacts")

    assert (report.calls, report.passed_over) == (3, 1)
    assert await count_present() == 1
    customer = await find_customer("hubspot_vid", "13")
    assert await find_customer("hubspot_vid", "11") == customer
    assert await find_customer("hubspot_vid", "12") == customer
    assert await find_customer("email", "ann@corp.example") == customer
    assert await find_customer("hubspot_vid", "14") is None
