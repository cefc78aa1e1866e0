"""Assets for tests, made by the product's own commands."""

from typing import Any

from touchline.domain.content.publishing import publish_asset, step
from touchline.domain.content.service import NewAsset, create_asset
from touchline.domain.content.types import Act
from touchline.domain.content.writing import AssetText
from touchline.domain.kernel.actor import SYSTEM


async def an_asset(title: str = "Know your air", body: str = "*Hello*", **more: Any) -> int:
    """A draft; returns its id."""
    return await create_asset(SYSTEM, NewAsset(AssetText(title, body), **more))


async def approve(asset_id: int) -> None:
    """Lead a draft through review."""
    for act in (Act.SUBMIT, Act.APPROVE):
        await step(SYSTEM, asset_id, act)


async def a_published_asset(title: str = "Know your air", **more: Any) -> int:
    """An asset that readers see; returns its id."""
    asset_id = await an_asset(title, **more)
    await approve(asset_id)
    await publish_asset(SYSTEM, asset_id)
    return asset_id
