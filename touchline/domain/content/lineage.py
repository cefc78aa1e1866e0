"""What is made of what: a graph without cycles, and the families that hang together by it.

``content_ancestry`` keeps ready which assets are made of which by any number of steps. A family is
all that can be reached from an asset in either direction, and is known by its oldest asset.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from touchline.domain.content.assets import found_asset
from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.content.types import AssetRelation
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import in_list, insert_rows, values_table
from touchline.domain.kernel.turns import Turn, take_turns

MAX_SOURCES = 50

Edges = Mapping[int, set[int]]


@transactional
async def add_source(actor: Actor, asset_id: int, source_id: int, relation: AssetRelation) -> None:
    """Say that an asset is made of another; refuses what would make a thing of itself."""
    actor.require(Scope.WRITE)
    await take_turns(Turn.CONTENT, [0])
    await found_asset(asset_id, field="assetId")
    await found_asset(source_id, field="sourceId")
    known = {row["source_id"] for row in await _sources_of([asset_id])}
    if source_id in known:
        message = "It is made of this source already."
        raise Refused(Code.SOURCE_KNOWN, message, ("sourceId",))
    if len(known) >= MAX_SOURCES:
        message = f"An asset is made of at most {MAX_SOURCES} sources."
        raise Refused(Code.SOURCES_INVALID, message, ("sourceId",))
    if asset_id == source_id or await _is_made_of(source_id, asset_id):
        message = "The source is itself made of the asset."
        raise Refused(Code.LINEAGE_CYCLE, message, ("sourceId",))
    await insert_rows(
        "content_lineage",
        ["asset_id", "source_id", "relation", "actor_name", "created_at"],
        [(asset_id, source_id, relation, actor.name, now())],
    )
    await _extend(asset_id, source_id)
    await _unite(asset_id, source_id)


@transactional
async def remove_source(actor: Actor, asset_id: int, source_id: int) -> None:
    """Take back that an asset is made of another; its family may fall apart."""
    actor.require(Scope.WRITE)
    await take_turns(Turn.CONTENT, [0])
    asset = await found_asset(asset_id, field="assetId")
    removed = await execute(
        "DELETE FROM content_lineage WHERE asset_id = ? AND source_id = ?", (asset.id, source_id)
    )
    if not removed:
        message = "It is not made of this source."
        raise Refused(Code.SOURCE_UNKNOWN, message, ("sourceId",))
    kin = await fetch(
        "SELECT id FROM content_asset WHERE family_id ="
        " (SELECT family_id FROM content_asset WHERE id = ?)",
        (asset_id,),
    )
    family = [int(row["id"]) for row in kin]
    sources: Edges = defaultdict(set)
    for row in await _sources_of(family):
        sources[row["asset_id"]].add(row["source_id"])
    await _rebuild_ancestry(family, sources)
    await _part(families(family, sources))


def ancestors(asset_id: int, sources: Edges) -> set[int]:
    """All that an asset is made of, by any number of steps."""
    found: set[int] = set()
    waiting = [asset_id]
    while waiting:
        for source in sources.get(waiting.pop(), set()) - found:
            found.add(source)
            waiting.append(source)
    return found


def families(assets: Iterable[int], sources: Edges) -> dict[int, int]:
    """The oldest asset among all that hang together with each."""
    beside: dict[int, set[int]] = defaultdict(set)
    for asset, made_of in sources.items():
        for source in made_of:
            beside[asset].add(source)
            beside[source].add(asset)
    found: dict[int, int] = {}
    for asset in sorted(assets):
        if asset not in found:
            found |= dict.fromkeys({asset, *ancestors(asset, beside)}, asset)
    return found


async def _sources_of(asset_ids: Iterable[int]) -> list[dict[str, int]]:
    condition, params = in_list("asset_id", asset_ids)
    rows = await fetch(f"SELECT asset_id, source_id FROM content_lineage WHERE {condition}", params)
    return [{"asset_id": row["asset_id"], "source_id": row["source_id"]} for row in rows]


async def _is_made_of(asset_id: int, ancestor_id: int) -> bool:
    sql = "SELECT 1 FROM content_ancestry WHERE asset_id = ? AND ancestor_id = ?"
    return bool(await fetch(sql, (asset_id, ancestor_id)))


async def _extend(asset_id: int, source_id: int) -> None:
    """The asset and all made of it are made of the source and all that this is made of."""
    await execute(
        "INSERT INTO content_ancestry (asset_id, ancestor_id)"
        " SELECT made.id, old.id FROM"
        " (SELECT CAST(? AS BIGINT) AS id UNION"
        " SELECT asset_id FROM content_ancestry WHERE ancestor_id = ?) made CROSS JOIN"
        " (SELECT CAST(? AS BIGINT) AS id UNION"
        " SELECT ancestor_id FROM content_ancestry WHERE asset_id = ?) old"
        " WHERE TRUE ON CONFLICT (asset_id, ancestor_id) DO NOTHING",
        (asset_id, asset_id, source_id, source_id),
    )


async def _unite(asset_id: int, source_id: int) -> None:
    rows = await fetch(
        "SELECT DISTINCT family_id FROM content_asset WHERE id = ? OR id = ?",
        (asset_id, source_id),
    )
    old = sorted(int(row["family_id"]) for row in rows)
    for family in old[1:]:
        await execute(
            "UPDATE content_asset SET family_id = ? WHERE family_id = ?", (old[0], family)
        )


async def _rebuild_ancestry(family: list[int], sources: Edges) -> None:
    condition, params = in_list("asset_id", family)
    await execute(f"DELETE FROM content_ancestry WHERE {condition}", params)
    rows = [(one, ancestor) for one in family for ancestor in sorted(ancestors(one, sources))]
    await insert_rows("content_ancestry", ["asset_id", "ancestor_id"], rows)


async def _part(family_of: Mapping[int, int]) -> None:
    item, params = values_table(
        "parted", [("asset", "bigint"), ("family", "bigint")], [*family_of.items()]
    )
    await execute(
        f"WITH {item} UPDATE content_asset SET family_id = parted.family FROM parted"
        " WHERE content_asset.id = parted.asset AND content_asset.family_id <> parted.family",
        params,
    )
