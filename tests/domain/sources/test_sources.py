"""Setting up the places that calls come from."""

import pytest

from tests.support.clock import SettableClock
from touchline.domain.kernel.actor import SYSTEM, Actor, ActorKind, Scope
from touchline.domain.kernel.errors import Forbidden, NotFound, Refused
from touchline.domain.sources.errors import SourceErrorCode
from touchline.domain.sources.queries import find_source, list_sources, spoken_by_customers
from touchline.domain.sources.service import count_traffic, create_source, ensure_source
from touchline.domain.sources.types import SourceKind, SourceView, Traffic

pytestmark = pytest.mark.usefixtures("db")

READER = Actor(ActorKind.API_KEY, 1, "reader", frozenset({Scope.READ}))


async def test_a_new_source_has_counted_nothing_yet(clock: SettableClock) -> None:
    issued = await create_source(SYSTEM, name="  Shop  ", kind=SourceKind.SERVER)
    assert issued.source == SourceView(
        id=issued.source.id,
        name="Shop",
        kind=SourceKind.SERVER,
        created_at=clock(),
        last_seen_at=None,
        accepted_count=0,
        rejected_count=0,
    )
    assert await find_source(READER, "Shop") == issued.source


async def test_sources_are_listed_by_name() -> None:
    for name in ("Shop", "App", "Forms"):
        await create_source(SYSTEM, name=name)
    assert [source.name for source in await list_sources(READER)] == ["App", "Forms", "Shop"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (" \x00 ", SourceErrorCode.NAME_BLANK),
        ("x" * 101, SourceErrorCode.NAME_TOO_LONG),
        (" Shop", SourceErrorCode.NAME_TAKEN),
    ],
)
async def test_a_name_that_cannot_stand_is_refused(name: str, code: SourceErrorCode) -> None:
    await create_source(SYSTEM, name="Shop")
    with pytest.raises(Refused) as refusal:
        await create_source(SYSTEM, name=name)
    assert (refusal.value.code, refusal.value.path) == (code, ("name",))
    assert [source.name for source in await list_sources(READER)] == ["Shop"]


async def test_a_reader_sets_nothing_up() -> None:
    with pytest.raises(Forbidden):
        await create_source(READER, name="Shop")
    with pytest.raises(Forbidden):
        await ensure_source(READER, name="Shop", kind=SourceKind.IMPORT)
    assert await list_sources(READER) == []


async def test_an_ensured_source_is_made_once() -> None:
    first = await ensure_source(SYSTEM, name="Orders", kind=SourceKind.IMPORT)
    assert await ensure_source(SYSTEM, name="Orders", kind=SourceKind.IMPORT) == first


async def test_an_unknown_source_is_not_found() -> None:
    with pytest.raises(NotFound):
        await find_source(READER, "Shop")


async def test_traffic_adds_up_and_the_last_sight_never_goes_back() -> None:
    shop = (await create_source(SYSTEM, name="Shop")).source.id
    await count_traffic([Traffic(shop, accepted=5, rejected=1, seen_at=2_000)])
    await count_traffic([Traffic(shop, accepted=2, rejected=0, seen_at=1_000)])
    source = await find_source(READER, "Shop")
    assert (source.accepted_count, source.rejected_count, source.last_seen_at) == (7, 1, 2_000)


async def test_only_forms_carry_the_words_of_customers() -> None:
    form = (await create_source(SYSTEM, name="Form", kind=SourceKind.FORM)).source.id
    shop = (await create_source(SYSTEM, name="Shop", kind=SourceKind.SERVER)).source.id
    assert await spoken_by_customers([form, shop, 99]) == {form}
