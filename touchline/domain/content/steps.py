"""The history of assets: every step on the way to readers."""

from touchline.domain.content.assets import Asset
from touchline.domain.content.types import Act, AssetStatus
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.rows import insert_rows


async def note_step(
    actor: Actor, asset: Asset, act: Act, status: AssetStatus, comment: str | None = None
) -> None:
    """Write down what was done with the newest version, and where it stands since."""
    await insert_rows(
        "content_step",
        ["asset_id", "version", "act", "status", "comment", "actor_name", "taken_at"],
        [(asset.id, asset.version, act, status, comment, actor.name, now())],
    )
