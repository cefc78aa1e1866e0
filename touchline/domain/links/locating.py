"""Finding the content of which touchpoints speak."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import orjson

from touchline.domain.content.relations import CONTENT_ASSET
from touchline.domain.kernel.db import Row, fetch, in_transaction
from touchline.domain.kernel.rows import in_list, insert_rows
from touchline.domain.links.mentions import NOTHING, Mention, address_digest, mention_of
from touchline.domain.timeline import queries as timeline
from touchline.domain.timeline.service import set_assets

AT_ONCE = 2_000


async def assets_of(mentions: Sequence[Mention]) -> list[int | None]:
    """The assets that are named, in the order given; one statement for all of them.

    An address belongs to the asset for which a link led there first, so that what was found once
    is found for ever.
    """
    wanted = set(mentions) - {NOTHING}
    if not wanted:
        return [None] * len(mentions)
    known = await _known(wanted)
    found = {one: _asset_of(one, known) for one in wanted}
    return [found.get(one) for one in mentions]


async def note_address(asset_id: int, destination: str) -> None:
    """Remember that an asset is to be found at an address, unless another one was there before."""
    await _note([(address_digest(destination), asset_id)])


async def recompute() -> int:
    """Say of every touchpoint that lacks it of which content it speaks; returns of how many.

    It may be stopped and begun again at any point.
    """
    await in_transaction(_note_all)
    reached = told = 0
    while True:
        last, count = await in_transaction(partial(_tell, reached))
        if last == reached:
            return told
        reached, told = last, told + count


class _Known(NamedTuple):
    """Assets by their ids, by slug and language (none: the original), and by address."""

    ids: set[int]
    slugs: dict[tuple[str, str | None], int]
    addresses: dict[bytes, int]


async def _known(wanted: Iterable[Mention]) -> _Known:
    named = [
        in_list(column, values)
        for column, values in (
            ("a.id", {one.asset_id for one in wanted if one.asset_id is not None}),
            ("a.slug", {one.slug for one in wanted if one.slug is not None}),
        )
        if values
    ]
    addresses = {one.address for one in wanted if one.address is not None}
    parts, params = [], []
    if named:
        parts.append(f"{_NAMED} WHERE {' OR '.join(condition for condition, _ in named)}")
        params += [value for _, given in named for value in given]
    if addresses:
        condition, given = in_list("p.address", addresses)
        parts.append(f"{_PLACED} WHERE {condition}")
        params += given
    found = _Known(set(), {}, {})
    for row in await fetch(" UNION ALL ".join(parts), params) if parts else ():
        _take(row, found)
    return found


_NAMED = (
    f"SELECT a.id, a.slug, a.language, a.original_id, NULL AS address FROM {CONTENT_ASSET.table} a"
)
_PLACED = (
    "SELECT p.asset_id AS id, NULL AS slug, NULL AS language, NULL AS original_id, p.address"
    " FROM content_address p"
)


def _take(row: Row, found: _Known) -> None:
    if row["address"] is not None:
        found.addresses[bytes(row["address"])] = row["id"]
        return
    found.ids.add(row["id"])
    found.slugs[row["slug"], row["language"]] = row["id"]
    if row["original_id"] is None:
        found.slugs[row["slug"], None] = row["id"]


def _asset_of(mention: Mention, known: _Known) -> int | None:
    if mention.asset_id in known.ids:
        return mention.asset_id
    if mention.slug is not None:
        named = known.slugs.get((mention.slug, mention.language))
        if named is not None:
            return named
    return None if mention.address is None else known.addresses.get(mention.address)


async def _note(places: Iterable[tuple[bytes | None, int]]) -> None:
    rows: Mapping[bytes, int] = {
        address: asset for address, asset in reversed([*places]) if address is not None
    }
    await insert_rows(
        "content_address",
        ["address", "asset_id"],
        sorted(rows.items()),
        on_conflict="ON CONFLICT (address) DO NOTHING",
    )


async def _note_all() -> None:
    """The addresses of links that were made before addresses were remembered."""
    rows = await fetch(
        "SELECT destination, asset_id FROM tracked_link WHERE asset_id IS NOT NULL ORDER BY id"
    )
    await _note([(address_digest(row["destination"]), row["asset_id"]) for row in rows])


async def _tell(reached: int) -> tuple[int, int]:
    rows = await timeline.without_asset(reached, AT_ONCE)
    if not rows:
        return reached, 0
    mentions = [
        mention_of(row["type"], orjson.loads(row["properties"]), orjson.loads(row["context"]))
        for row in rows
    ]
    assets = await assets_of(mentions)
    told = {row["id"]: one for row, one in zip(rows, assets, strict=True) if one is not None}
    await set_assets(told)
    return int(rows[-1]["id"]), len(told)
