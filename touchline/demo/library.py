"""What Fernwell publishes, and what it spends: set up before the year is told.

So touchpoints speak of assets that are there, and the figures of content and channels show.
"""

from datetime import date
from typing import Final

from touchline.demo.content import ARTICLES, HOURS, PAGES, PAPERS, SITE, VIDEOS, Asset
from touchline.domain.campaigns.service import CampaignText, create_campaign
from touchline.domain.content.lineage import add_source
from touchline.domain.content.publishing import publish_asset, step
from touchline.domain.content.queries import find_published
from touchline.domain.content.service import NewAsset, create_asset
from touchline.domain.content.types import Act, AssetKind, AssetRelation
from touchline.domain.content.writing import AssetText
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import in_transaction
from touchline.domain.links.building import Utm
from touchline.domain.links.publishing import Place, add_publication
from touchline.domain.links.service import allow_host
from touchline.domain.spend.figures import Figure
from touchline.domain.spend.service import channels_by_name, record_spend
from touchline.settings import Settings

_KINDS: Final = {
    "article": AssetKind.ARTICLE,
    "whitepaper": AssetKind.WHITE_PAPER,
    "video": AssetKind.VIDEO,
    "webinar": AssetKind.WEBINAR,
    "landing-page": AssetKind.LANDING_PAGE,
}
_ALL: Final = (*ARTICLES, *PAPERS, *VIDEOS, *HOURS, *PAGES)
# A webinar that became a handbook, which became articles in two languages, and a video.
_FAMILY: Final = (
    ("healthy-office-handbook", "air-quality-for-facility-teams", AssetRelation.ADAPTED),
    ("co2-in-meeting-rooms", "healthy-office-handbook", AssetRelation.EXCERPTED),
    ("reading-a-co2-curve", "healthy-office-handbook", AssetRelation.EXCERPTED),
    ("ban-gong-shi-kong-qi", "co2-in-meeting-rooms", AssetRelation.ADAPTED),
    ("install-in-ten-minutes", "air-quality-for-facility-teams", AssetRelation.REMIXED),
    ("how-many-sensors", "healthy-office-handbook", AssetRelation.EXCERPTED),
    ("how-many-sensors", "ask-for-a-quote", AssetRelation.ADAPTED),
)
_PLACES: Final = (
    ("healthy-office-handbook", "Organic social", Utm("linkedin", "social", "healthy-office")),
    ("healthy-office-handbook", "E-mail", Utm("newsletter", "email", "healthy-office")),
    ("co2-in-meeting-rooms", "Organic social", Utm("linkedin", "social", "healthy-office")),
)
_CAMPAIGNS: Final = (
    (
        "Healthy office",
        ("healthy-office", "co2-sensor", "facility-managers"),
        "Have facility teams read the handbook.",
        ("healthy-office-handbook", "co2-in-meeting-rooms"),
    ),
    (
        "Winter check",
        ("winter-check",),
        "Have quotes asked for before the heating season.",
        ("how-many-sensors", "night-setback-savings", "cutting-the-heating-bill"),
    ),
)
_DAILY: Final = {"Paid search": (38, 9), "Paid social": (22, 7), "Display": (9, 4)}
"""Euro spent each day at least, and how much more at most."""
_SPENT_DAYS: Final = 180


async def open_library(settings: Settings, end: date) -> None:
    """Publish everything, say what it is made of, where it stands and what was spent.

    It does nothing when it was done before.
    """
    if await find_published(ARTICLES[0].slug) is not None:
        return
    ids = {asset.slug: await _publish(asset) for asset in _ALL}
    paths = {asset.slug: asset.path for asset in _ALL}
    for slug, source, relation in _FAMILY:
        await add_source(SYSTEM, ids[slug], ids[source], relation)
    await allow_host(SYSTEM, SITE.removeprefix("https://"))
    channels = await in_transaction(channels_by_name)
    for slug, channel, utm in _PLACES:
        place = Place(channels[channel.lower()], SITE + paths[slug], settings.public_url, utm)
        await add_publication(SYSTEM, ids[slug], place)
    for name, names, aim, slugs in _CAMPAIGNS:
        about = CampaignText(name, names, aim, asset_ids=[ids[slug] for slug in slugs])
        await create_campaign(SYSTEM, about)
    await _spend(channels, (end - date(1970, 1, 1)).days)


async def _publish(asset: Asset) -> int:
    text = AssetText(asset.title, f"# {asset.title}\n\nBy Fernwell, about {asset.topic}.")
    new = NewAsset(text, _KINDS[asset.kind], asset.slug, asset.language)
    made = await create_asset(SYSTEM, new)
    for act in (Act.SUBMIT, Act.APPROVE):
        await step(SYSTEM, made, act)
    await publish_asset(SYSTEM, made)
    return made


async def _spend(channels: dict[str, int], end: int) -> None:
    """Spend that is the same for every seed: it varies by day as budgets do."""
    figures = [
        Figure(channels[name.lower()], day, f"{least + day * 7 % more}.{day % 10}0", "EUR")
        for name, (least, more) in _DAILY.items()
        for day in range(end - _SPENT_DAYS, end)
    ]
    await record_spend(SYSTEM, figures, source="Fernwell's ledger", at_most=None)
