"""Commands on campaigns.

A campaign is known by names: what the links say in ``utm_campaign``, what the ad platforms call it
in their figures of spend. A name belongs to one campaign.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from touchline.domain.campaigns.errors import CampaignErrorCode as Code
from touchline.domain.content.assets import found_asset
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import Conflict, Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import in_list, insert_rows
from touchline.domain.kernel.turns import Turn, take_turns

MAX_NAME = 100
MAX_NAMES = 50
MAX_ASSETS = 200
MAX_AIM = 1_000


@dataclass(frozen=True, slots=True)
class CampaignText:
    """What is said of a campaign. Days are in UTC, from 1970, both included.

    ``names`` are those that links and spend use; without any, it is known by ``name`` with
    hyphens for blanks.
    """

    name: str
    names: Sequence[str] | None = None
    aim: str | None = None
    first_day: int | None = None
    last_day: int | None = None
    asset_ids: Sequence[int] = ()


@transactional
async def create_campaign(actor: Actor, new: CampaignText) -> int:
    """Begin a campaign; returns its id."""
    actor.require(Scope.WRITE)
    await take_turns(Turn.CAMPAIGNS, [0])
    names = await _checked(new, None)
    moment = now()
    rows = await insert_rows(
        "campaign",
        [
            *("name", "name_key", "aim", "first_day", "last_day", "version", "actor_name"),
            *("created_at", "updated_at"),
        ],
        [
            (
                *(new.name.strip(), name_key(new.name), new.aim, new.first_day, new.last_day, 1),
                *(actor.name, moment, moment),
            )
        ],
        returning="id",
    )
    campaign = int(rows[0]["id"])
    await _tie(campaign, names, new.asset_ids)
    return campaign


@transactional
async def update_campaign(
    actor: Actor, campaign_id: int, text: CampaignText, *, expected_version: int | None = None
) -> None:
    """Say all of a campaign anew."""
    actor.require(Scope.WRITE)
    await take_turns(Turn.CAMPAIGNS, [0])
    await _found(campaign_id, expected_version)
    names = await _checked(text, campaign_id)
    await execute(
        "UPDATE campaign SET name = ?, name_key = ?, aim = ?, first_day = ?, last_day = ?,"
        " version = version + 1, updated_at = ? WHERE id = ?",
        (
            *(text.name.strip(), name_key(text.name), text.aim, text.first_day, text.last_day),
            *(now(), campaign_id),
        ),
    )
    for table in ("campaign_name", "campaign_asset"):
        await execute(f"DELETE FROM {table} WHERE campaign_id = ?", (campaign_id,))
    await _tie(campaign_id, names, text.asset_ids)


@transactional
async def archive_campaign(actor: Actor, campaign_id: int) -> None:
    """Put a campaign away; what it was stays, and its names stay its own."""
    actor.require(Scope.WRITE)
    await take_turns(Turn.CAMPAIGNS, [0])
    await _found(campaign_id, None)
    await execute(
        "UPDATE campaign SET archived_at = ?, version = version + 1, updated_at = ? WHERE id = ?",
        (now(), now(), campaign_id),
    )


async def text_of(campaign_id: int) -> CampaignText:
    """What is said of a campaign now; refuses unknown ones."""
    row = await _row(campaign_id)
    kept = CampaignText(row["name"], None, row["aim"], row["first_day"], row["last_day"])
    assets = await fetch(
        "SELECT asset_id FROM campaign_asset WHERE campaign_id = ? ORDER BY id", (campaign_id,)
    )
    names = await fetch(
        "SELECT name FROM campaign_name WHERE campaign_id = ? ORDER BY id", (campaign_id,)
    )
    return replace(
        kept, names=[one["name"] for one in names], asset_ids=[one["asset_id"] for one in assets]
    )


async def _found(campaign_id: int, version: int | None) -> Row:
    row = await _row(campaign_id)
    if row["archived_at"] is not None:
        raise Refused(Code.CAMPAIGN_ARCHIVED, "The campaign is put away.", ("id",))
    if version not in (None, row["version"]):
        raise Conflict("The campaign was changed meanwhile.", row["version"], ("expectedVersion",))
    return row


async def _row(campaign_id: int) -> Row:
    row = await fetch_one("SELECT * FROM campaign WHERE id = ?", (campaign_id,))
    if row is None:
        raise Refused(Code.CAMPAIGN_NOT_FOUND, "There is no such campaign.", ("id",))
    return row


async def _checked(text: CampaignText, own: int | None) -> list[str]:
    """The names it is known by; refuses what cannot be."""
    named = text.name.strip()
    if not 0 < len(named) <= MAX_NAME or not named.isprintable():
        message = f"A campaign's name has 1 to {MAX_NAME} printable characters."
        raise Refused(Code.CAMPAIGN_NAME_INVALID, message, ("name",))
    if text.first_day is not None and text.last_day is not None and text.last_day < text.first_day:
        raise Refused(Code.PERIOD_EMPTY, "The campaign ends before it begins.", ("lastDay",))
    if text.aim is not None and (len(text.aim) > MAX_AIM or "\0" in text.aim):
        message = f"What a campaign is for has at most {MAX_AIM} characters."
        raise Refused(Code.AIM_TOO_LONG, message, ("aim",))
    await _check_assets(text.asset_ids)
    same = await fetch_one("SELECT id FROM campaign WHERE name_key = ?", (name_key(named),))
    if same is not None and same["id"] != own:
        message = f"There is a campaign called {named} already."
        raise Refused(Code.CAMPAIGN_NAME_TAKEN, message, ("name",))
    given = [name_key(named).replace(" ", "-")] if text.names is None else text.names
    return await _checked_names(given, own, "name" if text.names is None else "names")


async def _checked_names(given: Sequence[str], own: int | None, field: str) -> list[str]:
    if len(given) > MAX_NAMES:
        message = f"A campaign has at most {MAX_NAMES} names."
        raise Refused(Code.TOO_MANY_NAMES, message, ("names",))
    names = list(dict.fromkeys(map(name_key, given)))
    for at, name in enumerate(map(name_key, given)):
        if not 0 < len(name) <= MAX_NAME * 2 or not name.isprintable():
            message = "A name is what links or figures of spend say, up to 200 characters."
            raise Refused(Code.CAMPAIGN_NAME_INVALID, message, ("names", at))
    condition, params = in_list("n.name", names)
    taken = await fetch(
        "SELECT n.name, c.id, c.name AS owner FROM campaign_name n JOIN campaign c"
        f" ON c.id = n.campaign_id WHERE {condition}",
        params,
    )
    for row in taken:
        if row["id"] != own:
            message = f"{row['name']} is a name of the campaign {row['owner']}."
            at = list(map(name_key, given)).index(row["name"])
            path = ("names", at) if field == "names" else ("name",)
            raise Refused(Code.CAMPAIGN_NAME_TAKEN, message, path)
    return names


async def _check_assets(asset_ids: Sequence[int]) -> None:
    if len(asset_ids) > MAX_ASSETS:
        message = f"A campaign uses at most {MAX_ASSETS} assets."
        raise Refused(Code.TOO_MANY_ASSETS, message, ("assetIds",))
    for asset in asset_ids:
        await found_asset(asset, field="assetIds")


async def _tie(campaign: int, names: Sequence[str], asset_ids: Sequence[int]) -> None:
    await insert_rows(
        "campaign_name", ["campaign_id", "name"], [(campaign, name) for name in names]
    )
    await insert_rows(
        "campaign_asset",
        ["campaign_id", "asset_id"],
        [(campaign, asset) for asset in dict.fromkeys(asset_ids)],
    )
