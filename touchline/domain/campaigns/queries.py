"""Reads of campaigns."""

from touchline.domain.kernel.db import fetch


async def names_of(campaign_id: int) -> list[str]:
    """The names by which links, touchpoints and spend speak of a campaign, in one case."""
    rows = await fetch(
        "SELECT name FROM campaign_name WHERE campaign_id = ? ORDER BY name", (campaign_id,)
    )
    return [str(row["name"]) for row in rows]


async def is_campaign(campaign_id: int) -> bool:
    """Whether there is such a campaign that is not put away."""
    return bool(
        await fetch("SELECT 1 FROM campaign WHERE id = ? AND archived_at IS NULL", (campaign_id,))
    )
