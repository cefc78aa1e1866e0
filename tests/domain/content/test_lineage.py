"""What is made of what, and which assets hang together by it."""

import asyncio
from random import Random

import pytest

from tests.support.content import an_asset
from touchline.domain.content.deriving import reuse
from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.content.lineage import MAX_SOURCES, add_source, remove_source
from touchline.domain.content.publishing import step
from touchline.domain.content.types import Act, AssetRelation
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.settings import Settings

ASSETS = 7
STEPS = 60
Edge = tuple[int, int]


async def link(asset: int, source: int) -> Code | None:
    """Say that one is made of the other; returns why not."""
    try:
        await add_source(SYSTEM, asset, source, AssetRelation.ADAPTED)
    except Refused as refusal:
        return Code(refusal.code)
    return None


async def stored() -> tuple[set[Edge], set[Edge], dict[int, int]]:
    """Edges, what is made of what by any number of steps, and the family of each asset."""
    edges = await fetch("SELECT asset_id, source_id FROM content_lineage")
    ancestry = await fetch("SELECT asset_id, ancestor_id FROM content_ancestry")
    families = await fetch("SELECT id, family_id FROM content_asset")
    return (
        {(row[0], row[1]) for row in edges},
        {(row[0], row[1]) for row in ancestry},
        {row[0]: row[1] for row in families},
    )


def closure(edges: set[Edge]) -> set[Edge]:
    """By joining until nothing is added."""
    found = set(edges)
    while more := {(a, d) for a, b in found for c, d in found if b == c} - found:
        found |= more
    return found


def families(assets: list[int], edges: set[Edge]) -> dict[int, int]:
    """By handing the lowest number on until nothing changes."""
    found = {asset: asset for asset in assets}
    for _ in assets:
        for asset, source in edges:
            found[asset] = found[source] = min(found[asset], found[source])
    return found


async def test_whatever_is_linked_and_parted_it_is_what_a_plain_graph_says(db: Settings) -> None:
    random = Random(11)
    assets = [await an_asset(f"Asset {number}") for number in range(ASSETS)]
    edges: set[Edge] = set()
    refused = 0
    for _ in range(STEPS):
        asset, source = random.choice(assets), random.choice(assets)
        if edges and random.random() < 0.35:
            asset, source = random.choice(sorted(edges))
            await remove_source(SYSTEM, asset, source)
            edges.remove((asset, source))
        elif (asset, source) in edges:
            assert await link(asset, source) is Code.SOURCE_KNOWN
        elif asset == source or (source, asset) in closure(edges):
            assert await link(asset, source) is Code.LINEAGE_CYCLE
            refused += 1
        else:
            assert await link(asset, source) is None
            edges.add((asset, source))
        assert await stored() == (edges, closure(edges), families(assets, edges))
    assert refused > 3


async def test_two_who_link_at_once_make_no_cycle(db: Settings) -> None:
    one, other = await an_asset("One"), await an_asset("Other")
    told = await asyncio.gather(link(one, other), link(other, one))
    assert sorted(str(each) for each in told) == ["LINEAGE_CYCLE", "None"]
    assert len((await stored())[0]) == 1


async def test_an_asset_has_so_many_sources_and_no_more(db: Settings) -> None:
    asset = await an_asset("Sum")
    for number in range(MAX_SOURCES):
        assert await link(asset, await an_asset(f"Part {number}")) is None
    before = await stored()
    last = await an_asset("Last")
    assert await link(asset, last) is Code.SOURCES_INVALID
    edges, ancestry, kin = await stored()
    assert (edges, ancestry, kin) == (before[0], before[1], before[2] | {last: last})


async def test_what_was_never_said_cannot_be_taken_back(db: Settings) -> None:
    one, other = await an_asset("One"), await an_asset("Other")
    await link(one, other)
    with pytest.raises(Refused) as refusal:
        await remove_source(SYSTEM, other, one)
    assert refusal.value.code is Code.SOURCE_UNKNOWN
    assert (await stored())[0] == {(one, other)}


async def test_reuse_counts_what_stands(db: Settings) -> None:
    assert (await reuse()).rate == 0
    video, post, article, alone = [await an_asset(name) for name in ("v", "p", "a", "x")]
    await link(post, video)
    await link(article, video)
    found = await reuse()
    assert (found.assets, found.reused, found.derived, found.rate) == (4, 1, 2, 0.25)
    await step(SYSTEM, alone, Act.ARCHIVE)
    await step(SYSTEM, post, Act.ARCHIVE)
    found = await reuse()
    assert (found.assets, found.reused, found.derived, found.rate) == (2, 1, 1, 0.5)
