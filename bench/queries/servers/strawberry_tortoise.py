"""Strawberry as its manual shows it: a resolver for each field, a data loader for each relation."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.scalars import JSON
from tortoise import Tortoise
from tortoise.expressions import Q

from bench.queries.servers import tortoise_loading as loaders
from bench.queries.servers.tortoise_loading import Load
from touchline.domain.customers import models as customers
from touchline.domain.identity import models as identity
from touchline.domain.sources import models as sources
from touchline.domain.tags import models as tags
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
    source_id: strawberry.Private[int | None]
    observed: strawberry.Private[int]

    @strawberry.field
    def observed_at(self) -> datetime:
        return _instant(self.observed)

    @strawberry.field
    async def source(self, info: strawberry.Info) -> Source | None:
        return await _source(info, self.source_id)


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
    row: strawberry.Private[customers.Account]
    id: int
    key: str | None
    name: str
    domain: str | None

    @strawberry.field
    def created_at(self) -> datetime:
        return _instant(self.row.created_at)

    @strawberry.field
    async def traits(self, info: strawberry.Info) -> list[Trait]:
        return [_trait(row) for row in await _loaded(info, loaders.account_traits, self.id)]


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
        return await _source(info, self.row.source_id)

    @strawberry.field
    async def subject(self, info: strawberry.Info) -> "Customer":
        return _customer(await _loaded(info, loaders.customers, self.row.customer_id))


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
        return [_trait(row) for row in await _loaded(info, loaders.traits, self.id)]

    @strawberry.field
    async def tags(self, info: strawberry.Info) -> list[CustomerTag]:
        return [
            CustomerTag(tag=await _loaded(info, loaders.tags, row.tag_id))
            for row in await _loaded(info, loaders.tags_of, self.id)
        ]

    @strawberry.field
    async def account(self, info: strawberry.Info) -> Account | None:
        if self.row.account_id is None:
            return None
        return _account(await _loaded(info, loaders.accounts, self.row.account_id))

    @strawberry.field
    async def timeline(self, info: strawberry.Info, first: int) -> list[Touchpoint]:
        return [
            _touchpoint(row) for row in await _loaded(info, loaders.timelines, (self.id, first))
        ]


@strawberry.type
class Query:
    @strawberry.field
    async def customer(self, id: int) -> Customer | None:  # noqa: A002
        row = await customers.Customer.get_or_none(id=id)
        return _customer(row) if row else None

    @strawberry.field
    async def tagged_customers(self, tag: int, least: int, first: int) -> list[Customer]:
        tagged = tags.TagRank.filter(list_id=1, tag_id=tag, rank__gte=least)
        places = tagged.order_by("-rank", "-customer_id").limit(first)
        found = await places.values_list("customer_id", flat=True)
        rows = await customers.Customer.filter(id__in=found, merged_into_id=None)
        return [_customer(row) for row in sorted(rows, key=lambda row: found.index(row.id))]

    @strawberry.field
    async def customers_by_name(self, first: int) -> list[Customer]:
        rows = customers.Customer.filter(merged_into_id=None).order_by("display_name", "id")
        return [_customer(row) for row in await rows.limit(first)]

    @strawberry.field
    async def accounts(self, after_name: str, after_id: int, first: int) -> list[Account]:
        after = Q(name__gt=after_name) | Q(name=after_name, id__gt=after_id)
        rows = customers.Account.filter(after, part_of_id=None).order_by("name", "id")
        return [_account(row) for row in await rows.limit(first)]

    @strawberry.field
    async def touchpoints(self, before: float, before_id: int, first: int) -> list[Touchpoint]:
        at = int(before)
        place = Q(occurred_at__lte=at) & (Q(occurred_at__lt=at) | Q(id__lt=before_id))
        rows = timeline.Touchpoint.filter(place).order_by("-occurred_at", "-id")
        return [_touchpoint(row) for row in await rows.limit(first)]


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def add_tag(self, customer: int, tag: int) -> Customer:
        await tags.CustomerTag.create(
            customer_id=customer,
            tag_id=tag,
            state="MANUAL",
            is_on=True,
            set_at=0,
            actor_name="bench",
        )
        return _customer(await customers.Customer.get(id=customer))


def _customer(row: customers.Customer) -> Customer:
    return Customer(
        row=row, id=row.id, display_name=row.display_name, is_identified=row.is_identified
    )


def _account(row: customers.Account) -> Account:
    return Account(row=row, id=row.id, key=row.key, name=row.name, domain=row.domain)


def _touchpoint(row: timeline.Touchpoint) -> Touchpoint:
    return Touchpoint(
        row=row,
        id=row.id,
        type=row.type,
        name=row.name,
        summary=row.summary,
        properties=row.properties,
    )


def _trait(row: Any) -> Trait:
    return Trait(name=row.name, value=row.value, source_id=row.source_id, observed=row.observed_at)


async def _source(info: strawberry.Info, key: int | None) -> Source | None:
    row = None if key is None else await _loaded(info, loaders.sources, key)
    return Source(id=row.id, name=row.name) if row else None


class _View(GraphQL[Any, None]):
    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> dict[str, Any]:
        return {"request": request, "response": response, "loaders": {}}


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    url = os.environ["DATABASE_URL"].replace("postgresql://", "asyncpg://", 1)
    modules = [module.__name__ for module in (customers, identity, sources, tags, timeline)]
    await Tortoise.init(
        config={
            "connections": {"default": f"{url}?minsize=10&maxsize=10"},
            "apps": {"touchline": {"models": modules, "default_connection": "default"}},
        },
        _enable_global_fallback=True,
    )
    yield
    await Tortoise.close_connections()


app = Starlette(lifespan=_lifespan)
app.mount("/graphql", _View(strawberry.Schema(Query, Mutation), graphql_ide=None))
