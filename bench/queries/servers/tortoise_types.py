"""The types of the Strawberry server: a resolver for what is not a column."""

from datetime import UTC, datetime
from typing import Annotated, Any

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.scalars import JSON

from bench.queries.servers import tortoise_loading as loaders
from bench.queries.servers.tortoise_loading import Load
from touchline.domain.backlog import models as backlog
from touchline.domain.content import models as content
from touchline.domain.customers import models as customers
from touchline.domain.scoring.decay import MICRO
from touchline.domain.timeline import models as timeline


def _instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1_000, UTC)


def _loaded(info: strawberry.Info, load: Load, key: Any) -> Any:
    known = info.context["loaders"]
    if load not in known:
        known[load] = DataLoader(load_fn=load)
    return known[load].load(key)


@strawberry.type
class Source:
    id: int
    name: str


@strawberry.type
class Identifier:
    kind: str
    value: str


@strawberry.type
class Trait:
    name: str
    value: JSON
    observed: strawberry.Private[int]

    @strawberry.field
    def observed_at(self) -> datetime:
        return _instant(self.observed)


@strawberry.type
class Tag:
    id: int
    name: str
    category: str | None


@strawberry.type
class CustomerTag:
    tag: Tag


@strawberry.type
class Account:
    id: int
    name: str
    domain: str | None


@strawberry.type
class ScoringModel:
    id: int
    name: str


@strawberry.type
class Score:
    value: float
    model: ScoringModel


@strawberry.type
class Performance:
    reads: int
    conversions: int


@strawberry.type
class Asset:
    row: strawberry.Private[content.ContentAsset]
    id: int
    slug: str
    language: str
    kind: str
    status: str
    title: str

    @strawberry.field
    def updated_at(self) -> datetime:
        return _instant(self.row.updated_at)

    @strawberry.field
    async def performance(
        self,
        info: strawberry.Info,
        from_: Annotated[int, strawberry.argument(name="from")],
        to: int,
    ) -> Performance:
        sums = await _loaded(info, loaders.performances, (self.id, from_, to))
        return Performance(**sums)


@strawberry.type
class Item:
    row: strawberry.Private[backlog.BacklogItem]
    id: int
    title: str
    kind: str
    state: str
    effort: int | None
    urgency: int | None

    @strawberry.field
    def created_at(self) -> datetime:
        return _instant(self.row.created_at)

    @strawberry.field
    async def content_assets(self, info: strawberry.Info) -> list[Asset]:
        return [asset_of(await _loaded(info, loaders.assets, key)) for key in self.row.asset_ids]


@strawberry.type
class Touchpoint:
    row: strawberry.Private[timeline.Touchpoint]
    id: int
    type: str
    name: str
    summary: str
    properties: JSON

    @strawberry.field
    def occurred_at(self) -> datetime:
        return _instant(self.row.occurred_at)

    @strawberry.field
    async def source(self, info: strawberry.Info) -> Source | None:
        return await source_of(info, self.row.source_id)

    @strawberry.field
    async def subject(self, info: strawberry.Info) -> "Customer":
        return customer_of(await _loaded(info, loaders.customers, self.row.customer_id))

    @strawberry.field
    async def content_asset(self, info: strawberry.Info) -> Asset | None:
        key = self.row.asset_id
        return None if key is None else asset_of(await _loaded(info, loaders.assets, key))


@strawberry.type
class Customer:
    row: strawberry.Private[customers.Customer]
    id: int
    display_name: str
    is_identified: bool

    @strawberry.field
    def first_seen_at(self) -> datetime:
        return _instant(self.row.first_seen_at)

    @strawberry.field
    def last_seen_at(self) -> datetime:
        return _instant(self.row.last_seen_at)

    @strawberry.field
    def created_at(self) -> datetime:
        return _instant(self.row.created_at)

    @strawberry.field
    async def identifiers(self, info: strawberry.Info) -> list[Identifier]:
        found = await _loaded(info, loaders.identifiers, self.id)
        return [Identifier(kind=row.kind, value=row.value) for row in found]

    @strawberry.field
    async def traits(self, info: strawberry.Info) -> list[Trait]:
        return [trait_of(row) for row in await _loaded(info, loaders.traits, self.id)]

    @strawberry.field
    async def tags(self, info: strawberry.Info) -> list[CustomerTag]:
        return [
            CustomerTag(tag=await _loaded(info, loaders.tags, row.tag_id))
            for row in await _loaded(info, loaders.tags_of, self.id)
        ]

    @strawberry.field
    async def scores(self, info: strawberry.Info) -> list[Score]:
        found = []
        for row in await _loaded(info, loaders.scores, self.id):
            model = await _loaded(info, loaders.models, row.model_id)
            named = ScoringModel(id=model.id, name=model.name)
            found.append(Score(value=row.steady / MICRO, model=named))
        return found

    @strawberry.field
    async def account(self, info: strawberry.Info) -> Account | None:
        if self.row.account_id is None:
            return None
        return account_of(await _loaded(info, loaders.accounts, self.row.account_id))

    @strawberry.field
    async def timeline(self, info: strawberry.Info, first: int) -> list[Touchpoint]:
        return [
            touchpoint_of(row) for row in await _loaded(info, loaders.timelines, (self.id, first))
        ]


def customer_of(row: customers.Customer) -> Customer:
    return Customer(
        row=row, id=row.id, display_name=row.display_name, is_identified=row.is_identified
    )


def account_of(row: customers.Account) -> Account:
    return Account(id=row.id, name=row.name, domain=row.domain)


def asset_of(row: content.ContentAsset) -> Asset:
    return Asset(
        row=row,
        id=row.id,
        slug=row.slug,
        language=row.language,
        kind=row.kind,
        status=row.status,
        title=row.title,
    )


def item_of(row: backlog.BacklogItem) -> Item:
    return Item(
        row=row,
        id=row.id,
        title=row.title,
        kind=row.kind,
        state=row.state,
        effort=row.effort,
        urgency=row.urgency,
    )


def touchpoint_of(row: timeline.Touchpoint) -> Touchpoint:
    return Touchpoint(
        row=row,
        id=row.id,
        type=row.type,
        name=row.name,
        summary=row.summary,
        properties=row.properties,
    )


def trait_of(row: Any) -> Trait:
    return Trait(name=row.name, value=row.value, observed=row.observed_at)


async def source_of(info: strawberry.Info, key: int | None) -> Source | None:
    row = None if key is None else await _loaded(info, loaders.sources, key)
    return Source(id=row.id, name=row.name) if row else None
