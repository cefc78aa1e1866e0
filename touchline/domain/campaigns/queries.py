"""Reads of campaigns."""

from touchline.domain.kernel.db import fetch


async def names_of(campaign_id: int) -> list[str]:
    """The names by which links, touchpoints and spend speak of a campaign, in one case."""
    rows = await fetch(
        "SELECT name FROM campaign_name WHERE campaign_id = ? ORDER BY name", (campaign_id,)
    )
    return [str(row["name"]) for row in rows]
