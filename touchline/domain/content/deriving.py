"""Writing new assets out of others, and how much of that is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from touchline.domain.content.assets import found_asset
from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.content.lineage import MAX_SOURCES, add_source
from touchline.domain.content.service import NewAsset, create_asset
from touchline.domain.content.types import AssetRelation, AssetStatus
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.db import fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.turns import Turn, take_turns


@dataclass(frozen=True, slots=True)
class Reuse:
    """How many assets there are, of how many others were made, and how many were made of others.

    Archived assets do not count, neither as sources nor as what was made.
    """

    assets: int
    reused: int
    derived: int

    @property
    def rate(self) -> float:
        """The share of assets of which others were made, from 0 to 1."""
        return self.reused / self.assets if self.assets else 0.0


@transactional
async def derive_asset(
    actor: Actor, source_ids: Sequence[int], relation: AssetRelation, new: NewAsset
) -> int:
    """Write a new asset made of others, as a draft; returns its id.

    Where no kind is given it is that of the first source.
    """
    actor.require(Scope.WRITE)
    wanted = list(dict.fromkeys(source_ids))
    if not 1 <= len(wanted) <= MAX_SOURCES:
        message = f"Name 1 to {MAX_SOURCES} sources."
        raise Refused(Code.SOURCES_INVALID, message, ("sourceIds",))
    await take_turns(Turn.CONTENT, [0])
    sources = [await found_asset(one, field="sourceIds") for one in wanted]
    asset_id = await create_asset(actor, replace(new, kind=new.kind or sources[0].kind))
    for source in sources:
        await add_source(actor, asset_id, source.id, relation)
    return asset_id


async def reuse() -> Reuse:
    """How much is made of what there is."""
    standing = "SELECT id FROM content_asset WHERE status <> ?"
    row = await fetch_one(
        f"SELECT (SELECT count(*) FROM ({standing}) a) AS assets,"
        " count(DISTINCT l.source_id) AS reused, count(DISTINCT l.asset_id) AS derived"
        f" FROM content_lineage l WHERE l.source_id IN ({standing})"
        f" AND l.asset_id IN ({standing})",
        [AssetStatus.ARCHIVED] * 3,
    )
    assert row is not None
    return Reuse(row["assets"], row["reused"], row["derived"])
